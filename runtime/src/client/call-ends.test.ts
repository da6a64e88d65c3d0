import { describe, expect, it } from 'vitest';
import { Foo, foo } from '../../../tests/support/foo-client.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { FakeClock } from '../testing/fake-clock.js';
import type { CallOptions } from './call-options.js';
import { createCluster } from './create-cluster.js';

const clock = new FakeClock();
const silent = createCluster({
  server: 'https://host',
  transport: { request: () => new Promise(() => undefined) },
  clock,
});
const foos = silent.resource(Foo);
const namespace = 'apps';

const verbs: readonly [verb: string, call: (options: CallOptions) => Promise<unknown>][] = [
  ['get', (o) => foos.get('web', o)],
  ['list', (o) => foos.list(o)],
  ['listPages', (o) => foos.listPages(o)[Symbol.asyncIterator]().next()],
  ['create', (o) => foos.create(foo, o)],
  ['replace', (o) => foos.replace(foo, o)],
  ['patch', (o) => foos.patch('web', { spec: { size: 2 } }, o)],
  ['apply', (o) => foos.apply({ metadata: { name: 'web' } }, { ...o, fieldManager: 'me' })],
  ['delete', (o) => foos.delete('web', o)],
  ['deleteCollection', (o) => foos.deleteCollection({ ...o, namespace })],
  ['status.get', (o) => foos.status.get('web', o)],
  ['status.replace', (o) => foos.status.replace(foo, o)],
  ['status.patch', (o) => foos.status.patch('web', { status: {} }, o)],
  ['scale.get', (o) => foos.scale.get('web', o)],
  ['scale.replace', (o) => foos.scale.replace('web', { replicas: 2 }, o)],
  ['scale.patch', (o) => foos.scale.patch('web', { spec: { replicas: 2 } }, o)],
  ['request', (o) => silent.request({ path: '/version', ...o })],
];

describe('of a server that says nothing', () => {
  it.each(verbs)('%s ends when its signal fires', async (_verb, call) => {
    const controller = new AbortController();
    const pending = failure(call({ signal: controller.signal }));
    await clock.advance(0);
    controller.abort();
    expect(await pending).toMatchObject({ code: 'aborted' });
  });

  it.each(verbs)('%s ends when its time is over', async (_verb, call) => {
    const pending = failure(call({ timeoutMs: 1000 }));
    await clock.advance(1000);
    expect(await pending).toMatchObject({ code: 'timeout', message: expect.stringContaining('1000 ms') });
  });
});
