import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubeError } from '../errors.js';
import type { ConnectionPlan } from './identity.js';

/** Where a pod finds its service account. */
export const SERVICE_ACCOUNT_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Whether this process seems to run in a pod with a service account. */
export function isInCluster(directory: string): boolean {
  return address() !== undefined && existsSync(join(directory, 'token'));
}

/**
 * The connection of a pod: the address from its environment (or as given), the token, CA and namespace from its service account's folder.
 * @see https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
 */
export async function planInCluster(directory: string, given?: string): Promise<ConnectionPlan> {
  const server = given ?? address();
  if (server === undefined) {
    throw new KubeError('config', 'not in a cluster: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set');
  }
  const tokenFile = join(directory, 'token');
  if (!existsSync(tokenFile)) {
    throw new KubeError(
      'config',
      `the pod has no service account token: ${tokenFile} does not exist (automountServiceAccountToken)`,
    );
  }
  const ca = join(directory, 'ca.crt');
  return {
    server,
    // As kubectl does: a pod may say through the downward API where it is.
    namespace: process.env['POD_NAMESPACE'] || (await readNamespace(join(directory, 'namespace'))),
    insecure: false,
    user: { tokenFile },
    origin: 'the pod',
    ...(existsSync(ca) ? { ca: { t: 'file', path: ca } } : {}),
  };
}

function address(): string | undefined {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = process.env;
  if (host === '' || port === '') return undefined;
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function readNamespace(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new KubeError('config', `${file} cannot be read`, { cause: error });
  }
}
