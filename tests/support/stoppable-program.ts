import { connect } from '../../runtime/src/connect.js';
import type { Clock } from '../../runtime/src/io/clock.js';
import { systemClock } from '../../runtime/src/io/system-clock.js';
import { metrics } from '../../runtime/src/metrics.js';
import { Reflector } from '../../runtime/src/reflector/reflector.js';
import { Thing } from './reflector-scene.js';

/** What the program answers to any message but `end`. */
export interface Told {
  /** The versions in the cache, by name. */
  readonly cache: Readonly<Record<string, string>>;
  /** The versions that a subscriber knows, by name. */
  readonly subscriber: Readonly<Record<string, string>>;
  readonly live: boolean;
  /** Causes of the watches that were opened again. */
  readonly reconnects: readonly string[];
  readonly relists: number;
}

/** The platform's clock, but a process that was stopped finds, when it goes on, that so much time has passed, and its timers late. */
function leapingClock(leapMs: number): Clock {
  let leapt = 0;
  const timers = new Set<{ readonly due: number; readonly fn: () => void; handle: { cancel(): void } }>();
  const now = (): number => systemClock.now() + leapt;
  process.on('SIGCONT', () => {
    leapt += leapMs;
    for (const timer of [...timers].sort((a, b) => a.due - b.due)) {
      timer.handle.cancel();
      timer.handle = systemClock.setTimer(Math.max(0, timer.due - now()), timer.fn);
    }
  });
  return {
    now,
    wallNow: () => systemClock.wallNow() + leapt,
    random: () => systemClock.random(),
    setTimer(ms, fn) {
      const fire = (): void => {
        timers.delete(timer);
        fn();
      };
      const timer = { due: now() + ms, fn: fire, handle: systemClock.setTimer(ms, fire) };
      timers.add(timer);
      return {
        cancel: () => {
          timers.delete(timer);
          timer.handle.cancel();
        },
      };
    },
  };
}

const [server = '', leapMs = '0'] = process.argv.slice(2);
const cluster = await connect({ server, clock: leapingClock(Number(leapMs)) });
const things = new Reflector(cluster, Thing);
const known = new Map<string, string>();
things.on('change', (change) => {
  if (change.type === 'deleted') known.delete(change.object.metadata.name);
  else if ('object' in change) known.set(change.object.metadata.name, change.object.metadata.resourceVersion);
});
await things.ready();

function tell(): Told {
  const { live, counts } = things.status;
  return {
    cache: Object.fromEntries(things.list().map(({ metadata }) => [metadata.name, metadata.resourceVersion])),
    subscriber: Object.fromEntries(known),
    live,
    reconnects: Array.from(
      metrics(cluster).matchAll(/kube_gen_reconnects_total\{.*cause="(.*?)"/g),
      ([, cause = '']) => cause,
    ),
    relists: counts.relists,
  };
}

process.on('message', (message) => {
  if (message !== 'end') return void process.send?.(tell());
  // With its channel and its sockets closed nothing keeps the process.
  return void cluster.close().then(() => process.disconnect());
});
process.send?.('ready');
