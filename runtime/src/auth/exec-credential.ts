import { isObject } from '../any-object.js';
import { bearerHeaders } from '../client/credentials.js';
import { isKubeError, KubeError } from '../errors.js';
import type { ExecPlugin } from './identity.js';
import { checkPair } from './check-certificates.js';

/** What a plugin gave. Holds secrets. */
export interface ExecCredential {
  /** The headers of its token; empty when it gave a certificate alone. */
  readonly headers: Record<string, string>;
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Milliseconds since the epoch; not there: until the server refuses it. */
  readonly expiresAt?: number;
}

/** What a plugin is told about the connection besides the plan. */
export interface ExecTold {
  readonly interactive: boolean;
  readonly ca: string | undefined;
  readonly tlsServerName: string | undefined;
  readonly insecure: boolean;
}

/** The text of KUBERNETES_EXEC_INFO. */
export function execInfo({ apiVersion, cluster }: ExecPlugin, told: ExecTold): string {
  const about = cluster && {
    server: cluster.server,
    'tls-server-name': told.tlsServerName,
    'insecure-skip-tls-verify': told.insecure || undefined,
    'certificate-authority-data': told.ca && Buffer.from(told.ca, 'utf8').toString('base64'),
    'proxy-url': cluster.proxyUrl,
    config: cluster.config,
  };
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion,
    spec: { cluster: about, interactive: told.interactive },
  });
}

/** Reads what the plugin called `name` wrote. Throws `credentials`, and never repeats what it read. */
export function readExecCredential(
  output: string,
  { apiVersion, name }: { apiVersion: string; name: string },
): ExecCredential {
  const wrong = (what: string): KubeError => new KubeError('credentials', `${name} ${what}`);
  const value = parse(output);
  if (value === undefined)
    throw wrong(output.trim() === '' ? 'wrote nothing' : 'wrote something that is no JSON object');
  if (value['kind'] !== 'ExecCredential') throw wrong('wrote something that is no ExecCredential');
  if (value['apiVersion'] !== apiVersion) {
    throw wrong(
      `wrote ${versionText(value['apiVersion'])}, and the kubeconfig asks for ${apiVersion}: make them equal`,
    );
  }
  const { status } = value;
  if (!isObject(status)) throw wrong('gave no credentials: its ExecCredential has no status');
  const text = (field: string): string => {
    const found = status[field] ?? '';
    if (typeof found !== 'string') throw wrong(`gave a ${field} that is no text`);
    return found;
  };
  const token = text('token');
  const cert = text('clientCertificateData');
  const key = text('clientKeyData');
  if (token === '' && cert === '' && key === '') throw wrong('gave neither a token nor a client certificate');
  if ((cert === '') !== (key === ''))
    throw wrong(`gave a client ${cert === '' ? 'key but no certificate' : 'certificate but no key'}`);
  const expiresAt = expiry(text('expirationTimestamp'), wrong);
  return {
    headers: token === '' ? {} : bearerHeaders(token, `what ${name} gave`),
    ...(cert === '' ? {} : { certificate: pair(cert, key, name) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function parse(output: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(output);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // it quotes the text
    throw error;
  }
}

function versionText(apiVersion: unknown): string {
  return typeof apiVersion === 'string' && /^[\w./-]{1,80}$/.test(apiVersion) ? `an ${apiVersion}` : 'no apiVersion';
}

function expiry(text: string, wrong: (what: string) => KubeError): number | undefined {
  if (text === '') return undefined;
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw wrong('gave an expirationTimestamp that is no time (RFC 3339)');
  return at;
}

function pair(cert: string, key: string, name: string): { cert: string; key: string } {
  try {
    checkPair({ cert, key, origin: name });
  } catch (error) {
    throw isKubeError(error) ? new KubeError('credentials', error.message) : error;
  }
  return { cert, key };
}
