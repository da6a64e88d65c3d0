import { isObject } from '../any-object.js';
import { KubeError } from '../errors.js';
import { sourceField } from './file-fields.js';
import type { ConnectionPlan, ExecCluster } from './identity.js';
import { flagField, textField, type Entry, type Kubeconfig } from './kubeconfig.js';
import { userIdentity } from './user-identity.js';

/** What the kubeconfig says about the context, or about its current context. Throws `config`, and names what is known. */
export function planFromKubeconfig(config: Kubeconfig, wanted: string | undefined): ConnectionPlan {
  const name = wanted ?? config.currentContext;
  const where = config.looked.join(', ');
  if (name === undefined && config.contexts.size === 0) {
    throw new KubeError('config', `there is no context in ${where}: it names none`);
  }
  if (name === undefined) {
    throw new KubeError(
      'config',
      `no current-context is set in ${where}; give \`context\`, one of ${known(config.contexts)}`,
    );
  }
  const context = config.contexts.get(name);
  if (context === undefined) {
    throw new KubeError('config', `there is no context "${name}" in ${where}; there are ${known(config.contexts)}`);
  }
  const cluster = named(config, { context, name, part: 'cluster' });
  if (cluster === undefined) throw new KubeError('config', `${context.file}: the context "${name}" names no cluster`);
  const user = named(config, { context, name, part: 'user' });
  const plan = clusterPlan(cluster);
  return {
    ...plan,
    namespace: textField(context, 'namespace'),
    user: user === undefined ? {} : userIdentity(user, execCluster(cluster, plan)),
    origin: `the context "${name}"`,
  };
}

const MOST_NAMES = 40;

function known(entries: ReadonlyMap<string, unknown>): string {
  if (entries.size === 0) return 'none';
  const names = [...entries.keys()].sort().map((name) => `"${name}"`);
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).join(', ') + more;
}

function named(
  config: Kubeconfig,
  { context, name, part }: { context: Entry; name: string; part: 'cluster' | 'user' },
): Entry | undefined {
  const wanted = textField(context, part);
  if (wanted === undefined) return undefined;
  const entries = part === 'cluster' ? config.clusters : config.users;
  const entry = entries.get(wanted);
  if (entry !== undefined) return entry;
  throw new KubeError(
    'config',
    `${context.file}: the context "${name}" names the ${part} "${wanted}", which is not there; there are ${known(entries)}`,
  );
}

type ClusterPlan = Pick<ConnectionPlan, 'server' | 'ca' | 'tlsServerName' | 'insecure' | 'proxyUrl'>;

function clusterPlan(cluster: Entry): ClusterPlan {
  const server = textField(cluster, 'server');
  if (server === undefined)
    throw new KubeError('config', `${cluster.file}: the cluster "${cluster.name}" has no server`);
  const insecure = flagField(cluster, 'insecure-skip-tls-verify');
  const ca = insecure ? undefined : sourceField(cluster, 'certificate-authority');
  const tlsServerName = textField(cluster, 'tls-server-name');
  const proxyUrl = textField(cluster, 'proxy-url');
  const secure = insecure || ca !== undefined;
  return {
    // As kubectl does: an address without a scheme is https where the cluster says something about certificates.
    server: /^[a-z][a-z0-9+.-]*:\/\//i.test(server) ? server : `${secure ? 'https' : 'http'}://${server}`,
    insecure,
    ca,
    tlsServerName,
    proxyUrl,
  };
}

/** What a plugin of this cluster is told when it asks for it. */
function execCluster(cluster: Entry, { server, proxyUrl }: ClusterPlan): ExecCluster {
  const { extensions } = cluster.fields;
  const mine = (Array.isArray(extensions) ? (extensions as unknown[]) : []).find(
    (item) => isObject(item) && item['name'] === 'client.authentication.k8s.io/exec',
  );
  const config = isObject(mine) ? mine['extension'] : undefined;
  return {
    server,
    proxyUrl,
    config: config ?? undefined,
  };
}
