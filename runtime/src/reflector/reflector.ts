/// <reference lib="esnext.disposable" preserve="true" />
import { answerOf, atOnce, checkNamespace, checkSignal, optionsOf, shown } from '../check-arguments.js';
import { clusterInternals } from '../cluster-internals.js';
import type { Cluster } from '../cluster.js';
import { KubeError } from '../errors.js';
import { onAbort } from '../io/on-abort.js';
import { objectKey, type ResourceInfo, type Scope, type Typed } from '../resource.js';
import type { Change, SubscribeOptions } from '../subscribe/change.js';
import type { ChangesOptions } from '../subscribe/hub.js';
import { unwatched } from '../subscribe/unwatched.js';
import { isComparable } from '../wire/resource-version.js';
import { ReflectorCore } from './core.js';
import { noteCore } from './core-of.js';
import { handlerOptions, type HandlerOf, type Handlers, type HandlerType } from './handlers.js';
import type { ReflectorOptions } from './options.js';
import { isHopeless, notCaughtUpError, notReadyError } from './ready-error.js';
import { resolveOptions } from './resolve-options.js';
import type { ReflectorStatus } from './status.js';

/** How long to wait, and what ends the waiting. */
export interface WaitOptions {
  /** Rejects with `timeout` after so many ms. Default: never. */
  readonly timeoutMs?: number | undefined;
  /** Rejects with `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Options for a kind of this scope: a cluster-scoped one has no namespace to name. What any reflector takes must fit here, so that this one
 * can go where any is asked for; so there is no `namespace?: never`.
 */
export type Scoped<O, S extends Scope> = S extends 'Cluster' ? Omit<O, 'namespace'> : O;

/** Options of `ready`. */
export interface ReadyOptions extends WaitOptions {
  /** Only this one of `namespaces`. */
  readonly namespace?: string | undefined;
  /** Reject at once with what waiting will not heal: no permission, no such kind, credentials or a request that is refused. Default false. */
  readonly failFast?: boolean | undefined;
}

/** Which objects `list` gives. */
export interface ReadOptions<T> {
  /** Only what is in it. Default: in all that are watched. */
  readonly namespace?: string | undefined;
  /** A label selector: `tier in (a,b),!legacy` or `{ app: 'web' }`. */
  readonly labels?: string | Readonly<Record<string, string>> | undefined;
  /** Only those for which it is true. */
  readonly filter?: ((object: T) => boolean) | undefined;
}

/** Which object `waitFor` looks at. */
export interface WaitForOptions extends WaitOptions {
  readonly name: string;
  /** Not needed for cluster-scoped kinds. */
  readonly namespace?: string | undefined;
}

/**
 * A live cache of one kind, kept right by list and watch.
 *
 * It makes no request before `start`, `poll`, or what starts it: `ready`, `changes`, `on`, `waitFor`, `caughtUp`. It never stops because
 * of an error (`status` says what is wrong, and it goes on trying), never shows a half-filled set, and keeps serving the last known state
 * while it is out of touch.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export class Reflector<T, V = {}, S extends Scope = Scope> implements AsyncDisposable {
  readonly #cluster: Cluster;
  readonly #quietCore: ReflectorCore<T>;
  #forgetSignal: (() => void) | undefined;
  #unregister: (() => void) | undefined;
  #stopping: Promise<void> | undefined;

  /** Checks its arguments and does nothing else. Throws `usage`. */
  constructor(
    cluster: Cluster,
    // oxlint-disable-next-line typescript/no-explicit-any -- the manifest view stands in both directions
    definition: ResourceInfo & Typed<T, any> & { readonly scope: S },
    options?: ReflectorOptions<T, V, S>,
  ) {
    if ((cluster as Cluster | undefined)?.[clusterInternals] === undefined) {
      throw new KubeError('usage', 'a reflector needs the cluster that connect() gave as its first argument');
    }
    const resolved = resolveOptions<T, V>(definition, optionsOf(options ?? {}, 'a reflector'));
    this.#cluster = cluster;
    const { server, [clusterInternals]: internals } = cluster;
    this.#quietCore = new ReflectorCore<T>({ server, internals }, definition, resolved);
    noteCore(this, this.#quietCore);
  }

  /** Starts listing and watching. Idempotent; who waits or subscribes starts it, too. Throws `stopped` after `stop`, and on a closed cluster. */
  start(): void {
    const core = this.#core;
    if (core.started) return;
    if (core.stopped) throw core.stoppedError();
    this.#unregister = this.#cluster[clusterInternals].register(this);
    this.#heedSignal();
    core.start();
  }

  /**
   * Resolves when the whole set is in the cache, of one namespace or of all; at once if it has been before. Rejects with `timeout`
   * (which says what was tried, what went wrong and what to do; the reflector goes on trying), `aborted` or `stopped`.
   */
  async ready(options: Scoped<ReadyOptions, S> = {}): Promise<void> {
    const core = this.#core;
    const { namespace, timeoutMs, signal, failFast = false } = optionsOf(options as ReadyOptions, 'ready');
    this.#refuseUnwatched(namespace);
    this.start();
    await core.room.wait({
      what: `the first sync of ${core.resource}`,
      timeoutMs,
      signal,
      timedOut: (ms) => notReadyError({ core, waitedMs: ms, namespace }),
      check: () => {
        if (core.isSynced(namespace)) return { value: undefined };
        if (failFast && isHopeless(core, namespace)) throw notReadyError({ core, waitedMs: undefined, namespace });
        return undefined;
      },
    });
  }

  /** The object of this name, or `undefined`. No copy: two reads of one version are `===`. Throws `not-synced`, `usage`. */
  get(name: string, ...ns: S extends 'Cluster' ? [] : [namespace: string]): T | undefined {
    // A tuple whose length depends on the scope: at run time there is one namespace or none.
    const [namespace] = ns as readonly (string | undefined)[];
    const key = this.#key(name, namespace);
    this.#refuseUnsynced(namespace);
    return this.#core.store.get(key);
  }

  /** A snapshot. With a namespace it costs that namespace's objects, not all. Throws `not-synced`, and `usage` for a bad selector. */
  list(options: Scoped<ReadOptions<T>, S> = {}): T[] {
    // Whatever the scope, no more than this.
    const { namespace, filter, ...labels } = optionsOf(options as ReadOptions<T>, 'list');
    const rest = filter === undefined ? labels : { ...labels, filter: atOnce(filter, 'filter') };
    if (this.#namespaced) checkNamespace(namespace);
    this.#refuseUnsynced(namespace);
    return this.#core.store.list(this.#namespaced && namespace !== undefined ? { ...rest, namespace } : rest);
  }

  /** A live view of all objects without a copy, by `namespace/name`, or `name` for a cluster-scoped kind. Throws `not-synced`. */
  read(): ReadonlyMap<string, T> {
    this.#refuseUnsynced(undefined);
    return this.#core.store.read();
  }

  /** The objects that an index holds under a value. Throws `not-synced`. */
  by<K extends keyof V & string>(index: K, value: V[K]): T[] {
    this.#refuseUnsynced(undefined);
    return this.#core.store.by(index, value);
  }

  /**
   * Adds an index; every read of it, from the first on, is complete. Over many objects it is made a few milliseconds at a time, and a
   * read that comes before finishes it. Throws `usage` for a name in use.
   */
  addIndex<W>(name: string, fn: (object: T) => W | readonly W[] | undefined | null): { by(value: W): T[] } {
    if (typeof name !== 'string') throw new KubeError('usage', 'an index must have a name');
    this.#core.addIndex(name, atOnce(fn, `the index ${JSON.stringify(name)}`));
    return {
      by: (value) => {
        this.#refuseUnsynced(undefined);
        return this.#core.store.by(name, value);
      },
    };
  }

  /**
   * What is there as `added`, then `synced`, then what happens. Each iteration is a subscription of its own that begins at its first
   * `next()`; `break`, the signal and `stop` end it.
   */
  changes(options: Scoped<ChangesOptions<T>, S> = {}): AsyncIterable<Change<T>> {
    if (!this.#core.stopped) this.start();
    return this.#core.hub.changes(this.#subscribeOptions(options));
  }

  /**
   * Calls `handler` for what is there and for what happens; a promise that it returns is awaited before the next call. An object that took
   * the name of another is `deleted`, then `added`. Order holds within one subscription: use `change` to see all kinds in order. Throws
   * `stopped` after `stop`.
   */
  // Without a name for the events: messages of the compiler would show it in their place.
  on<K extends 'added' | 'updated' | 'deleted' | 'synced' | 'desynced' | 'change' | 'status'>(
    type: K,
    handler: HandlerOf<T, K>,
    options: Scoped<SubscribeOptions<T>, S> = {},
  ): Disposable {
    const wanted = optionsOf(options as SubscribeOptions<T>, 'on');
    const core = this.#core;
    checkSignal(wanted.signal);
    if (typeof handler !== 'function') throw new KubeError('usage', `on('${type}') takes a function`);
    if (core.stopped) throw core.stoppedError();
    const subscription =
      type === 'status'
        ? // So this handler takes a status, which the compiler cannot follow here.
          core.onStatus(handler as Handlers<T>['status'], wanted.signal)
        : this.#subscribe(type, handler, wanted);
    try {
      this.start();
    } catch (error) {
      subscription.stop();
      throw error;
    }
    return { [Symbol.dispose]: () => subscription.stop() };
  }

  /**
   * Resolves to the object (or `undefined`, if that is what satisfied it) as soon as `predicate` is true of what the cache holds.
   * Looks after the first sync and whenever something changes. Rejects with `timeout`, `aborted`, `stopped`,
   * `usage` for a namespace that is not watched, or what `predicate` throws.
   */
  async waitFor(
    predicate: (object: T | undefined) => boolean,
    options: Scoped<WaitForOptions, S>,
  ): Promise<T | undefined> {
    const { name, namespace, timeoutMs, signal } = optionsOf(options as WaitForOptions, 'waitFor');
    const core = this.#core;
    if (typeof predicate !== 'function') throw new KubeError('usage', 'waitFor takes a function, and what it is about');
    const key = this.#key(name, namespace);
    this.#refuseUnwatched(namespace);
    if (!core.handDriven) this.start();
    return core.room.wait({
      what: `${core.resource} ${key} to be as awaited`,
      timeoutMs,
      signal,
      check: () => {
        if (!core.isSynced(namespace)) return undefined;
        const object = core.store.get(key);
        return answerOf(predicate(object), 'what waitFor asks') ? { value: object } : undefined;
      },
    });
  }

  /**
   * Resolves when the cache (of every namespace) has seen this version, for example that of your own write: what it reads is then no
   * older. A change of what is watched comes in milliseconds. A version that stands for something else on the same server (another
   * kind, another namespace, what a selector leaves out) brings no event here; after a second the server is asked, with a list of one
   * object and a watch of three seconds, whether anything is missing, and it comes within about three seconds. Rejects with `timeout`,
   * `aborted`, `stopped`, and without `timeoutMs` waits for as long as it takes: for ever, for a version of another server.
   */
  async caughtUp(resourceVersion: string, options: WaitOptions = {}): Promise<void> {
    const core = this.#core;
    const { timeoutMs, signal } = optionsOf(options, 'caughtUp');
    if (typeof resourceVersion !== 'string' || !isComparable(resourceVersion)) {
      const given = shown(resourceVersion);
      throw new KubeError(
        'usage',
        `caughtUp takes the resourceVersion of an object, a number in a string, not ${given}`,
      );
    }
    if (!core.handDriven) this.start();
    const seen = core.room.wait({
      what: `version ${resourceVersion} of ${core.resource}`,
      timeoutMs,
      signal,
      timedOut: (ms) => notCaughtUpError({ core, version: resourceVersion, waitedMs: ms }),
      check: () => (core.hasSeen(resourceVersion) ? { value: undefined } : undefined),
    });
    const want = core.handDriven ? undefined : core.catchUp.want(resourceVersion);
    try {
      await seen;
    } finally {
      want?.cancel();
    }
  }

  /**
   * Drives by hand: one consistent list; what it changed is in `status.counts`. Afterwards the cache shows at least what the server had
   * when this was called. Rejects with what went wrong, `aborted`, `stopped`, and with `usage` when the reflector runs by itself.
   */
  async poll(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    const core = this.#core;
    const { signal } = optionsOf(options, 'poll');
    checkSignal(signal);
    if (core.stopped) throw core.stoppedError();
    if (core.started)
      throw new KubeError('usage', 'poll() drives by hand, but this reflector was started and runs by itself');
    this.#heedSignal();
    await core.poll(signal);
  }

  /**
   * Shows the result of your own write, what the server answered to it, in all reads at once: until the cache has come to its version
   * (then what the server told counts), for 5 minutes at most, and for the last 100 objects. Subscribers are told when the watch brings
   * it, as ever. Under a `labelSelector` an object that does not match is hidden; under a `fieldSelector` only objects are shown that
   * the server has shown before. Throws `usage` for what is no object of this reflector, `stopped` after `stop`.
   */
  assume(object: T): void {
    this.#core.assume(object);
  }

  /** What it is doing and how well: a plain object. */
  get status(): ReflectorStatus {
    return this.#core.status;
  }

  /** Ends requests, timers and subscriptions at once; resolves when running handlers have ended (at most `graceMs` later). Idempotent. Reads go on. */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#stop());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #stop(): Promise<void> {
    const ended = this.#quietCore.stop();
    this.#forgetSignal?.();
    this.#unregister?.();
    return ended;
  }

  #subscribe(
    type: Exclude<HandlerType, 'status'>,
    handler: (...given: never) => unknown,
    options: SubscribeOptions<T>,
  ): { stop(): void } {
    const { hub, selected: isSelected } = this.#core;
    const { filter, labels } = options;
    const selected = isSelected || filter !== undefined || labels !== undefined;
    return hub.subscribe({
      ...this.#subscribeOptions(options),
      ...handlerOptions(type, handler, { selected }),
    });
  }

  /** A reflector that has done nothing yet is not held by its signal, which may live long: it looks at it when it is used. */
  get #core(): ReflectorCore<T> {
    const core = this.#quietCore;
    if (core.options.signal?.aborted === true) void this.stop();
    return core;
  }

