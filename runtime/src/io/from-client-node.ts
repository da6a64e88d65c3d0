import { maskSecrets } from '../mask-secrets.js';
import { KubeError } from '../errors.js';
import type { TlsSettings } from './node-tls.js';
import type { Transport, TransportRequest } from './transport.js';

/** What of the `KubeConfig` of `@kubernetes/client-node` is used; versions 1 and 2 have it. */
export interface ClientNodeKubeConfig {
  getCurrentCluster(): { readonly server: string; readonly proxyUrl?: string | undefined } | null;
  getCurrentContext(): string;
  getContextObject(name: string): { readonly namespace?: string | undefined } | null;
  /** Writes certificates and credentials into options of `node:https`. Asked before each request. */
  applyToHTTPSOptions(options: object): Promise<void>;
}

/** What `applyToHTTPSOptions` writes. */
interface HttpsOptions {
  headers: Record<string, unknown>;
  auth?: unknown;
  ca?: unknown;
  cert?: unknown;
  key?: unknown;
  pfx?: unknown;
  servername?: unknown;
  rejectUnauthorized?: unknown;
}

/**
 * A transport with the identity of a `KubeConfig` of `@kubernetes/client-node`, custom authenticators included:
 * `connect({ transport: fromClientNode(kubeConfig) })`. Its agents are not used: requests travel over connections of our own, through
 * its proxy if it has one. Throws `config` when no cluster is chosen; a request rejects with `credentials` when none can be had.
 */
export function fromClientNode(kubeConfig: ClientNodeKubeConfig): Transport {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null) {
    throw new KubeError('config', 'the KubeConfig has no current cluster: load it, or choose a context, before');
  }
  const { server, proxyUrl } = cluster;
  const namespace = kubeConfig.getContextObject(kubeConfig.getCurrentContext())?.namespace;
  let tls: TlsSettings = {};
  let opened: Promise<Transport> | undefined;

  async function open(): Promise<Transport> {
    const { createNodeTransport } = await import('./node-transport.js');
    return createNodeTransport({ server, tls: () => tls, ...(proxyUrl ? { proxyUrl } : {}) });
  }

  async function request(request: TransportRequest): ReturnType<Transport['request']> {
    const options = await identity(kubeConfig);
    const now = tlsOf(options);
    if (JSON.stringify(now) !== JSON.stringify(tls)) tls = now; // the same object means the same connections
    const transport = await (opened ??= open());
    return transport.request(withIdentity(request, options));
  }

  return {
    server,
    ...(namespace === undefined || namespace === '' ? {} : { namespace }),
    request,
    // That it could not be made was told by the request that wanted it.
    close: async () => (await opened?.catch(() => undefined))?.close?.(),
  };
}

async function identity(kubeConfig: ClientNodeKubeConfig): Promise<HttpsOptions> {
  const options: HttpsOptions = { headers: {} };
  try {
    await kubeConfig.applyToHTTPSOptions(options);
  } catch (error) {
    // The error itself is not kept: it may hold what a plugin printed.
    throw new KubeError('credentials', `the KubeConfig gave no credentials: ${maskSecrets(String(error))}`);
  }
  return options;
}

function tlsOf(options: HttpsOptions): TlsSettings {
  if (options.pfx !== undefined && options.pfx !== null) {
    throw new KubeError('config', 'the KubeConfig gives its client certificate as PFX: give it as PEM (cert and key)');
  }
  return {
    ca: pem(options.ca),
    cert: pem(options.cert),
    key: pem(options.key),
    serverName: typeof options.servername === 'string' ? options.servername : undefined,
    insecure: options.rejectUnauthorized === false,
  };
}

function pem(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value)) return value.map(pem).join('\n');
  throw new KubeError('config', 'the KubeConfig gives a certificate or key that is no PEM');
}

/** What the request says counts before what the KubeConfig says. */
function withIdentity(request: TransportRequest, { headers, auth }: HttpsOptions): TransportRequest {
  const all: Record<string, string> = {};
  const repeatedHeaders = [...(request.repeatedHeaders ?? [])];
  const own = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
  if (typeof auth === 'string') all['authorization'] = `Basic ${Buffer.from(auth, 'utf8').toString('base64')}`;
  for (const [rawName, value] of Object.entries(headers)) {
    const name = rawName.toLowerCase();
    if (own.has(name) || value === undefined || value === null) continue;
    const [first, ...others] = (Array.isArray(value) ? value : [value]).map(String);
    if (first !== undefined) all[name] = first;
    for (const other of others) repeatedHeaders.push([name, other]);
  }
  if (own.has('authorization')) delete all['authorization'];
  return {
    ...request,
    headers: { ...all, ...request.headers },
    ...(repeatedHeaders.length === 0 ? {} : { repeatedHeaders }),
  };
}
