import type { Clock } from '../io/clock.js';
import { execCredentials } from './exec-credentials.js';
import type { ExecPlugin } from './identity.js';
import type { CredentialsHost, UserCredentials } from './credentials-host.js';

interface Shared {
  readonly credentials: UserCredentials;
  clusters: number;
}

const byClock = new WeakMap<Clock, Map<string, Shared>>();

/**
 * The credentials of a plugin, shared by all clusters that would run it in the same way: a person who must log in is asked once. They
 * are forgotten when the last of these clusters is closed.
 */
export function sharedExecCredentials(plugin: ExecPlugin, host: CredentialsHost): UserCredentials {
  const { plan, clock } = host;
  const all = byClock.get(clock) ?? new Map<string, Shared>();
  byClock.set(clock, all);
  const key = JSON.stringify([plugin, plan.ca, plan.tlsServerName, plan.insecure]);
  const shared = all.get(key) ?? { credentials: execCredentials(plugin, host), clusters: 0 };
  all.set(key, shared);
  shared.clusters++;
  let closed = false;
  return {
    ...shared.credentials,
    close: () => {
      if (closed) return;
      closed = true;
      if (--shared.clusters > 0) return;
      all.delete(key);
      shared.credentials.close?.();
    },
  };
}