  #heedSignal(): void {
    this.#forgetSignal ??= onAbort(this.#quietCore.options.signal, () => void this.stop());
  }

  get #namespaced(): boolean {
    return this.#core.definition.scope === 'Namespaced';
  }

  #key(name: string, namespace: string | undefined): string {
    if (typeof name !== 'string' || name === '') throw new KubeError('usage', 'a name must be a text');
    if (!this.#namespaced) return name;
    if (typeof namespace !== 'string' || namespace === '') {
      throw new KubeError('usage', `${this.#core.definition.kind} is namespaced: say in which namespace "${name}" is`);
    }
    return objectKey(name, namespace);
  }

  #subscribeOptions<O extends SubscribeOptions<T>>(options: O): O {
    if (this.#namespaced || options?.namespace === undefined) return options;
    // A namespace says nothing about a cluster-scoped kind (S1).
    const { namespace: _ignored, ...rest } = options;
    return rest as O;
  }

  #refuseUnsynced(namespace: string | undefined): void {
    const core = this.#core;
    if (core.options.allowUnsynced || core.isSynced(this.#namespaced ? namespace : undefined)) return;
    throw new KubeError(
      'not-synced',
      `the cache of ${core.resource} is not complete yet: await ready() first, or read what there is with allowUnsynced`,
    );
  }

  #refuseUnwatched(namespace: string | undefined): void {
    const { partitions } = this.#core.options;
    if (this.#namespaced) checkNamespace(namespace);
    if (namespace === undefined || partitions.includes('') || partitions.includes(namespace)) return;
    throw unwatched(namespace, partitions);
  }
}
