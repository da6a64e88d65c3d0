import type { Cluster } from '../../runtime/src/cluster.js';
import type { ReflectorOptions } from '../../runtime/src/reflector/options.js';
import { Reflector } from '../../runtime/src/reflector/reflector.js';
import type { Change, SubscribeOptions } from '../../runtime/src/subscribe/change.js';
import type { FakeClock } from '../../runtime/src/testing/fake-clock.js';
import { Thing } from '../support/reflector-scene.js';
import { cachedText, shows, type Stored, type View } from './model-objects.js';
import type { ModelServer } from './model-server.js';
import type { Random } from './random.js';
import { SimSubscriber } from './sim-subscriber.js';

type Options = ReflectorOptions<Thing, { color: string }, 'Namespaced'>;
type Shows = (thing: Thing) => boolean;

/** What reflectors ask for here: `namespaces` undefined for all. */
export interface SimSelection {
  readonly namespaces: readonly string[] | undefined;
  readonly color: string | undefined;
}

/** What reflectors of one world share. */
export interface SimReflectorOptions {
  readonly name: string;
  readonly cluster: Cluster;
  readonly clock: FakeClock;
  readonly random: Random;
  readonly server: ModelServer;
  readonly selection: SimSelection;
  readonly options: Options;
  readonly historyLost: () => boolean;
  readonly wrong: (what: string) => void;
}

/** A real reflector, with subscribers that keep their own copies of the set, as users have it. */
export class SimReflector {
  readonly name: string;
  readonly reflector: Reflector<Thing, { color: string }, 'Namespaced'>;
  readonly selection: SimSelection;
  readonly #o: SimReflectorOptions;
  readonly #subscribers: { readonly subscriber: SimSubscriber; readonly shows: Shows }[] = [];
  #highest = '';
  /** What it read when it stopped: that stays. */
  #last: string | undefined;
  #hasAssumed = false;
  byHand = false;
  stopped = false;

  constructor(o: SimReflectorOptions) {
    this.#o = o;
    this.name = o.name;
    this.selection = o.selection;
    const { namespaces, color } = o.selection;
    this.reflector = new Reflector<Thing, { color: string }, 'Namespaced'>(o.cluster, Thing, {
      ...o.options,
      ...(namespaces !== undefined && { namespaces }),
      ...(color !== undefined && { labelSelector: { color } }),
      indexes: { color: ({ spec }) => spec?.color },
    });
  }

  get told(): number {
    return this.#subscribers.reduce((sum, { subscriber }) => sum + subscriber.told, 0);
  }

  get version(): number {
    return Number(this.reflector.status.resourceVersion);
  }

  /** Of several watches the one that is furthest. */
  get highestVersion(): number {
    const { namespaces = {}, resourceVersion } = this.reflector.status;
    const versions = Object.values(namespaces).map((each) => Number(each.resourceVersion));
    return Math.max(Number(resourceVersion), ...versions);
  }

  subscribe(): void {
    const { random, clock, historyLost } = this.#o;
    const [what, options, shows] = random.pick(audiences);
    const how = random.pick([
      'at once',
      'at once',
      'slowly',
      'in a loop',
      'each step',
      'throwing',
      'never again',
    ] as const);
    const subscriber = new SimSubscriber(
      `${this.name}/${this.#subscribers.length} ${what} ${how}`,
      () => historyLost() || options.resyncEveryMs !== undefined,
    );
    // Who throws or stops listening is there to harm others, which it must not.
    if (how !== 'never again') this.#subscribers.push({ subscriber, shows });
    const later = (): Promise<void> => new Promise((resolve) => void clock.setTimer(random.int(0, 3000), resolve));
    const hear = (change: Change<Thing>): void => {
      try {
        this.#compareWithStore(change);
        subscriber.hear(change);
      } catch (error) {
        this.#o.wrong(String(error));
      }
    };
    if (how === 'in a loop' || how === 'each step') {
      const mode = how === 'each step' ? ({ mode: 'every', buffer: random.int(1, 6) } as const) : {};
      void this.#loop(this.reflector.changes({ ...options, ...mode }), { hear, later });
      return;
    }
    this.reflector.on(
      'change',
      (change) => {
        hear(change);
        if (how === 'slowly') return later();
        if (how === 'throwing') throw new Error('a handler that throws');
        return how === 'never again' ? new Promise(() => undefined) : undefined;
      },
      options,
    );
  }

