import { readFile } from 'node:fs/promises';
import { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import type { TlsSettings } from '../io/node-tls.js';
import type * as Checks from './check-certificates.js';
import { nextTurn } from '../io/next-turn.js';
import type { ConnectionPlan, Source } from './identity.js';

/** Files are looked at so often for new certificates. */
const REREAD_MS = 60_000;

/** The TLS settings of a plan, as its files are rotated. */
export interface TlsFiles {
  /** The settings; when their files changed, others, at the latest a minute later (T8). */
  readonly settings: () => TlsSettings;
  /** When the client certificate expires, if there is one. */
  readonly certificateUntil: () => Date | undefined;
  /** Reads the files again now. Resolves to whether they changed. */
  readonly reread: () => Promise<boolean>;
}

/** Loads the TLS settings of a plan, checked: throws `config` for files that are missing and texts that are no PEM. */
export async function loadTls(plan: ConnectionPlan, clock: Clock): Promise<TlsFiles> {
  let { settings, until } = await readSettings(plan);
  const certificateUntil = (): Date | undefined => until;
  const sources = [plan.ca, plan.user.cert, plan.user.key];
  if (!sources.some((source) => source?.t === 'file')) {
    return { settings: () => settings, certificateUntil, reread: () => Promise.resolve(false) };
  }
  let readAt = clock.now();
  let reading: Promise<boolean> | undefined;

  async function read(): Promise<boolean> {
    readAt = clock.now();
    try {
      const now = await readSettings(plan);
      const { ca, cert, key } = now.settings;
      if (ca === settings.ca && cert === settings.cert && key === settings.key) return false;
      ({ settings, until } = now);
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
    certificateUntil,
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

interface Read {
  readonly settings: TlsSettings;
  readonly until: Date | undefined;
}

async function readSettings(plan: ConnectionPlan): Promise<Read> {
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
  const isPair = cert !== undefined && key !== undefined;
  const until = isPair ? (await checks()).checkPair({ cert, key, origin }).until : undefined;
  return {
    until,
    settings: {
      insecure,
      ca,
      cert,
      key,
      serverName: tlsServerName,
    },
  };
}

/** The platform's cryptography takes 10 ms to load: in a turn of its own, and only for who has a certificate. */
async function checks(): Promise<typeof Checks> {
  await nextTurn();
  return import('./check-certificates.js');
}

/** The PEM of an authority; `what` names it in errors. */
export async function readAuthority(source: Source | undefined, what: string): Promise<string | undefined> {
  const ca = await readSource(source, what);
  if (ca !== undefined) (await checks()).checkCertificate(ca, what);
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
