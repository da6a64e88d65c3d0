import { setTimeout as pause } from 'node:timers/promises';
import type { ApiServer } from '@kube-gen/runtime/testing';
import type { ChangeLines } from './change-lines.js';
import { dim, say, step } from './say.js';
import type { Writer } from './writer.js';

/** Slow enough to be seen. */
const paceMs = 250;

export interface StoryOptions {
  readonly server: ApiServer;
  readonly lines: ChangeLines;
  readonly writer: Writer;
  readonly signal: AbortSignal;
}

/** What happens in the demo, each act told by the cache before the next begins. */
export async function tellStory({ server, lines, writer, signal }: StoryOptions): Promise<void> {
  type Told = Parameters<ChangeLines['told']>;
  const act = async (done: () => Promise<void>, ...told: Told): Promise<void> => {
    const seen = lines.told(...told);
    await done();
    await seen;
    await pause(paceMs, undefined, { signal });
  };

  await act(() => writer.create('apps/shop', { tier: 'frontend', replicas: 3 }), 'added', 'apps/shop');
  await act(() => writer.create('apps/cart', { replicas: 2 }), 'added', 'apps/cart');
  await act(() => writer.create('billing/invoices', { tier: 'batch' }), 'added', 'billing/invoices');
  await act(() => writer.report('apps/shop', 3), 'updated', 'apps/shop');
  await act(() => writer.report('apps/cart', 2), 'updated', 'apps/cart');
  await act(() => writer.image('apps/shop', '1.1.0'), 'updated', 'apps/shop');
  await act(() => writer.scale('apps/cart', 4), 'updated', 'apps/cart');
  await act(() => writer.remove('billing/invoices'), 'deleted', 'billing/invoices');

  step('Cut the watch, and change objects meanwhile');
  const cut = server.fault({ match: { verb: 'watch', plural: 'foos' }, do: 'drop' });
  await lines.live(false);
  await writer.remove('apps/cart');
  await writer.create('billing/ledger', { replicas: 2 });
  await writer.report('apps/shop', 2);
  say(dim('meanwhile at the API server: apps/cart deleted, billing/ledger made, apps/shop lost a copy'));
  const missed = Promise.all([
    lines.told('deleted', 'apps/cart'),
    lines.told('added', 'billing/ledger'),
    lines.told('updated', 'apps/shop'),
    lines.live(true),
  ]);
  cut[Symbol.dispose]();
  await missed;
}
