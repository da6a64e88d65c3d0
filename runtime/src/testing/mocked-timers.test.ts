import { afterEach, expect, it, vi } from 'vitest';
import { embeddedServer } from '../../../tests/support/embedded-server.js';
import { Foo } from '../../../tests/support/foo-client.js';
import { connect } from '../connect.js';
import { connect as connectAtFirstUse } from '../load-connect.js';
import { Reflector } from '../reflector/reflector.js';

afterEach(() => void vi.useRealTimers());

/** What `jest.useFakeTimers({ doNotFake: ['nextTick'] })` replaces beyond what vitest does. */
const asInJest = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'Date',
  'performance',
  'hrtime',
  'queueMicrotask',
] as const;

it.each([
  { connectTo: connect, toFake: undefined },
  { connectTo: connectAtFirstUse, toFake: undefined },
  { connectTo: connect, toFake: [...asInJest] },
])(
  'a reflector hears of what is written while a test has put its own timers in the place of all others',
  async ({ connectTo, toFake }) => {
    vi.useFakeTimers(toFake && { toFake });
    const server = await embeddedServer({ kinds: [Foo] });
    await using cluster = await connectTo({ server: server.url });
    await using foos = new Reflector(cluster, Foo);
    await foos.ready({ timeoutMs: 1 });
    const added = new Promise((resolve) => foos.on('added', resolve));
    const api = cluster.resource(Foo);
    await api.create({ metadata: { name: 'web', namespace: 'apps' }, spec: { size: 1 } });
    await api.patch('web', { spec: { size: 2 } }, { namespace: 'apps' });
    expect(await added).toMatchObject({ metadata: { name: 'web' } });
    await foos.waitFor((foo) => foo?.spec.size === 2, { name: 'web', namespace: 'apps' });
    expect(vi.getTimerCount()).toBeGreaterThan(0);
  },
);
