import { describe, expect, it, vi } from 'vitest';
import { collectGarbage } from '../../../tests/support/garbage.js';
import { scene, thing, watchingScene } from '../../../tests/support/reflector-scene.js';

describe('one signal for many', () => {
  it('reflectors, subscriptions, iterations and waits listen to it once, and all end with it', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const listen = vi.spyOn(signal, 'addEventListener');
    const { things, reflector, server, settle } = await watchingScene(10, [thing('a', 1)]);
    const many = Array.from({ length: 20 }, () => reflector({ signal }));
    const ended: string[] = [];
    const told: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      things.on('added', ({ metadata }) => told.push(metadata.name), { signal });
      things.on('status', ({ phase }) => told.push(phase), { signal });
      const changes = things.changes({ signal })[Symbol.asyncIterator]();
      await changes.next();
      await changes.next();
      void changes.next().then(({ done }) => ended.push(`iteration ${done}`));
      const waiting = things.waitFor(() => false, { name: 'a', namespace: 'apps', signal });
      waiting.catch((error: unknown) => ended.push((error as { code: string }).code));
    }
    const poll = reflector({ streaming: false, labelSelector: 'x' }).poll({ signal });
    poll.catch(() => ended.push('poll'));
    await settle();
    expect(listen).toHaveBeenCalledOnce();
    controller.abort();
    await settle();
    expect(many.map(({ status }) => status.phase)).toEqual(Array<string>(20).fill('stopped'));
    expect([...ended].sort()).toEqual([...Array(20).fill('aborted'), ...Array(20).fill('iteration true'), 'poll']);
    told.length = 0;
    server.last.break();
    await settle();
    expect(told).toEqual([]);
  });

  it('that lives long keeps no reflector in memory that was never started', async () => {
    const { reflector, settle } = scene();
    const { signal } = new AbortController();
    const made = Array.from({ length: 10 }, () => new WeakRef(reflector({ signal })));
    await settle();
    await new Promise((resolve) => void setImmediate(resolve));
    collectGarbage();
    expect(made.filter((ref) => ref.deref() !== undefined)).toEqual([]);
  });

  it('that lives long keeps nothing of a reflector that was stopped', async () => {
    const { reflector, settle } = scene();
    const { signal } = new AbortController();
    const handlers = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const handler = (): void => undefined;
        const one = reflector({ signal });
        one.on('status', handler, { signal });
        one.on('change', handler, { signal });
        await one.stop();
        return new WeakRef(handler);
      }),
    );
    await settle();
    await new Promise((resolve) => void setImmediate(resolve));
    collectGarbage();
    expect(handlers.filter((ref) => ref.deref() !== undefined)).toEqual([]);
  });

  it('that lives long keeps no reflector that a closed cluster refused', async () => {
    const { cluster, reflector, settle } = scene();
    await cluster.close();
    const { signal } = new AbortController();
    const made = Array.from({ length: 10 }, () => {
      const one = reflector({ signal });
      expect(() => one.on('added', () => undefined, { signal })).toThrow(expect.objectContaining({ code: 'stopped' }));
      return new WeakRef(one);
    });
    await settle();
    await new Promise((resolve) => void setImmediate(resolve));
    collectGarbage();
    expect(made.filter((ref) => ref.deref() !== undefined)).toEqual([]);
  });

  it('D5: stops a reflector that was never started, which then starts nothing', async () => {
    const { reflector, server, settle } = scene();
    const controller = new AbortController();
    const [idle, asked] = [reflector({ signal: controller.signal }), reflector({ signal: controller.signal })];
    controller.abort();
    expect(idle.status.phase).toBe('stopped');
    expect(() => asked.start()).toThrow(expect.objectContaining({ code: 'stopped' }));
    await expect(asked.ready()).rejects.toMatchObject({ code: 'stopped' });
    await expect(asked.poll()).rejects.toMatchObject({ code: 'stopped' });
    await settle();
    expect(server.requests).toEqual([]);
  });
});
