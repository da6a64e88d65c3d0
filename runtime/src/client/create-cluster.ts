import { checkSignal } from '../check-arguments.js';
import { clusterInternals, type ClusterInternals, type Publish } from '../cluster-internals.js';
import type { Cluster, ReflectorRegistry } from '../cluster.js';
import type { Logger } from '../logger.js';
import { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import { onAbort } from '../io/on-abort.js';
import { systemClock } from '../io/system-clock.js';
import type { Transport } from '../io/transport.js';
import { quietLogger } from '../quiet-logger.js';
import type { Reflector } from '../reflector/reflector.js';
import type { ResourceDefinition } from '../resource.js';
import { createCalls } from './calls.js';
import { createResourceClient } from './create-resource-client.js';
import { anonymous, bearerCredentials, type Credentials } from './credentials.js';
import { impersonationHeaders, type Impersonation } from './impersonation.js';
import { createListSlots } from './list-slots.js';
import type { ResourceClient } from './resource-client.js';
import { createSender } from './sender.js';
import { userAgentOf } from './user-agent.js';
import { createWarnings } from './warnings.js';
import { textOf } from '../text-of.js';

/** What every way to make a cluster has in common. */
export interface ClusterCommonOptions {
  /** The namespace that typed clients use when none is given. Default `default`. */
  readonly namespace?: string | undefined;
  /** What the server's logs and, up to the first `/`, its field managers call you. Default `kube-gen/VERSION`; of `connect` with the platform. */
  readonly userAgent?: string | undefined;
  /** Act as somebody else. */
  readonly impersonate?: Impersonation | undefined;
  /** Closes the cluster when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** How many initial lists may run at once. Default 4. */
  readonly maxInitialLists?: number | undefined;
  /** Default: silence. */
  readonly logger?: Logger | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

/** Options of `createCluster`. */
export interface ClusterOptions extends ClusterCommonOptions {
  /** The server's address; it may have a path prefix. */
  readonly server: string;
  /** How requests travel: `fromFetch(fetch)`, or your own. */
  readonly transport: Transport;
  /** A bearer token, or a function that is asked before each request. Default: no credentials but those of the transport. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
}

/** What the platform adds. */
export interface ClusterPlatform {
  readonly credentials?: Credentials;
  readonly publish?: Publish;
}

const silent: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** A cluster over your own transport, for browsers and other places without `connect`. Makes no request. Throws `config` and `usage` errors. */
export function createCluster(options: ClusterOptions, platform: ClusterPlatform = {}): Cluster {
  const { namespace = 'default' } = options;
  checkOptions(options);
  const logger = quietLogger(options.logger ?? silent);
  const server = options.server.replace(/\/+$/, '');
  const transport = options.transport.forServer?.(server) ?? options.transport;
  const { internals, reflectors, beginEnd, end } = createInternals({ ...options, server, transport, logger }, platform);
  const calls = createCalls(internals, server);
  let closing: Promise<void> | undefined;
  let forget = (): void => undefined; // a signal that has fired closes before there is anything to forget

  async function close(): Promise<void> {
    forget();
    beginEnd();
    await Promise.all(Array.from(reflectors, (reflector) => reflector.stop()));
    end();
    await transport.close?.();
  }
  const cluster: Cluster = {
    server,
    namespace,
    resource: <D extends ResourceDefinition>(definition: D): ResourceClient<D> =>
      createResourceClient(definition, { calls, internals, namespace, server }),
    request: (request) => calls.request(request),
    reflectors,
    isLive: () => Array.from(reflectors).every(({ status }) => status.synced && status.live),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
    [clusterInternals]: internals,
  };
  forget = onAbort(options.signal, () => {
    cluster.close().catch((error: unknown) => logger.warn('closing the cluster failed', { error: textOf(error) }));
  });
  return cluster;
}

/** JavaScript may leave out what TypeScript asks for. */
function checkOptions({ server, transport, signal }: ClusterOptions): void {
  if (typeof server !== 'string' || server === '') {
    throw new KubeError('usage', 'server must be the address of an API server');
  }
  if (typeof (transport as Partial<Transport> | undefined)?.request !== 'function') {
    throw new KubeError('usage', 'transport must be one: fromFetch(fetch), or your own');
  }
  checkSignal(signal);
}

// oxlint-disable-next-line typescript/no-explicit-any -- reflectors of any kind
type Reflectors = Set<Reflector<any, any, any>>;

function createInternals(
  options: ClusterOptions & { readonly logger: Logger },
  platform: ClusterPlatform,
): { internals: ClusterInternals & ReflectorRegistry; reflectors: Reflectors; beginEnd: () => void; end: () => void } {
  const { server, transport, logger, clock = systemClock, maxInitialLists = 4 } = options;
  if (!Number.isInteger(maxInitialLists) || maxInitialLists < 1) {
    throw new KubeError('usage', 'maxInitialLists must be a whole number from 1');
  }
  const publish = platform.publish ?? ((): void => undefined);
  const credentials =
    platform.credentials ??
    (options.token === undefined ? anonymous : bearerCredentials(options.token, { name: 'the token', clock }));
  const sender = createSender({
    server,
    transport,
    credentials,
    clock,
    userAgent: options.userAgent ?? userAgentOf(),
    extraHeaders: options.impersonate === undefined ? [] : impersonationHeaders(options.impersonate),
    publish,
    warn: createWarnings(logger, publish),
  });
  const reflectors: Reflectors = new Set();
  const closed = new AbortController();
  const closedError = new KubeError('stopped', `the cluster ${server} is closed`);
  let ending = false;
  const internals: ClusterInternals & ReflectorRegistry = {
    clock,
    logger,
    send: (request) => sender.send(request),
    refreshCredentials: (sentAt) => credentials.refresh(sentAt),
    describeCredentials: () => credentials.describe?.(),
    maskCredentials: (text) => sender.mask(text),
    publish,
    acquireListSlot: createListSlots(maxInitialLists),
    register: (reflector) => {
      if (ending) throw closedError;
      reflectors.add(reflector);
      return () => void reflectors.delete(reflector);
    },
    closed: closed.signal,
    streamedLists: transport.streamedLists ?? true,
  };
  const beginEnd = (): void => void (ending = true);
  const end = (): void => {
    closed.abort(closedError);
    sender.close(closedError);
    credentials.close?.();
  };
  return { internals, reflectors, beginEnd, end };
}
