import { channel } from 'node:diagnostics_channel';
import type { UserCredentials } from './auth/credentials-host.js';
import type { ConnectionPlan, Source } from './auth/identity.js';
import { isInCluster, planInCluster, SERVICE_ACCOUNT_DIR } from './auth/in-cluster.js';
import { isEmptyKubeconfig } from './auth/kubeconfig.js';
import { loadKubeconfig } from './auth/load-kubeconfig.js';
import { planFromKubeconfig } from './auth/plan-from-kubeconfig.js';
import { isLoopback } from './auth/no-proxy.js';
import { proxyFor } from './auth/proxy.js';
import { loadTls, withCertificate } from './auth/tls-files.js';
import { userCredentials } from './auth/user-credentials.js';
import { optionsOf, shown } from './check-arguments.js';
import { createCluster, type ClusterCommonOptions, type ClusterOptions } from './client/create-cluster.js';
import { quietLogger } from './quiet-logger.js';
import { userAgentOf } from './client/user-agent.js';
import type { Cluster } from './cluster.js';
import type { Logger } from './logger.js';
import { KubeError } from './errors.js';
import { createNodeTransport } from './io/node-transport.js';
import { parseServerAddress } from './io/server-address.js';
import { systemClock } from './io/system-clock.js';
import type { Transport } from './io/transport.js';

/** How to find and reach a cluster. Everything is optional: the default is what kubectl does. */
export interface ConnectOptions extends ClusterCommonOptions {
  /** A path, which must exist. Default: the list in KUBECONFIG, else `~/.kube/config`, else the pod's service account. */
  readonly kubeconfig?: string | undefined;
  /** A context of the kubeconfig. Default: its current one. */
  readonly context?: string | undefined;
  /** Take the pod's service account and nothing else. */
  readonly inCluster?: boolean | undefined;
  /** Default `/var/run/secrets/kubernetes.io/serviceaccount`. */
  readonly serviceAccountDir?: string | undefined;
  /** The server's address; it may have a path prefix. With it no kubeconfig is read. With `inCluster` the rest is the pod's. */
  readonly server?: string | undefined;
  /** A bearer token, or a function that is asked before each request. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** Whom to trust, as PEM text. Default: the platform's authorities. */
  readonly ca?: string | undefined;
  /** The client certificate, as PEM text. */
  readonly cert?: string | undefined;
  /** The key of the client certificate, as PEM text. */
  readonly key?: string | undefined;
  /** The name that the server's certificate must be for. Default: the host of its address. */
  readonly tlsServerName?: string | undefined;
  /** Trust any certificate. Default false. */
  readonly insecureSkipTlsVerify?: boolean | undefined;
  /**
   * The proxy to this cluster: `http://`, `https://` or `socks5://`. Default: the kubeconfig's `proxy-url`, else HTTPS_PROXY or HTTP_PROXY
   * unless NO_PROXY names the server.
   */
  readonly proxyUrl?: string | undefined;
  /** Bring your own way to travel, for example `fromClientNode(kubeConfig)`. Default: HTTP/2 or HTTP/1.1 of Node. */
  readonly transport?: Transport | undefined;
}

/**
 * Connects to a cluster as kubectl would: by the options, a kubeconfig or the pod's service account. Makes no network request and runs
 * no plugin: an unreachable server shows in the first request, `ready()` and `status`. Rejects with `config` for what is wrong in the
 * configuration.
 */
export async function connect(options: ConnectOptions = {}): Promise<Cluster> {
  checkOptions(options);
  const { signal, clock = systemClock } = options;
  if (signal?.aborted === true) throw new KubeError('aborted', 'connect was aborted', { cause: signal.reason });
  const plan = withOptions(await findPlan(options), options);
  const server = parseServerAddress(plan.server).text;
  const proxy = { proxyUrl: plan.proxyUrl, env: { ...process.env } };
  const files = await loadTls(plan, clock);
  const warn = warner(options.logger);
  const host = { plan, clock, warn, tls: files.settings, proxyFor: (url: string) => proxyFor(url, proxy) };
  const credentials = await userCredentials(host, files);
  try {
    const tls = withCertificate(files.settings, credentials.certificate);
    const proxyUrl = options.transport === undefined ? proxyFor(server, proxy) : undefined;
    const transport = options.transport ?? createNodeTransport({ server, tls, clock, proxyUrl });
    warnOfDangers(plan, server, warn);
    return clusterOf(plan, { ...options, server, clock, transport }, credentials);
  } catch (error) {
    credentials.close?.(); // they may be shared with other clusters
    throw error;
  }
}

