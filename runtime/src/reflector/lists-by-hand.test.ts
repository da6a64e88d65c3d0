import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../tests/support/kube-failure.js';
import { added, bookmark, errorEvent, listOf, scene, thing } from '../../../tests/support/reflector-scene.js';

describe('poll', () => {
  it('makes one consistent list, tells the difference and never starts the loop', async () => {
    const { things, server, settle, clock } = scene({ streaming: false });
    const first = things.poll();
    await settle();
    server.last.answer(listOf(10, [thing('a', 1), thing('b', 2)]));
    await first;
    expect(things.list()).toHaveLength(2);
    expect(things.status).toMatchObject({ phase: 'idle', synced: true, live: false, resourceVersion: '10' });
    const second = things.poll();
    await settle();
    expect(server.told).toEqual(['list', 'list']);
    server.last.answer(listOf(20, [thing('a', 11)]));
    await second;
    expect(things.list().map(({ metadata }) => metadata.resourceVersion)).toEqual(['11']);
    expect(things.status.counts).toMatchObject({ objects: 1, added: 2, updated: 1, deleted: 1 });
    await clock.advance(3_600_000);
    expect(server.requests).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('streams the list where the server can, and closes the stream', async () => {
    const { things, server, settle } = scene();
    const poll = things.poll();
    await settle();
    server.last.send(added(thing('a', 1)), bookmark(5, true));
    await poll;
    expect(server.told).toEqual(['stream']);
    expect(server.last.signal.aborted).toBe(true);
    expect(things.list()).toHaveLength(1);
  });

  it('L6: lists in pages, in the same call, where the server never ends a streaming list, and remembers after three', async () => {
    const { server, settle, things, clock } = scene();
    for (const version of [10, 11, 12]) {
      const poll = things.poll();
      await settle();
      server.last.open();
      await clock.advance(30_000);
      server.last.answer(listOf(version, [thing('a', version)]));
      await poll;
    }
    const fourth = things.poll();
    await settle();
    server.last.answer(listOf(13, []));
    await fourth;
    expect(server.told).toEqual(['stream', 'list', 'stream', 'list', 'stream', 'list', 'list']);
  });

  it('rejects with what went wrong, keeps what it had, and can be tried again', async () => {
    const { things, server, settle, clock } = scene({ streaming: false });
    const poll = codeOf(things.poll());
    await settle();
    server.last.fail(503);
    expect(await poll).toBe('server');
    expect(clock.pending).toBe(0);
    const again = things.poll();
    await settle();
    server.last.answer(listOf(3, []));
    await again;
    expect(things.list()).toEqual([]);
  });

  it('runs one after the other, so that each shows what there was when it was called', async () => {
    const { things, server, settle } = scene({ streaming: false });
    const both = [things.poll(), things.poll()];
    await settle();
    expect(server.requests).toHaveLength(1);
    server.last.answer(listOf(3, []));
    await settle();
    expect(server.requests).toHaveLength(2);
    server.last.answer(listOf(4, []));
    await Promise.all(both);
  });

  it('is a usage error on a started reflector, ends with stop and with its signal', async () => {
    const { things, reflector, settle, server } = scene({ streaming: false });
    things.start();
    expect(await codeOf(things.poll())).toBe('usage');
    const other = reflector({ streaming: false });
    const controller = new AbortController();
    const aborted = codeOf(other.poll({ signal: controller.signal }));
    await settle();
    controller.abort();
    expect(await aborted).toBe('aborted');
    const stopped = codeOf(other.poll());
    await settle();
    await other.stop();
    expect(await stopped).toBe('stopped');
    expect(await codeOf(other.poll())).toBe('stopped');
    expect(server.open).toHaveLength(1);
  });

  it('that waits for its turn ends with its signal at once, and asks for nothing', async () => {
    const { things, server, settle } = scene({ streaming: false });
    const first = things.poll();
    const controller = new AbortController();
    const second = codeOf(things.poll({ signal: controller.signal }));
    const third = codeOf(things.poll({ signal: AbortSignal.abort() }));
    await settle();
    controller.abort();
    expect(await Promise.all([second, third])).toEqual(['aborted', 'aborted']);
    server.last.answer(listOf(3, []));
    await first;
    await settle();
    expect(server.requests).toHaveLength(1);
  });

  it('D3: ends with its cluster, over any transport, and leaves no timer', async () => {
    const { server, things, settle, cluster, clock } = scene({ streaming: false });
    const polling = things.poll().catch((error: { code: string }) => error.code);
    await settle();
    server.last.open();
    await settle();
    await cluster.close();
    expect(await Promise.race([polling, settle().then(() => 'waits')])).toBe('stopped');
    expect(clock.pending).toBe(0);
  });

  it('a subscriber that comes after it hears synced once, and not again for the list that a start begins with', async () => {
    const { things, server, settle } = scene({ streaming: false });
    const poll = things.poll();
    await settle();
    server.last.answer(listOf(3, [thing('a', 1)]));
    await poll;
    const told: string[] = [];
    things.on('change', ({ type }) => told.push(type));
    await settle();
    expect(told).toEqual(['added', 'synced']);
    server.last.answer(listOf(9, [thing('a', 5), thing('b', 6)]));
    await settle();
    expect(told).toEqual(['added', 'synced', 'updated', 'added']);
    server.last.open();
    server.last.send(errorEvent(410, 'Expired'));
    await settle();
    server.last.answer(listOf(12, []));
    await settle();
    expect(told.slice(4)).toEqual(['desynced', 'deleted', 'deleted', 'synced']);
  });

  it('a start in the middle of it takes over from where it ended', async () => {
    const { things, server, settle } = scene({ streaming: false });
    const poll = things.poll();
    await settle();
    things.start();
    await settle();
    expect(server.requests).toHaveLength(1);
    server.last.answer(listOf(3, []));
    await poll;
    await settle();
    expect(server.told).toEqual(['list', 'list 3']);
  });
});
