import type { Change, ReflectorStatus } from '@kube-gen/runtime';
import type { Foo, FooReflector } from '../../examples/foo-service/src/generated/example.kube-gen.dev/v1/foo.js';
import { dim, green, red, say, yellow } from './say.js';

/** Prints what the cache tells, and lets the story wait for a line. */
export interface ChangeLines {
  /** Resolves when the cache has told such a change of this key, from now on. */
  told(type: 'added' | 'updated' | 'deleted', key: string): Promise<void>;
  /** Resolves when the cache is in touch, or out of touch. */
  live(wanted: boolean): Promise<void>;
}

export function printChanges(foos: FooReflector, signal: AbortSignal): ChangeLines {
  const waiting = new Set<{ met(event: Change<Foo> | ReflectorStatus): boolean; resolve(): void }>();
  const wait = (met: (event: Change<Foo> | ReflectorStatus) => boolean): Promise<void> =>
    new Promise((resolve) => void waiting.add({ met, resolve }));
  const happened = (event: Change<Foo> | ReflectorStatus): void => {
    for (const each of waiting) {
      if (!each.met(event)) continue;
      waiting.delete(each);
      each.resolve();
    }
  };

  let live: boolean | undefined;
  foos.on(
    'status',
    (status) => {
      if (live !== undefined && status.live !== live && status.phase !== 'stopped')
        say(touchLine(status, foos.list().length));
      if (status.synced) live = status.live;
      happened(status);
    },
    { signal },
  );
  foos.on(
    'change',
    (change) => {
      say(changeLine(change, foos));
      happened(change);
    },
    { signal },
  );
  return {
    told: (type, key) => wait((event) => 'type' in event && event.type === type && 'key' in event && event.key === key),
    live: (wanted) => (live === wanted ? Promise.resolve() : wait((event) => 'live' in event && event.live === wanted)),
  };
}

function touchLine({ live, lastError }: ReflectorStatus, count: number): string {
  if (live) return green('live again');
  return `${red('out of touch')} ${dim(`(${lastError?.message ?? 'the watch ended'})`)}; reads go on: ${count} Foos`;
}

function changeLine(change: Change<Foo>, foos: FooReflector): string {
  switch (change.type) {
    case 'added':
      return `${green('+')} ${name(change.key)} ${describe(change.object)}`;
    case 'updated':
      return `${yellow('~')} ${name(change.key)} ${difference(change.previous, change.object)}`;
    case 'replaced':
      return `${yellow('=')} ${name(change.key)} ${describe(change.object)}`;
    case 'deleted':
      return `${red('-')} ${name(change.key)} ${dim(change.finalStateUnknown ? 'deleted while the watch was cut' : 'deleted')}`;
    case 'synced':
      return dim(`synced: ${foos.list().length} Foos at resourceVersion ${change.resourceVersion}`);
    case 'desynced':
      return red(`desynced: ${change.cause}`);
    case 'resync':
      return dim('resync');
  }
}

const name = (key: string): string => key.padEnd(18);
const copies = ({ spec, status }: Foo): string => `${status?.readyReplicas ?? 0} of ${spec.replicas} copies`;
const phase = ({ status }: Foo): string => status?.phase ?? 'Pending';

function describe(foo: Foo): string {
  return `${foo.spec.tier}, ${copies(foo)}, ${phase(foo)}, ${foo.spec.image}`;
}

function difference(was: Foo, now: Foo): string {
  const parts = [
    [was.spec.image, now.spec.image],
    [copies(was), copies(now)],
    [phase(was), phase(now)],
  ];
  const changed = parts.filter(([before, after]) => before !== after).map((pair) => pair.join(' → '));
  return changed.length > 0 ? changed.join(', ') : dim('other fields');
}
