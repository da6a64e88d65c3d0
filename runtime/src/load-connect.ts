import type { Cluster } from './cluster.js';
import type { ConnectOptions } from './connect.js';
import { nextTurn } from './io/next-turn.js';

/**
 * Connects to a cluster as kubectl would: by the options, a kubeconfig or the pod's service account. Makes no network request: an
 * unreachable server shows in the first request, `ready()` and `status`. Rejects with `config` for what is wrong in the configuration.
 */
export async function connect(options: ConnectOptions = {}): Promise<Cluster> {
  // Files, TLS and cryptography of Node are most of what an import would cost; who only reads a type or makes a resource needs none.
  const node = await import('./connect.js');
  // Loading takes 10 ms; what the caller does next has a turn of its own.
  await nextTurn();
  return node.connect(options);
}
