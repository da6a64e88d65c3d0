import type { Change } from '@kube-gen/runtime';
import type { SSEStreamingApi } from 'hono/streaming';
import { fooRow, type FooRow } from './foo-row.js';
import type { Foo } from './generated/example.kube-gen.dev/v1/foo.js';
import type { State } from './state.js';

/** How often a quiet stream says that it is alive. The page gives up after three times as long. */
const heartbeatMs = 5_000;

/** A change as the page gets it, under the event name `change`. */
export type PageChange =
  | { readonly type: 'added'; readonly foo: FooRow; readonly initial: boolean }
  | { readonly type: 'updated' | 'replaced' | 'deleted'; readonly foo: FooRow }
  | { readonly type: 'synced' }
  | { readonly type: 'desynced'; readonly cause: string };

/**
 * Tells one browser everything: first the whole set, then `synced`, then each change, with `status` events between.
 * A slow browser delays nobody: its subscription keeps only the latest state of each Foo until it reads on.
 */
export async function streamEvents(foos: State['foos'], stream: SSEStreamingApi, signal: AbortSignal): Promise<void> {
  let told = '';
  const sendStatus = latestOnly(async () => {
    const data = JSON.stringify(foos.status);
    if (data === told) return;
    told = data;
    await stream.writeSSE({ event: 'status', data });
  });

  await sendStatus();
  using _statuses = foos.on('status', sendStatus, { signal });
  const heartbeat = setInterval(() => {
    told = '';
    void sendStatus();
  }, heartbeatMs);
  try {
    for await (const change of foos.changes({ signal })) {
      const news = pageChange(change);
      if (news === undefined) continue;
      await stream.writeSSE({ event: 'change', data: JSON.stringify(news) });
      if (news.type !== 'added' || !news.initial) await sendStatus();
    }
  } finally {
    clearInterval(heartbeat);
  }
}

function pageChange(change: Change<Foo>): PageChange | undefined {
  switch (change.type) {
    case 'added':
      return { type: 'added', foo: fooRow(change.object), initial: change.initial };
    case 'updated':
    case 'replaced':
    case 'deleted':
      return { type: change.type, foo: fooRow(change.object) };
    case 'synced':
      return { type: 'synced' };
    case 'desynced':
      return { type: 'desynced', cause: change.cause };
    case 'resync':
      return undefined;
  }
}

/** Calls during a call become one more call after it, so that a slow reader never makes a queue. */
function latestOnly(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await act();
    } while (again);
    running = undefined;
  };
  return () => {
    again = true;
    return (running ??= run());
  };
}