  async #loop(
    changes: AsyncIterable<Change<Thing>>,
    o: { hear: (change: Change<Thing>) => void; later: () => Promise<void> },
  ): Promise<void> {
    for await (const change of changes) {
      o.hear(change);
      if (this.#o.random.percent(30)) await o.later();
    }
  }

  /** U2: what is told is there to be read, or something later. */
  #compareWithStore(change: Change<Thing>): void {
    if (!('object' in change) || this.#o.historyLost()) return;
    const { name, namespace, resourceVersion } = change.object.metadata;
    const shown = this.reflector.get(name, namespace)?.metadata.resourceVersion;
    if (shown !== undefined && change.type !== 'deleted' && Number(shown) < Number(resourceVersion)) {
      throw new Error(`${this.name} told ${change.type} ${resourceVersion} of ${change.key} and shows ${shown}`);
    }
  }

  /** One write of this user, shown before the watch brings it (S12). */
  assume(object: Stored): void {
    const { namespaces } = this.selection;
    const { synced } = this.reflector.status;
    const isOf = namespaces === undefined || namespaces.includes(object.namespace);
    if (this.stopped || !synced || !isOf || this.highestVersion > this.#o.server.version) return;
    this.#hasAssumed = true;
    this.reflector.assume(JSON.parse(object.text) as Thing);
    // What was assumed before the server lost history stays until its version comes again, or for five minutes.
    if (this.#o.historyLost()) return;
    const shown = this.reflector.get(object.name, object.namespace)?.metadata.resourceVersion;
    const wanted = shows(this.#view(object.namespace), object);
    if (wanted ? Number(shown) !== object.version : shown !== undefined) {
      this.#o.wrong(`${this.name} assumed ${object.key}@${object.version} and shows ${shown}`);
    }
  }

  /** Waits for what the server has now, of whatever it is (S7). Then the cache shows that, or something later. */
  async catchUp(): Promise<void> {
    const { server, random, historyLost } = this.#o;
    const then = server.version;
    const { namespaces = [undefined] } = this.selection;
    const seen = (): Map<string, Stored> =>
      new Map(namespaces.flatMap((each) => server.seen(this.#view(each))).map((object) => [object.key, object]));
    const was = seen();
    try {
      await this.reflector.caughtUp(String(then), { timeoutMs: random.int(100, 200_000) });
    } catch {
      return;
    }
    // What is assumed may be of a version that has not come yet.
    if (historyLost() || this.#hasAssumed) return;
    const is = seen();
    for (const [key, { version }] of was) {
      const shown = this.reflector.read().get(key)?.metadata.resourceVersion;
      const isGone = is.get(key)?.version !== version;
      if (shown === undefined ? !isGone : Number(shown) < version)
        this.#o.wrong(`${this.name} caught up with ${then} and shows ${shown} of ${key}, which was ${version}`);
    }
    for (const [key, { metadata }] of this.reflector.read()) {
      if (!was.has(key) && Number(metadata.resourceVersion) <= then)
        this.#o.wrong(`${this.name} caught up with ${then} and still has ${key}@${metadata.resourceVersion}`);
    }
  }

  /** A list by hand shows at least what there was when it was asked for. */
  async poll(): Promise<void> {
    const { server } = this.#o;
    this.byHand = true;
    const asked = server.version;
    try {
      await this.reflector.poll();
    } catch {
      return;
    }
    if (this.version < asked && asked <= server.version)
      this.#o.wrong(`${this.name} polled ${this.version} at ${asked}`);
  }

  stop(): void {
    this.stopped = true;
    void this.reflector.stop();
    this.#last = this.#read();
  }

  /** Versions do not fall, and what is stopped stays as it was. */
  check(): void {
    if (this.stopped) {
      if (this.#read() !== this.#last) this.#o.wrong(`${this.name} changed after its end`);
      return;
    }
    const { resourceVersion } = this.reflector.status;
    if (!this.#o.historyLost() && Number(resourceVersion) < Number(this.#highest)) {
      this.#o.wrong(`the version of ${this.name} fell from ${this.#highest} to ${resourceVersion}`);
    }
    this.#highest = resourceVersion;
  }

  #read(): string {
    const { status } = this.reflector;
    // What is assumed is forgotten after a while, at the end too.
    return JSON.stringify([status, status.synced && !this.#hasAssumed ? this.reflector.list() : []]);
  }

  /** What is not right yet, when all should be. */
  difference(): string | undefined {
    if (this.stopped) return undefined;
    const { status } = this.reflector;
    if (!status.synced || status.failures > 0 || (!this.byHand && !status.live)) {
      return `${this.name}: ${JSON.stringify(status)}`;
    }
    const { namespaces = [undefined] } = this.selection;
    const objects = namespaces.flatMap((namespace) => this.#o.server.seen(this.#view(namespace)));
    const wanted = new Map(objects.map((object) => [object.key, cachedText(object)]));
    const stored = compare(this.name, this.reflector.read(), wanted);
    if (stored !== undefined) return stored;
    for (const { subscriber, shows: isShown } of this.#subscribers) {
      if (!subscriber.synced) return `subscriber ${subscriber.name} is not synced`;
      const texts = this.reflector.list({ filter: isShown }).map((thing) => JSON.stringify(thing));
      const told = compare(subscriber.name, subscriber.set, new Map(texts.map((text) => [keyOf(text), text])));
      if (told !== undefined) return told;
    }
    const indexed = this.reflector.by('color', 'red').length + this.reflector.by('color', 'blue').length;
    return indexed === wanted.size ? undefined : `the index of ${this.name} has ${indexed} objects`;
  }

  #view(namespace: string | undefined): View {
    return { namespace, color: this.selection.color };
  }
}

const audiences: [string, SubscribeOptions<Thing>, Shows][] = [
  ['of all', {}, () => true],
  ['of namespace a', { namespace: 'a' }, ({ metadata }) => metadata.namespace === 'a'],
  ['of red by label', { labels: { color: 'red' } }, ({ spec }) => spec?.color === 'red'],
  ['of blue by filter', { filter: ({ spec }) => spec?.color === 'blue' }, ({ spec }) => spec?.color === 'blue'],
  ['with resync', { resyncEveryMs: 20_000 }, () => true],
];

function keyOf(text: string): string {
  const { metadata } = JSON.parse(text) as Thing;
  return `${metadata.namespace}/${metadata.name}`;
}

function compare(
  who: string,
  has: ReadonlyMap<string, Thing>,
  wanted: ReadonlyMap<string, string>,
): string | undefined {
  for (const [key, thing] of has) {
    const text = JSON.stringify(thing);
    if (wanted.get(key) !== text) return `${who} has ${text}, not ${wanted.get(key)}`;
  }
  for (const key of wanted.keys()) if (!has.has(key)) return `${who} lacks ${key}`;
  return undefined;
}
