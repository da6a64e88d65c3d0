import { createEntryMaker } from '../../runtime/src/store/entry-maker.js';
import type { Entry } from '../../runtime/src/store/entry.js';
import { createStore } from '../../runtime/src/store/cache-store.js';
import { FakeClock } from '../../runtime/src/testing/fake-clock.js';
import type { Change } from '../../runtime/src/subscribe/change.js';
import { createHub } from '../../runtime/src/subscribe/create-hub.js';
import type { HandlerOptions } from '../../runtime/src/subscribe/hub.js';

export interface Foo {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation?: number;
    readonly labels?: Record<string, string>;
  };
  readonly value?: string;
}

const maker = createEntryMaker<Foo>({ apiVersion: 'v1', kind: 'Foo', managedFields: false, freeze: 'none' });

export function foo(
  name: string,
  resourceVersion: string,
  more: { uid?: string; value?: string; labels?: Record<string, string>; generation?: number } = {},
): Entry<Foo> {
  const { uid = `uid-${name}`, value, labels, generation } = more;
  return maker.from({
    metadata: {
      name,
      namespace: 'a',
      uid,
      resourceVersion,
      ...(labels === undefined ? {} : { labels }),
      ...(generation === undefined ? {} : { generation }),
    },
    ...(value === undefined ? {} : { value }),
  });
}

/** A hub over a store, driven by hand. */
export function setup(o: { selected?: boolean; synced?: boolean } = {}) {
  const clock = new FakeClock();
  const errors: unknown[] = [];
  const store = createStore<Foo>({ partitions: [''] });
  const hub = createHub<Foo>({
    store,
    clock,
    schedule: queueMicrotask,
    selected: o.selected ?? false,
    onError: (error) => errors.push(error),
  });
  const writer = store.writer('');
  const relist = (resourceVersion: string, ...entries: Entry<Foo>[]): void => {
    writer.begin();
    for (const entry of entries) writer.put(entry);
    const commit = writer.commit(resourceVersion);
    commit.run(() => true);
    hub.committed('', commit.outcomes);
    hub.synced('');
  };
  const apply = (type: 'ADDED' | 'MODIFIED' | 'DELETED', entry: Entry<Foo>): void => {
    const outcome = writer.apply(type, entry);
    if (outcome.t === 'added' || outcome.t === 'updated' || outcome.t === 'deleted' || outcome.t === 'replaced')
      hub.publish(outcome);
  };
  if (o.synced !== false) relist('1');
  const listen = (options: Partial<HandlerOptions<Foo>> = {}): string[] => {
    const seen: string[] = [];
    hub.subscribe({ handler: (change) => void seen.push(show(change)), ...options });
    return seen;
  };
  return { clock, store, hub, writer, relist, apply, listen, errors, settle: () => clock.advance(0) };
}

export function show(change: Change<Foo>): string {
  switch (change.type) {
    case 'added':
      return `${change.initial ? 'initial' : 'added'} ${change.key}@${change.object.metadata.resourceVersion}`;
    case 'updated':
      return `updated ${change.key}@${change.previous.metadata.resourceVersion}→${change.object.metadata.resourceVersion}`;
    case 'replaced':
      return `replaced ${change.key}@${change.previous.metadata.resourceVersion}→${change.object.metadata.resourceVersion}${change.finalStateUnknown ? ' unknown' : ''}`;
    case 'deleted':
      return `deleted ${change.key}@${change.previous.metadata.resourceVersion}→${change.object.metadata.resourceVersion}${change.finalStateUnknown ? ' unknown' : ''}${change.scope === 'selected' ? ' selected' : ''}`;
    case 'synced':
      return `synced ${change.resourceVersion}`;
    case 'desynced':
      return `desynced ${change.cause}`;
    default:
      return change.type;
  }
}

/** A handler that waits until it is let go. */
export function gate() {
  let open = (): void => {};
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { closed, open: () => open() };
}
