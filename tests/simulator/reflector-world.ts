import { createCluster } from '../../runtime/src/client/create-cluster.js';
import type { Cluster } from '../../runtime/src/cluster.js';
import { FakeClock } from '../../runtime/src/testing/fake-clock.js';
import { type ModelMode, ModelServer } from './model-server.js';
import { ModelTransport } from './model-transport.js';
import type { Random } from './random.js';
import { SimReflector, type SimSelection } from './sim-reflector.js';
import { MOST_PER_MINUTE } from './simulation.js';

/** After this long without faults every cache must be right: a silent watch is only left after its timeout. */
const PATIENCE_MS = 30 * 60_000;
/** So late a watcher may notice that its process was suspended. */
const TICK_MS = 30_000;

const selections: readonly SimSelection[] = [
  { namespaces: undefined, color: undefined },
  { namespaces: undefined, color: 'red' },
  { namespaces: ['a'], color: undefined },
  { namespaces: ['a', 'b'], color: undefined },
];

/** A cluster with real reflectors, drivers and all, over a model server, on one clock. */
export class ReflectorWorld {
  readonly clock: FakeClock;
  readonly server: ModelServer;
  readonly transport: ModelTransport;
  readonly cluster: Cluster;
  readonly reflectors: SimReflector[] = [];
  readonly log: string[] = [];
  readonly #random: Random;
  readonly #streaming: boolean;
  readonly #kinds: readonly SimSelection[];
  #historyLost = false;
  #error: unknown;
  /** When everybody has noticed that the process was suspended. */
  #awakeAt = 0;

  constructor(o: { random: Random; mode: ModelMode; streaming: boolean }) {
    const { random } = o;
    this.#random = random;
    this.#streaming = o.streaming;
    this.#kinds = random.shuffle(selections).slice(0, 2);
    this.clock = new FakeClock({ random: () => random.next() });
    this.server = new ModelServer({ clock: this.clock, random, mode: o.mode });
    this.transport = new ModelTransport(this.server, (what) => this.note(what));
    this.cluster = createCluster({
      server: 'http://model',
      transport: this.transport,
      clock: this.clock,
      maxInitialLists: random.int(1, 4),
      logger: {
        debug: (message) => this.note(message),
        info: (message) => this.note(message),
        warn: (message) => this.note(message),
      },
    });
  }

  /** One more user, started; of two kinds, so that some share a watch. */
  add(kind: 0 | 1): void {
    const sim = this.#create(kind);
    sim.reflector.start();
    sim.subscribe();
  }

  /** One more user, of any kind, who may also drive by hand. */
  addAny(): void {
    const kind = this.#random.pick([0, 1] as const);
    if (!this.#random.percent(15)) return this.add(kind);
    void this.#create(kind).poll();
  }

  #create(kind: 0 | 1): SimReflector {
    const { cluster, clock, server } = this;
    const sim = new SimReflector({
      name: `r${this.reflectors.length}`,
      cluster,
      clock,
      random: this.#random,
      server,
      selection: this.#kinds[kind] ?? { namespaces: undefined, color: undefined },
      options: { streaming: this.#streaming, lingerMs: this.#random.pick([0, 0, 5000]), graceMs: 100 },
      historyLost: () => this.#historyLost,
      wrong: (what) => (this.#error ??= new Error(what)),
    });
    this.reflectors.push(sim);
    this.note(`${sim.name}: ${JSON.stringify(sim.selection)}`);
    return sim;
  }

  get running(): readonly SimReflector[] {
    return this.reflectors.filter(({ stopped }) => !stopped);
  }

  /** Lets time pass, in which anything may come. */
  async run(ms: number): Promise<void> {
    await this.clock.advance(ms);
    this.comeBack();
    for (const reflector of this.running) reflector.check();
    if (this.#error !== undefined) throw this.#error;
  }

  note(what: string): void {
    this.log.push(`${this.clock.now()} ${what}`);
  }

  /** Whether a write would hide from somebody that the server lost history: nobody could ever know. */
  get mayWrite(): boolean {
    return this.running.every(({ highestVersion }) => highestVersion <= this.server.version);
  }

  /** The process stands still for so long. */
  suspend(ms: number): void {
    this.clock.jumpWall(ms);
    this.#awakeAt = this.clock.now() + TICK_MS;
    this.note('suspend');
  }

  /** The server loses history, if everybody looks: who sleeps through it could not know. */
  restore(): void {
    const watches = new Set(this.running.flatMap((each) => watchesOf(each.selection)));
    const all = this.running.every((each) => each.byHand || each.reflector.status.live);
    if (!all || this.server.streams.size !== watches.size || !this.server.restore()) return;
    this.#historyLost = true;
    this.note(`restore to ${this.server.version}`);
  }

  comeBack(): void {
    if (this.server.missed) this.server.gone = false;
  }

  /** Without faults everything becomes right, and stays so. */
  async quiet(): Promise<void> {
    const { server, clock } = this;
    server.faultChance = 0;
    server.faults = [];
    server.habit = undefined;
    const since = clock.now();
    let wrong: string | undefined = 'nothing was checked';
    // A suspension that is noticed late is a fault that comes late: the watch from before it may have to be listed again.
    for (let ms = 5000; wrong !== undefined || clock.now() <= this.#awakeAt; ms = Math.min(ms * 1.5, 60_000)) {
      if (wrong !== undefined && clock.now() - since > PATIENCE_MS)
        throw new Error(`not right after ${PATIENCE_MS} ms without faults: ${wrong}`);
      await this.run(ms);
      for (const each of this.running) if (each.byHand) void each.poll();
      await this.run(1000);
      wrong = this.#difference();
    }
    await this.run(10_000);
    wrong = this.#difference();
    if (wrong !== undefined) throw new Error(`it was right and is not any more: ${wrong}`);
    if (this.running.every(({ byHand }) => !byHand) && !this.cluster.isLive())
      throw new Error('the cluster is not live');
    this.#checkStorm();
  }

  /** Everything ends, and nothing is left. */
  async end(): Promise<void> {
    for (const each of this.running) each.stop();
    await this.cluster.close();
    await this.run(200);
    // What the model server does by itself goes on.
    if (this.transport.open > 0) throw new Error(`${this.transport.open} requests are open after the end`);
    if (this.server.streams.size > 0) throw new Error('a watch is open after the end');
    for (const each of this.reflectors) each.check();
    const { length } = this.server.requests;
    await this.run(3_600_000);
    if (this.server.requests.length > length) throw new Error('there was a request after the end');
  }

  #difference(): string | undefined {
    for (const each of this.reflectors) {
      if (each.stopped) each.check();
      const wrong = each.difference();
      if (wrong !== undefined) return wrong;
    }
    const watches = new Set(this.running.filter(({ byHand }) => !byHand).flatMap((each) => watchesOf(each.selection)));
    // Equal ones share one; each may be rotating.
    const { size } = this.server.streams;
    return size <= watches.size * 2 ? undefined : `${size} streams for ${watches.size} different watches`;
  }

  /** Bounded requests for each watch there may have been, under every fault. */
  #checkStorm(): void {
    const { requests } = this.server;
    const most = MOST_PER_MINUTE * this.reflectors.length;
    for (let i = 0; i + most < requests.length; i++) {
      const ms = (requests[i + most] ?? 0) - (requests[i] ?? 0);
      if (ms < 60_000) throw new Error(`a storm: ${most} requests in ${ms} ms`);
    }
  }
}

function watchesOf({ namespaces = [''], color }: SimSelection): string[] {
  return namespaces.map((namespace) => `${namespace}#${color}`);
}
