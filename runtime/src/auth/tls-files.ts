import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import type { TlsSettings } from '../io/node-tls.js';
import type { ConnectionPlan, Source } from './identity.js';

/** Files are looked at so often for new certificates. */
const REREAD_MS = 60_000;

/** The TLS settings of a plan, as its files are rotated. */
export interface TlsFiles {
  /** The settings; when their files changed, others, at the latest a minute later (T8). */
  readonly settings: () => TlsSettings;
  /** Reads the files again now. Resolves to whether they changed. */
  readonly reread: () => Promise<boolean>;
}

/** Loads the TLS settings of a plan, checked: throws `config` for files that are missing and texts that are no PEM. */
export async function loadTls(plan: ConnectionPlan, clock: Clock): Promise<TlsFiles> {
  let settings = await readSettings(plan);
  const sources = [plan.ca, plan.user.cert, plan.user.key];
  if (!sources.some((source) => source?.t === 'file')) {
    return { settings: () => settings, reread: () => Promise.resolve(false) };
  }
  let readAt = clock.now();
  let reading: Promise<boolean> | undefined;

  async function read(): Promise<boolean> {
    readAt = clock.now();
    try {
      const now = await readSettings(plan);
      if (now.ca === settings.ca && now.cert === settings.cert && now.key === settings.key) return false;
      settings = now;
      return true;
    } catch (error) {
      // Half-written, or gone for a moment: what worked goes on, and the files are read again in a minute.
      if (!(error instanceof KubeError)) throw error;
      return false;
    } finally {
      reading = undefined;
    }
  }
  const reread = (): Promise<boolean> => (reading ??= read());
  return {
    settings: () => {
      if (clock.now() - readAt >= REREAD_MS) void reread();
      return settings;
    },
    reread,
  };
}

/** The settings with the client certificate that a plugin gave last; the same object as long as neither changed. */
export function withCertificate(
  settings: () => TlsSettings,
  certificate: (() => { readonly cert: string; readonly key: string } | undefined) | undefined,
): () => TlsSettings {
  if (certificate === undefined) return settings;
  let last:
    | { readonly from: TlsSettings; readonly pair: { cert: string; key: string }; readonly made: TlsSettings }
    | undefined;
  return () => {
    const from = settings();
    const pair = certificate();
    if (pair === undefined) return from;
    if (last?.from !== from || last.pair.cert !== pair.cert || last.pair.key !== pair.key) {
      last = { from, pair, made: { ...from, ...pair } };
    }
    return last.made;
  };
}

async function readSettings(plan: ConnectionPlan): Promise<TlsSettings> {
  const { origin, user, tlsServerName, insecure } = plan;
  const ca = await readAuthority(plan.ca, `the certificate authority of ${origin}`);
  const cert = await readSource(user.cert, `the client certificate of ${origin}`);
  const key = await readSource(user.key, `the client key of ${origin}`);
  if ((cert === undefined) !== (key === undefined)) {
    throw new KubeError(
      'config',
      `${origin} has a client ${cert === undefined ? 'key but no certificate' : 'certificate but no key'}`,
    );
  }
  if (cert !== undefined && key !== undefined) checkPair({ cert, key, origin });
  return {
    insecure,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(tlsServerName === undefined ? {} : { serverName: tlsServerName }),
  };
}

/** The PEM of an authority; `what` names it in errors. */
export async function readAuthority(source: Source | undefined, what: string): Promise<string | undefined> {
  const ca = await readSource(source, what);
  if (ca !== undefined) certificate(ca, what);
  return ca;
}

async function readSource(source: Source | undefined, what: string): Promise<string | undefined> {
  if (source === undefined || source.t === 'text') return source?.text;
  try {
    return await readFile(source.path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new KubeError('config', `${what} cannot be read: ${source.path} (${code})`, { cause: error });
  }
}

/** Throws `config` when the two are no PEM, or do not belong together. */
export function checkPair({ cert, key, origin }: { cert: string; key: string; origin: string }): void {
  const x509 = certificate(cert, `the client certificate of ${origin}`);
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(key);
  } catch {
    // OpenSSL's error is not kept: it stands beside the key.
    throw new KubeError('config', `the client key of ${origin} is no PEM of a private key without a password`);
  }
  if (!x509.checkPrivateKey(privateKey)) {
    throw new KubeError('config', `the client key of ${origin} does not belong to its client certificate`);
  }
}

function certificate(pem: string, what: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new KubeError('config', `${what} is no PEM of a certificate`, { cause: error });
  }
}
