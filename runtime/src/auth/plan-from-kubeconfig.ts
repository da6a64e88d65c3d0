import { dirname, isAbsolute, resolve } from 'node:path';
import type { Impersonation } from '../client/impersonation.js';
import { KubeError } from '../errors.js';
import type { ConnectionPlan, Source, UserIdentity } from './identity.js';
import { flagField, isFields, textField, type Entry, type Kubeconfig } from './kubeconfig.js';

/** What the kubeconfig says about the context, or about its current context. Throws `config`, and names what is known. */
export function planFromKubeconfig(config: Kubeconfig, wanted: string | undefined): ConnectionPlan {
  const name = wanted ?? config.currentContext;
  const where = config.looked.join(', ');
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
  return {
    ...clusterPlan(cluster),
    namespace: textField(context, 'namespace'),
    user: user === undefined ? {} : userIdentity(user),
    origin: `the context "${name}"`,
  };
}

function known(entries: ReadonlyMap<string, unknown>): string {
  return entries.size === 0
    ? 'none'
    : [...entries.keys()]
        .sort()
        .map((name) => `"${name}"`)
        .join(', ');
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

function clusterPlan(cluster: Entry): Pick<ConnectionPlan, 'server' | 'ca' | 'tlsServerName' | 'insecure'> {
  const server = textField(cluster, 'server');
  if (server === undefined) throw new KubeError('config', `${cluster.file}: a cluster has no server`);
  if (textField(cluster, 'proxy-url') !== undefined) {
    throw new KubeError(
      'config',
      `${cluster.file}: proxy-url is set, and connecting through a proxy is not supported yet`,
    );
  }
  const insecure = flagField(cluster, 'insecure-skip-tls-verify');
  const ca = insecure ? undefined : source(cluster, 'certificate-authority');
  const tlsServerName = textField(cluster, 'tls-server-name');
  const secure = insecure || ca !== undefined;
  return {
    // As kubectl does: an address without a scheme is https where the cluster says something about certificates.
    server: /^[a-z][a-z0-9+.-]*:\/\//i.test(server) ? server : `${secure ? 'https' : 'http'}://${server}`,
    insecure,
    ...(ca === undefined ? {} : { ca }),
    ...(tlsServerName === undefined ? {} : { tlsServerName }),
  };
}

function userIdentity(user: Entry): UserIdentity {
  refuseUnsupported(user);
  const token = textField(user, 'token');
  const tokenFile = path(user, 'tokenFile');
  const username = textField(user, 'username');
  const cert = source(user, 'client-certificate');
  const key = source(user, 'client-key');
  const impersonate = impersonation(user);
  return {
    ...(token === undefined ? {} : { token }),
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(username === undefined ? {} : { basic: { username, password: textField(user, 'password') ?? '' } }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(impersonate === undefined ? {} : { impersonate }),
  };
}

const retired: Readonly<Record<string, string>> = {
  gcp: 'use the exec plugin gke-gcloud-auth-plugin (gcloud container clusters get-credentials makes such a kubeconfig)',
  azure: 'use the exec plugin kubelogin (kubelogin convert-kubeconfig makes such a kubeconfig)',
};

function refuseUnsupported({ file, fields }: Entry): void {
  const { exec, 'auth-provider': provider } = fields;
  if (isFields(exec)) {
    const command = typeof exec['command'] === 'string' ? ` (${exec['command']})` : '';
    throw new KubeError(
      'config',
      `${file}: the user's credentials come from an exec plugin${command}, which is not supported yet; give \`token\``,
    );
  }
  if (isFields(provider)) {
    const name = String(provider['name']);
    const advice = retired[name] ?? 'it is not supported yet; give `token`';
    throw new KubeError('config', `${file}: the user's credentials come from the auth provider "${name}": ${advice}`);
  }
}

function impersonation(user: Entry): Impersonation | undefined {
  const as = textField(user, 'as');
  const groups = texts(user, { name: 'as-groups', value: user.fields['as-groups'] });
  const uid = textField(user, 'as-uid');
  const extra = user.fields['as-user-extra'];
  if (as === undefined) {
    if (groups.length === 0 && uid === undefined && extra === undefined) return undefined;
    throw new KubeError('config', `${user.file}: as-groups, as-uid and as-user-extra need \`as\``);
  }
  const extras = Object.entries(isFields(extra) ? extra : {}).map(
    ([key, value]) => [key, texts(user, { name: `as-user-extra.${key}`, value })] as const,
  );
  return { user: as, groups, ...(uid === undefined ? {} : { uid }), extra: Object.fromEntries(extras) };
}

function texts({ file }: Entry, { name, value }: { name: string; value: unknown }): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new KubeError('config', `${file}: ${name} must be a list of texts`);
}

/** `x-data` holds the text in base64 and counts before `x`, a path. */
function source(entry: Entry, name: string): Source | undefined {
  const data = textField(entry, `${name}-data`);
  if (data === undefined) {
    const file = path(entry, name);
    return file === undefined ? undefined : { t: 'file', path: file };
  }
  const compact = data.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact))
    throw new KubeError('config', `${entry.file}: ${name}-data is no base64`);
  return { t: 'text', text: Buffer.from(compact, 'base64').toString('utf8') };
}

function path(entry: Entry, name: string): string | undefined {
  const value = textField(entry, name);
  return value === undefined || isAbsolute(value) ? value : resolve(dirname(entry.file), value);
}
