import { describe, expect, it, vi } from 'vitest';
import { codeOf } from '../../../tests/support/kube-failure.js';
import type { Thing } from '../../../tests/support/reflector-scene.js';
import {
  added,
  bookmark,
  deleted,
  errorEvent,
  listOf,
  modified,
  Planet,
  scene,
  thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';
import type { Change } from '../subscribe/change.js';
import { Reflector } from './reflector.js';

describe('subscriptions', () => {
  it('U1: a late subscriber gets the set as initial, then synced, then what happens', async () => {
    const { things, server, settle } = await watchingScene(10, [thing('a', 1)]);
    const told: Change<Thing>[] = [];
    things.on('change', (change) => told.push(change));
    await settle();
    server.last.send(added(thing('b', 11)));
    await settle();
    expect(told.map((change) => (change.type === 'added' ? `${change.key} ${change.initial}` : change.type))).toEqual([
      'apps/a true',
      'synced',
      'apps/b false',
    ]);
  });

  it('on starts the reflector and calls each kind of handler with what it is about', async () => {
    const { things, server, settle } = scene();
    const told: string[] = [];
    things.on('added', (object, { initial }) => told.push(`added ${object.metadata.name} ${initial}`));
    things.on('updated', (now, was) =>
      told.push(`updated ${was.metadata.resourceVersion} ${now.metadata.resourceVersion}`),
    );
    things.on('deleted', (object, change) =>
      told.push(
        `deleted ${object.metadata.resourceVersion} ${change.previous.metadata.resourceVersion} ${change.scope}`,
      ),
    );
    things.on('synced', ({ resourceVersion }) => told.push(`synced ${resourceVersion}`));
    things.on('desynced', ({ cause }) => told.push(`desynced ${cause}`));
    await settle();
    server.last.send(added(thing('a', 1)), bookmark(5, true));
    await settle();
    server.last.send(modified(thing('a', 6)));
    await settle();
    server.last.send(deleted(thing('a', 7)));
    await settle();
    server.last.send(errorEvent(410));
    await settle();
    expect(told).toEqual(['added a true', 'synced 5', 'updated 1 6', 'deleted 7 6 api', 'desynced expired']);
  });

  it('W10: a filter of the subscriber makes a deletion `selected`, too', async () => {
    const { things, server, settle } = await watchingScene(10, [thing('a', 1)]);
    const scopes: string[] = [];
    things.on('deleted', (_object, { scope }) => scopes.push(scope), { filter: () => true });
    await settle();
    server.last.send(deleted(thing('a', 11)));
    await settle();
    expect(scopes).toEqual(['selected']);
  });

  it('U7: after its disposal a handler is not called any more', async () => {
    const { things, server, settle } = await watchingScene(10, []);
    const handler = vi.fn<() => void>();
    const subscription = things.on('added', handler);
    subscription[Symbol.dispose]();
    subscription[Symbol.dispose]();
    server.last.send(added(thing('a', 11)));
    await settle();
    expect(handler).not.toHaveBeenCalled();
  });

  it('U8: subscribing to a stopped reflector is an error, and a handler must be a function', async () => {
    const { things } = scene();
    expect(() => things.on('change', 'x' as never)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => things.on('nothing' as 'change', () => undefined)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(/^there is no event 'nothing': there are added, /),
      }),
    );
    await things.stop();
    for (const type of ['change', 'status'] as const) {
      expect(() => things.on(type, () => undefined)).toThrow(expect.objectContaining({ code: 'stopped' }));
    }
    expect(await codeOf(things.changes()[Symbol.asyncIterator]().next())).toBe('stopped');
    expect(await codeOf(things.ready())).toBe('stopped');
    expect(() => things.start()).toThrow(expect.objectContaining({ code: 'stopped' }));
  });

  it('U10: a handler that throws or rejects is told to the logger, and harms nobody', async () => {
    const warnings: string[] = [];
    const stacks: unknown[] = [];
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: (text: string, fields?: Record<string, unknown>) => {
        warnings.push(text);
        stacks.push(fields?.['stack']);
      },
    };
    const { things, server, settle } = await watchingScene(10, [], { logger });
    const told: string[] = [];
    things.on('added', function throwing() {
      throw new Error('first');
    });
    things.on('added', () => Promise.reject(new Error('second')));
    things.on('added', ({ metadata }) => told.push(metadata.name));
    server.last.send(added(thing('a', 11)), added(thing('b', 12)));
    await settle();
    expect(told).toEqual(['a', 'b']);
    expect(warnings.filter((text) => /first|second/.test(text))).toHaveLength(4);
    expect(stacks[0]).toMatch(/^Error: first\n +at .*throwing/);
    expect(things.status.live).toBe(true);
  });

  it('U15: changes ends on break, on its signal and on stop', async () => {
    const { things, server, settle } = await watchingScene(10, [thing('a', 1)]);
    for await (const change of things.changes()) {
      expect(change.type).toBe('added');
      break;
    }
    const controller = new AbortController();
    const read = async (signal?: AbortSignal): Promise<string[]> => {
      const types: string[] = [];
      for await (const change of things.changes(signal === undefined ? {} : { signal })) types.push(change.type);
      return types;
    };
    const aborted = read(controller.signal);
    const stopped = read();
    await settle();
    controller.abort();
    expect(await aborted).toEqual(['added', 'synced']);
    server.last.send(deleted(thing('a', 11)));
    await settle();
    await things.stop();
    expect(await stopped).toEqual(['added', 'synced', 'deleted']);
  });

  it('a namespace given for a cluster-scoped kind is ignored', async () => {
    const { cluster, server, settle } = scene();
    const planets = new Reflector(cluster, Planet, { streaming: false });
    const told: string[] = [];
    const elsewhere = { namespace: 'somewhere' };
    // @ts-expect-error the types refuse it, and JavaScript may still give it
    planets.on('added', ({ metadata }: Planet) => told.push(metadata.name), elsewhere);
    await settle();
    server.last.answer(listOf(5, [{ metadata: { name: 'mars', uid: 'u', resourceVersion: '1' } }]));
    await settle();
    expect(told).toEqual(['mars']);
  });
});
