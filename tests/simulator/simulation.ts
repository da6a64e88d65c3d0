import type { Settings } from '../../runtime/src/reflector/protocol.js';
import type { DriverEvents } from '../../runtime/src/reflector/driver-events.js';
import { createSelection } from '../../runtime/src/reflector/selection.js';
import { createStore } from '../../runtime/src/store/cache-store.js';
import { createEntryMaker } from '../../runtime/src/store/entry-maker.js';
import type { Store } from '../../runtime/src/store/store.js';
import type { SubscribeOptions } from '../../runtime/src/subscribe/change.js';
import { createHub } from '../../runtime/src/subscribe/create-hub.js';
import type { Hub } from '../../runtime/src/subscribe/hub.js';
import { FakeClock } from '../../runtime/src/testing/fake-clock.js';
import { type Thing, Thing as definition } from '../support/reflector-scene.js';
import { cachedText, type View } from './model-objects.js';
import { type ModelMode, ModelServer } from './model-server.js';
import type { Random } from './random.js';
import { SimSubscriber } from './sim-subscriber.js';
import { SimWatcher } from './sim-watcher.js';

/** More requests than this in any minute are a storm. */
export const MOST_PER_MINUTE = 90;
/** After this long without faults the cache must be right: a silent watch is only left after its timeout. */
const PATIENCE_MS = 30 * 60_000;

export interface SimulationOptions {
  readonly random: Random;
  readonly mode: ModelMode;
  readonly settings: Settings;
  readonly view: View;
}

/** One watcher with its store, its subscribers and its server, on one clock. */
export class Simulation {
  readonly clock: FakeClock;
  readonly server: ModelServer;
  readonly watcher: SimWatcher;
  readonly store: Store<Thing>;
  readonly subscribers: { readonly subscriber: SimSubscriber; readonly shows: (thing: Thing) => boolean }[] = [];
  readonly log: string[] = [];
  quiets = 0;
  readonly #hub: Hub<Thing>;
  readonly #random: Random;
  readonly #view: View;
  #historyLost = false;
  #error: unknown;

  constructor({ random, mode, settings, view }: SimulationOptions) {
    this.#random = random;
    this.#view = view;
    this.clock = new FakeClock({ random: () => random.next() });
    this.server = new ModelServer({ clock: this.clock, random, mode });
    const partition = view.namespace ?? '';
    this.store = createStore<Thing>({ partitions: [partition], indexes: { color: ({ spec }) => spec?.color } });
    this.#hub = createHub<Thing>({
      store: this.store,
      clock: this.clock,
      // Subscribers are slow in their own ways.
      schedule: (fn) => void this.clock.setTimer(random.int(0, 3000), fn),
      selected: view.color !== undefined,
      onError: (error) => (this.#error ??= error),
    });
    const selection = createSelection(definition, {
      namespace: view.namespace,
      labelSelector: view.color === undefined ? undefined : `color=${view.color}`,
      fieldSelector: undefined,
      metadataOnly: false,
      managedFields: false,
    });
    const maker = createEntryMaker<Thing>({
      apiVersion: 'test.example/v1',
      kind: 'Thing',
      managedFields: false,
      freeze: 'none',
    });
    this.watcher = new SimWatcher({
      clock: this.clock,
      random,
      server: this.server,
      view,
      selection,
      settings,
      writer: this.store.writer(partition),
      maker,
      events: this.#events(partition),
      wrong: (what) => (this.#error ??= new Error(what)),
    });
  }

  subscribe(): void {
    const kinds: [string, SubscribeOptions<Thing>, (thing: Thing) => boolean][] = [
      ['of all', {}, () => true],
      ['of all', {}, () => true],
      ['of namespace a', { namespace: 'a' }, ({ metadata }) => metadata.namespace === 'a'],
      ['of red by label', { labels: { color: 'red' } }, ({ spec }) => spec?.color === 'red'],
      ['of blue by filter', { filter: ({ spec }) => spec?.color === 'blue' }, ({ spec }) => spec?.color === 'blue'],
      ['with resync', { resyncEveryMs: 20_000 }, () => true],
    ];
    const [name, options, shows] = this.#random.pick(kinds);
    const subscriber = new SimSubscriber(
      `${this.subscribers.length} ${name}`,
      () => this.#historyLost || name === 'with resync',
    );
    this.subscribers.push({ subscriber, shows });
    this.#hub.subscribe({ ...options, handler: (change) => subscriber.hear(change) });
  }

