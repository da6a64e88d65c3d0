import { basename } from 'node:path';
import { isatty } from 'node:tty';
import { isKubeError, KubeError } from '../errors.js';
import { execInfo, readExecCredential, type ExecCredential, type ExecTold } from './exec-credential.js';
import { runPlugin } from './exec-run.js';
import type { ExecPlugin } from './identity.js';
import type { CredentialsHost, UserCredentials } from './credentials-host.js';

/** A credential is renewed so long before it expires, or at half of what it has when that is shorter. */
const EARLY_MS = 60_000;
/** After an early run that failed. */
const AGAIN_MS = 10_000;

interface Held {
  readonly credential: ExecCredential;
  /** Monotonic. */
  readonly madeAt: number;
  /** Wall clock: from then on the plugin is asked again. */
  readonly renewAt: number;
}

/**
 * Credentials from a plugin. It is run when the first request needs them, and again before they expire and after a 401; requests that
 * come meanwhile share the run.
 */
export function execCredentials(plugin: ExecPlugin, host: CredentialsHost): UserCredentials {
  const { clock } = host;
  const name = `the exec plugin ${basename(plugin.command)}`;
  const ending = new AbortController();
  let held: Held | undefined;
  let refused = false;
  let warned = false;
  let running: Promise<Held> | undefined;

  async function run(): Promise<Held> {
    try {
      const credential = await ask(plugin, { name, host, signal: ending.signal });
      refused = false;
      held = { credential, madeAt: clock.now(), renewAt: renewal(credential, clock.wallNow()) };
      warnOfExpired(credential);
    } catch (error) {
      if (!isKubeError(error) || ending.signal.aborted) throw error;
      if (held === undefined || refused || isExpired(held.credential)) throw error;
      // It was asked early: what it gave before is still good.
      host.warn(`${error.message}. The credentials of before go on until they expire`);
      held = { ...held, renewAt: clock.wallNow() + AGAIN_MS };
    } finally {
      running = undefined;
    }
    return held;
  }

  function isExpired({ expiresAt = Infinity }: ExecCredential): boolean {
    return clock.wallNow() >= expiresAt;
  }

  function warnOfExpired(credential: ExecCredential): void {
    if (warned || !isExpired(credential)) return;
    warned = true;
    host.warn(`${name} gave credentials that ${expiredText(credential)}: is the clock right?`);
  }

  function current(): Promise<Held> {
    if (held !== undefined && !refused && clock.wallNow() < held.renewAt) return Promise.resolve(held);
    return (running ??= run());
  }

  return {
    headers: async () => (await current()).credential.headers,
    refresh: (sentAt) => {
      if (held !== undefined && held.madeAt <= sentAt) refused = true;
      return Promise.resolve(true);
    },
    describe: () => {
      const expired = held !== undefined && isExpired(held.credential) ? `, which ${expiredText(held.credential)}` : '';
      return `those of ${name}${expired}. Log in again with its own tool, if it needs that`;
    },
    certificate: () => held?.credential.certificate,
    close: () => ending.abort(),
  };
}

function expiredText({ expiresAt = 0 }: ExecCredential): string {
  return `expired at ${new Date(expiresAt).toISOString()}`;
}

function renewal({ expiresAt }: ExecCredential, now: number): number {
  if (expiresAt === undefined) return Infinity;
  return expiresAt - Math.min(EARLY_MS, Math.max(0, expiresAt - now) / 2);
}

async function ask(
  plugin: ExecPlugin,
  { name, host, signal }: { name: string; host: CredentialsHost; signal: AbortSignal },
): Promise<ExecCredential> {
  const { plan, tls, clock } = host;
  const terminal = isatty(0);
  if (plugin.interactiveMode === 'Always' && !terminal) {
    throw new KubeError(
      'credentials',
      `${name} must talk to somebody (interactiveMode: Always), and standard input is no terminal`,
    );
  }
  const interactive = plugin.interactiveMode !== 'Never' && terminal;
  const told: ExecTold = { interactive, ca: tls().ca, tlsServerName: plan.tlsServerName, insecure: plan.insecure };
  const output = await runPlugin({
    command: plugin.command,
    args: plugin.args,
    env: { ...plugin.env, KUBERNETES_EXEC_INFO: execInfo(plugin, told) },
    interactive,
    installHint: plugin.installHint,
    clock,
    signal,
  });
  return readExecCredential(output, { apiVersion: plugin.apiVersion, name });
}
