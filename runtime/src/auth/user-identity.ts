import { isObject } from '../any-object.js';
import type { Impersonation } from '../client/impersonation.js';
import { KubeError } from '../errors.js';
import { execPlugin } from './exec-plugin.js';
import { pathField, sourceField } from './file-fields.js';
import type { ExecCluster, ExecPlugin, OidcProvider, UserIdentity } from './identity.js';
import { textField, textsField, type Entry, type Fields } from './kubeconfig.js';

/** What a user's entry says. Throws `config` for what is wrong in it. `cluster` is for a plugin that wants to know it. */
export function userIdentity(user: Entry, cluster: ExecCluster): UserIdentity {
  return {
    token: textField(user, 'token'),
    tokenFile: pathField(user, 'tokenFile'),
    basic: basicAuth(user),
    ...asked(user, cluster),
    cert: sourceField(user, 'client-certificate'),
    key: sourceField(user, 'client-key'),
    impersonate: impersonation(user),
  };
}

function basicAuth(user: Entry): UserIdentity['basic'] {
  const username = textField(user, 'username');
  const password = textField(user, 'password');
  if (username === undefined && password === undefined) return undefined;
  if (username?.includes(':') === true) {
    throw new KubeError('config', `${user.file}: the username of the user "${user.name}" may not have a colon`);
  }
  return { username: username ?? '', password: password ?? '' };
}

/** Who is asked for credentials: a plugin or a provider. */
function asked(user: Entry, cluster: ExecCluster): { exec?: ExecPlugin; oidc?: OidcProvider } {
  const exec = part(user, 'exec');
  const provider = part(user, 'auth-provider');
  if (exec !== undefined && provider !== undefined) {
    throw new KubeError('config', `${user.file}: the user "${user.name}" has both exec and auth-provider; keep one`);
  }
  if (exec !== undefined) return { exec: execPlugin(exec, cluster) };
  return provider === undefined ? {} : { oidc: authProvider(provider) };
}

function part({ file, name, fields }: Entry, field: string): Entry | undefined {
  const value = fields[field];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw new KubeError('config', `${file}: ${field} of the user "${name}" must be an object`);
  return { file, name, fields: value };
}

const retired: Readonly<Record<string, string>> = {
  gcp: 'it was removed from Kubernetes. Use the exec plugin gke-gcloud-auth-plugin: install it, and `gcloud container clusters get-credentials NAME` writes such a kubeconfig',
  azure:
    'it was removed from Kubernetes. Use the exec plugin kubelogin: `kubelogin convert-kubeconfig` rewrites the kubeconfig',
  openstack: 'it was removed from Kubernetes. Use the exec plugin client-keystone-auth of cloud-provider-openstack',
};

function authProvider(entry: Entry): OidcProvider {
  const name = textField(entry, 'name') ?? '';
  if (name === 'oidc') return oidcProvider({ ...entry, fields: settings(entry) });
  const advice = retired[name] ?? 'it is not known; there is `oidc`, and any other can be an exec plugin';
  throw new KubeError(
    'config',
    `${entry.file}: the user "${entry.name}" has the auth-provider "${name}": ${advice}. Or give \`token\``,
  );
}

function settings({ fields }: Entry): Fields {
  const { config } = fields;
  return isObject(config) ? config : {};
}

function oidcProvider(entry: Entry): OidcProvider {
  const required = (name: string): string => {
    const value = textField(entry, name);
    if (value !== undefined) return value;
    throw new KubeError('config', `${entry.file}: the auth-provider oidc of the user "${entry.name}" has no ${name}`);
  };
  return {
    issuer: issuerUrl(required('idp-issuer-url'), entry),
    clientId: required('client-id'),
    clientSecret: textField(entry, 'client-secret'),
    idToken: textField(entry, 'id-token'),
    refreshToken: textField(entry, 'refresh-token'),
    ca: sourceField(entry, 'idp-certificate-authority'),
  };
}

function issuerUrl(text: string, { file, name }: Entry): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && url.username === '' && url.password === '' && isPrivate(url)) return text;
  throw new KubeError('config', `${file}: idp-issuer-url of the user "${name}" must be an https address`);
}

/** Whether nobody in between can read what goes there. */
function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname));
}

function impersonation(user: Entry): Impersonation | undefined {
  const as = textField(user, 'as');
  const groups = textsField(user, 'as-groups');
  const uid = textField(user, 'as-uid');
  const extra = part(user, 'as-user-extra');
  if (as === undefined) {
    if (groups.length === 0 && uid === undefined && extra === undefined) return undefined;
    throw new KubeError('config', `${user.file}: as-groups, as-uid and as-user-extra need \`as\``);
  }
  const extras =
    extra === undefined ? [] : Object.keys(extra.fields).map((key) => [key, textsField(extra, key)] as const);
  return { user: as, groups, ...(uid === undefined ? {} : { uid }), extra: Object.fromEntries(extras) };
}
