import { anonymous, bearerCredentials, type Credentials } from '../client/credentials.js';
import type { CredentialsHost, UserCredentials } from './credentials-host.js';
import type { TlsFiles } from './tls-files.js';
import { tokenFileCredentials } from './token-file.js';

/**
 * The credentials of a plan's user. A token counts before user name and password; a plugin or a provider is asked only when there is
 * neither of these. A client certificate from files is the transport's, and read again after a 401.
 */
export async function userCredentials(host: CredentialsHost, files: TlsFiles): Promise<UserCredentials> {
  const { plan } = host;
  const credentials = await inHeaders(host);
  if (plan.user.cert === undefined) return credentials;
  return {
    ...credentials,
    describe: () => credentials.describe?.() ?? certificateText(host, files),
    refresh: async (sentAt) => {
      const [renewed, reread] = await Promise.all([credentials.refresh(sentAt), files.reread()]);
      return renewed || reread;
    },
  };
}

async function inHeaders(host: CredentialsHost): Promise<UserCredentials> {
  const { plan, clock } = host;
  const { token, tokenFile, basic, exec, oidc, cert } = plan.user;
  if (tokenFile !== undefined && typeof token !== 'function') {
    return tokenFileCredentials({ path: tokenFile, clock, initial: token });
  }
  if (token !== undefined) return bearerCredentials(token, { name: `the token of ${plan.origin}`, clock });
  if (basic !== undefined) return basicCredentials(basic, plan.origin);
  if (exec !== undefined && cert === undefined) {
    const { sharedExecCredentials } = await import('./shared-exec.js');
    return sharedExecCredentials(exec, host);
  }
  if (oidc !== undefined) {
    const { oidcCredentials } = await import('./oidc-credentials.js');
    return oidcCredentials(oidc, host);
  }
  return cert === undefined ? { ...anonymous, describe: () => `none were given by ${plan.origin}` } : anonymous;
}

function basicCredentials({ username, password }: { username: string; password: string }, origin: string): Credentials {
  const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  const headers = { authorization: `Basic ${encoded}` };
  return {
    ...anonymous,
    headers: () => Promise.resolve(headers),
    describe: () =>
      `the user name and password of ${origin}. Since Kubernetes 1.19 only a proxy before the API server takes these`,
  };
}

function certificateText({ plan, clock }: CredentialsHost, files: TlsFiles): string {
  const what = `the client certificate of ${plan.origin}`;
  const until = files.certificateUntil();
  return until !== undefined && until.getTime() < clock.wallNow()
    ? `${what}, which expired at ${until.toISOString()}`
    : what;
}
