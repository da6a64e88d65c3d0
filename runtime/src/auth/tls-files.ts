import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import type { TlsSettings } from '../io/node-tls.js';
import type { ConnectionPlan, Source } from './identity.js';

/** Files are looked at so often for new certificates. */
const REREAD_MS = 60_000;

/**
 * The TLS settings of a plan, checked: throws `config` for files that are missing and texts that are no PEM. The returned function gives
 * the settings; when their files changed it gives others, at the latest a minute later (T8).
 */
export async function loadTls(plan: ConnectionPlan, clock: Clock): Promise<() => TlsSettings> {
  let settings = await readSettings(plan);
  if (![plan.ca, plan.user.cert, plan.user.key].some((source) => source?.t === 'file')) return () => settings;
  let readAt = clock.now();
  let reading = false;
  return () => {
    if (!reading && clock.now() - readAt >= REREAD_MS) {
      reading = true;
      void reread().finally(() => (reading = false));
    }
    return settings;
  };

  async function reread(): Promise<void> {
    readAt = clock.now();
    try {
      const now = await readSettings(plan);
      if (now.ca !== settings.ca || now.cert !== settings.cert || now.key !== settings.key) settings = now;
    } catch (error) {
      // Half-written, or gone for a moment: what worked goes on, and the files are read again in a minute.
      if (!(error instanceof KubeError)) throw error;
    }
  }
}

async function readSettings(plan: ConnectionPlan): Promise<TlsSettings> {
  const { origin, user, tlsServerName, insecure } = plan;
  const ca = await read(plan.ca, `the certificate authority of ${origin}`);
  const cert = await read(user.cert, `the client certificate of ${origin}`);
  const key = await read(user.key, `the client key of ${origin}`);
  if (ca !== undefined) certificate(ca, `the certificate authority of ${origin}`);
  if ((cert === undefined) !== (key === undefined)) {
    throw new KubeError(
      'config',
      `${origin} has a client ${cert === undefined ? 'key but no certificate' : 'certificate but no key'}`,
    );
  }
  if (cert !== undefined && key !== undefined) checkPair(cert, key, origin);
  return {
    insecure,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(tlsServerName === undefined ? {} : { serverName: tlsServerName }),
  };
}

async function read(source: Source | undefined, what: string): Promise<string | undefined> {
  if (source === undefined || source.t === 'text') return source?.text;
  try {
    return await readFile(source.path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new KubeError('config', `${what} cannot be read: ${source.path} (${code})`, { cause: error });
  }
}

function checkPair(cert: string, key: string, origin: string): void {
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
