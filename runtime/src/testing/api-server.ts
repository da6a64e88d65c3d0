/// <reference lib="esnext.disposable" preserve="true" />
import type { Cluster } from '../cluster.js';
import type { ConnectOptions } from '../connect.js';
import { systemClock } from '../io/system-clock.js';
import { resourceName, type ObjectOf, type ResourceDefinition } from '../resource.js';
import type { ApiServerOptions } from './api-server-options.js';
import { checkFault } from './check-fault.js';
import { createFaultList, type Fault, strikesOpenWatch } from './fault.js';
import { type Listener, listen } from './http/listener.js';
import type { ServerContext } from './http/server-context.js';
import { createInitialState } from './initial-state.js';
import { kubeconfigFor } from './kubeconfig.js';
import { loadCrds } from './load-crds.js';
import { viewAs } from './state/object-view.js';

/** An embedded API server that runs. */
export interface ApiServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, the same after `restart`. */
  readonly url: string;
  /** A kubeconfig, as YAML text. */
  readonly kubeconfig: string;
  /** A cluster that talks to this server. Close it as any other; `stop` does not. */
  connect(options?: Omit<ConnectOptions, 'server'>): Promise<Cluster>;
  /** The objects of a kind that the server holds, by key; none for a kind that it does not serve. They are not copies: leave them as they are. */
  objects<D extends ResourceDefinition>(definition: D): ObjectOf<D>[];
  /** Makes something go wrong until the result is disposed, or `times` is used up. Throws a `KubeError` (`usage`) for a kind that is not served. */
  fault(fault: Fault): Disposable;
  /** Forgets all history: a watch or a page from before now gets a 410. Open watches go on. */
  compact(): void;
  /** Cuts all connections and answers again on the same port, with the same objects and history. While `whileDown` runs, connections are refused. */
  restart(options?: { readonly whileDown?: () => void | Promise<void> }): Promise<void>;
  /** Cuts all connections and frees the port, also in the middle of a restart. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts an API server in this process, over plain http on loopback: real lists and watches for your kinds, without a cluster.
 * Custom resources are checked, pruned and defaulted by their schemas; CEL rules, admission, garbage collection, server-side apply
 * and strategic merge patches are not there. Rejects with a `KubeError` (`usage`) for options that cannot be served.
 */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const clock = options.clock ?? systemClock;
  const context: ServerContext = {
    state: createInitialState({
      environment: {
        wallNow: () => clock.wallNow(),
        random: () => clock.random(),
        newUid: () => crypto.randomUUID(),
      },
      window: options.watchWindow ?? 10_000,
      crds: await loadCrds(options.crds ?? []),
      kinds: options.kinds ?? [],
      objects: options.objects ?? [],
    }),
    clock,
    faults: createFaultList(),
    watches: new Set(),
    bookmarkEveryMs: options.bookmarkEveryMs ?? 60_000,
    watchList: options.watchList ?? true,
    tokens: options.auth?.tokens,
    onRequest: options.onRequest,
  };
  return new EmbeddedApiServer(context, await listen(context, options.port ?? 0));
}

class EmbeddedApiServer implements ApiServer {
  readonly url: string;
  readonly #context: ServerContext;
  readonly #port: number;
  #listener: Listener | undefined;
  /** Whether it is to answer: what `restart` is still about to do does not count after `stop`. */
  #isWanted = true;
  /** Listening and closing come one after the other. */
  #lastStep: Promise<unknown> = Promise.resolve();

  constructor(context: ServerContext, listener: Listener) {
    this.#context = context;
    this.#listener = listener;
    this.#port = listener.port;
    this.url = `http://127.0.0.1:${listener.port}`;
  }

  get kubeconfig(): string {
    return kubeconfigFor({ url: this.url, token: this.#context.tokens?.[0] });
  }

  async connect(options: Omit<ConnectOptions, 'server'> = {}): Promise<Cluster> {
    // Late, so that a server for other clients costs no more than the server.
    const { connect } = await import('../connect.js');
    const token = this.#context.tokens?.[0];
    return connect({ ...(token === undefined ? {} : { token }), ...options, server: this.url });
  }

  objects<D extends ResourceDefinition>(definition: D): ObjectOf<D>[] {
    const { kinds, storage } = this.#context.state;
    const found = kinds.find(definition.group, definition.version, definition.plural);
    if (found === undefined) return [];
    const all = storage.log(resourceName(found.kind)).at(storage.revision);
    // The definition says of itself what its objects look like.
    return all.map(([, object]) => viewAs(object, found.kind, found.version.name) as ObjectOf<D>);
  }

  fault(fault: Fault): Disposable {
    const { faults, watches, state } = this.#context;
    checkFault(
      fault,
      state.kinds.all().map(({ plural }) => plural),
    );
    const active = faults.add(fault);
    for (const watch of watches) {
      const strike = strikesOpenWatch(fault, watch.plural) ? active.strike() : undefined;
      if (strike !== undefined) watch.strike(strike);
    }
    return { [Symbol.dispose]: () => active.dispose() };
  }

  compact(): void {
    this.#context.state.storage.compact();
  }

  async restart(options: { readonly whileDown?: () => void | Promise<void> } = {}): Promise<void> {
    this.#isWanted = true;
    await this.#close();
    try {
      await options.whileDown?.();
    } finally {
      await this.#listen();
    }
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    this.#context.faults.clear();
    await this.#close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #listen(): Promise<void> {
    return this.#next(async () => {
      if (this.#isWanted && this.#listener === undefined) this.#listener = await listen(this.#context, this.#port);
    });
  }

  #close(): Promise<void> {
    return this.#next(async () => {
      const listener = this.#listener;
      this.#listener = undefined;
      await listener?.close();
    });
  }

  /** Whoever asked for a step hears when it fails; the one after it begins all the same. */
  #next(step: () => Promise<void>): Promise<void> {
    const done = this.#lastStep.then(step);
    this.#lastStep = done.catch(() => undefined);
    return done;
  }
}