function clusterOf(plan: ConnectionPlan, options: ClusterOptions, credentials: UserCredentials): Cluster {
  const { impersonate } = plan.user;
  const platform = `${process.platform}/${process.arch}; node ${process.versions.node}`;
  return createCluster(
    {
      ...options,
      userAgent: options.userAgent ?? userAgentOf(platform),
      namespace: plan.namespace ?? 'default',
      ...(impersonate === undefined ? {} : { impersonate }),
    },
    { credentials, publish },
  );
}

/** What JavaScript hands in: a text such as `'false'` would pass for a yes. */
function checkOptions(options: ConnectOptions): void {
  const { token } = optionsOf(options, 'connect');
  for (const name of ['insecureSkipTlsVerify', 'inCluster'] as const) {
    const given: unknown = options[name];
    if (given !== undefined && typeof given !== 'boolean')
      throw new KubeError('usage', `${name} must be true or false, not ${shown(given)}`);
  }
  if (token !== undefined && typeof token !== 'string' && typeof token !== 'function')
    throw new KubeError('usage', 'token must be a text or a function');
}

async function findPlan(options: ConnectOptions): Promise<ConnectionPlan> {
  const { serviceAccountDir = SERVICE_ACCOUNT_DIR, kubeconfig, context, server, inCluster = false } = options;
  if (inCluster) return planInCluster(serviceAccountDir, server);
  if (server !== undefined) return { server, namespace: undefined, insecure: false, user: {}, origin: 'the options' };
  const { transport } = options;
  if (transport?.server !== undefined && kubeconfig === undefined && context === undefined) {
    const { server, namespace } = transport;
    return { server, namespace, insecure: false, user: {}, origin: 'the transport' };
  }
  const config = await loadKubeconfig(kubeconfig);
  if (!isEmptyKubeconfig(config) || kubeconfig !== undefined || context !== undefined)
    return planFromKubeconfig(config, context);
  if (isInCluster(serviceAccountDir)) return planInCluster(serviceAccountDir);
  throw new KubeError(
    'config',
    `no cluster is configured: looked at ${config.looked.join(', ')} and for a pod's service account in ${serviceAccountDir}. Set KUBECONFIG, or give \`kubeconfig\` or \`server\``,
  );
}

/** What the options say counts before what was found. */
function withOptions(plan: ConnectionPlan, options: ConnectOptions): ConnectionPlan {
  const { token, ca, cert, key, tlsServerName, insecureSkipTlsVerify, proxyUrl, impersonate, namespace } = options;
  const insecure = insecureSkipTlsVerify ?? plan.insecure;
  const { token: _token, tokenFile: _file, basic: _basic, exec: _exec, oidc: _oidc, ...certificateOnly } = plan.user;
  const user = token === undefined ? plan.user : { ...certificateOnly, token };
  return {
    ...plan,
    namespace: namespace ?? plan.namespace,
    insecure,
    ca: insecure ? undefined : (text(ca) ?? plan.ca),
    tlsServerName: tlsServerName ?? plan.tlsServerName,
    proxyUrl: proxyUrl ?? plan.proxyUrl,
    user: {
      ...user,
      cert: text(cert) ?? user.cert,
      key: text(key) ?? user.key,
      impersonate: impersonate ?? user.impersonate,
    },
  };
}

function text(pem: string | undefined): Source | undefined {
  return pem === undefined ? undefined : { t: 'text', text: pem };
}

/** Tells a warning to the logger and on the channel, as those of the server. */
function warner(logger: Logger | undefined): (text: string) => void {
  const quiet = logger === undefined ? undefined : quietLogger(logger);
  return (text) => {
    quiet?.warn(text);
    publish('kube-gen:warning', { text });
  };
}

function warnOfDangers({ insecure, user, origin }: ConnectionPlan, server: string, warn: (text: string) => void): void {
  const { host, secure } = parseServerAddress(server);
  if (insecure && secure) warn(`the certificate of ${server} is not checked: ${origin} says so`);
  const { cert: _cert, key: _key, impersonate: _impersonate, ...inHeaders } = user;
  const hasCredentials = Object.values(inHeaders).some((value) => value !== undefined);
  if (!secure && hasCredentials && !isLoopback(host)) {
    warn(`the credentials of ${origin} go to ${server} without TLS: who listens between can take them`);
  }
}

function publish(name: string, message: Record<string, unknown>): void {
  const to = channel(name);
  if (to.hasSubscribers) to.publish(message);
}