  /** Lets time pass, in which anything may come. */
  run(ms: number): void {
    this.clock.advanceSync(ms);
    if (this.#error !== undefined) throw this.#error;
  }

  note(what: string): void {
    this.log.push(`${this.clock.now()} ${what}`);
  }

  /** The server loses history, if it may: nothing is written over it before the watcher could see that it is gone. */
  restore(): void {
    if (!this.server.restore()) return;
    this.#historyLost = true;
    this.note(`restore to ${this.server.version}`);
  }

  /** The next watch opens while much is going on (W17). */
  rotate(): void {
    if (this.watcher.state.t !== 'watching' || !this.watcher.state.settings.rotate) return;
    this.note('rotate');
    this.watcher.tell({ t: 'timer', name: 'rotate' });
    for (let n = 0; n < 6 && this.mayWrite; n++) {
      this.server.write();
      this.run(this.#random.int(0, 25));
    }
  }

  /** Whether a write would hide from the watcher that the server lost history: no watcher could ever know. */
  get mayWrite(): boolean {
    return Number(this.watcher.state.rv) <= this.server.version;
  }

  /** After a restore the server stays away until it was missed: who slept through it could not know. */
  comeBack(): void {
    if (this.server.missed) this.server.gone = false;
  }

  /** Without faults everything becomes right, and stays so. */
  quiet(): void {
    this.quiets++;
    this.server.faultChance = 0;
    this.server.faults = [];
    this.server.habit = undefined;
    const since = this.clock.now();
    let wrong: string | undefined = 'nothing was checked';
    for (let ms = 5000; wrong !== undefined; ms = Math.min(ms * 1.5, 60_000)) {
      if (this.clock.now() - since > PATIENCE_MS)
        throw new Error(`not right after ${PATIENCE_MS} ms without faults: ${wrong}`);
      this.comeBack();
      this.run(ms);
      wrong = this.#difference();
    }
    this.run(10_000);
    wrong = this.#difference();
    if (wrong !== undefined) throw new Error(`it was right and is not any more: ${wrong}`);
    this.#checkStorm();
  }

  #difference(): string | undefined {
    const { state } = this.watcher;
    if (state.t !== 'watching' && state.t !== 'rotating') return `the watcher is ${state.t}`;
    if (state.memory.failures > 0 || state.memory.desync !== undefined)
      return 'an open watch with failures or out of touch';
    const wanted = new Map(this.server.seen(this.#view).map((object) => [object.key, cachedText(object)]));
    const stored = this.#compare('the store', new Map(this.store.read()), wanted);
    if (stored !== undefined) return stored;
    for (const { subscriber, shows } of this.subscribers) {
      if (!subscriber.synced) return `subscriber ${subscriber.name} is not synced`;
      const shown = new Map(
        [...this.store.read()].filter(([, thing]) => shows(thing)).map(([key, thing]) => [key, JSON.stringify(thing)]),
      );
      const told = this.#compare(`subscriber ${subscriber.name}`, subscriber.set, shown);
      if (told !== undefined) return told;
    }
    const red = this.store.by('color', 'red').length + this.store.by('color', 'blue').length;
    return red === this.store.size ? undefined : 'the index has another number of objects than the store';
  }

  #compare(who: string, has: ReadonlyMap<string, Thing>, wanted: ReadonlyMap<string, string>): string | undefined {
    for (const [key, thing] of has) {
      if (wanted.get(key) !== JSON.stringify(thing))
        return `${who} has ${JSON.stringify(thing)}, not ${wanted.get(key)}`;
    }
    for (const key of wanted.keys()) if (!has.has(key)) return `${who} lacks ${key}`;
    return undefined;
  }

  #checkStorm(): void {
    const { requests } = this.server;
    for (let i = 0; i + MOST_PER_MINUTE < requests.length; i++) {
      const first = requests[i] ?? 0;
      const last = requests[i + MOST_PER_MINUTE] ?? Number.POSITIVE_INFINITY;
      if (last - first < 60_000) throw new Error(`a storm: ${MOST_PER_MINUTE} requests in ${last - first} ms`);
    }
  }

  #events(partition: string): DriverEvents<Thing> {
    return {
      moved: (state, before) => {
        if (state.t !== before.t) this.note(`${before.t} -> ${state.t} at ${state.rv}`);
      },
      received: () => undefined,
      difference: (difference) => this.#hub.publish(difference),
      committed: (differences) => {
        this.#hub.committed(partition, differences);
        this.#hub.synced(partition);
      },
      advanced: () => undefined,
      desynced: (cause) => this.#hub.desynced(partition, cause),
      relisted: () => undefined,
      reconnected: () => undefined,
      anomaly: () => undefined,
      quarantined: () => undefined,
      finished: () => undefined,
    };
  }
}
