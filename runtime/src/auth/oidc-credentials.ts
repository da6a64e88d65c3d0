import { bearerHeaders, expiredText, tokenExpiry } from '../client/credentials.js';
import { KubeError } from '../errors.js';
import type { OidcProvider } from './identity.js';
import { redeem } from './oidc-redeem.js';
import type { CredentialsHost, UserCredentials } from './credentials-host.js';

/** A token counts as expired so long before it is: clocks differ. */
const EARLY_MS = 10_000;

/**
 * The id-token of an OpenID Connect provider, and a new one for the refresh token when it expires or is refused; requests that come
 * meanwhile share one refresh. The kubeconfig is not written: a refresh token that the provider replaced is known here only.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
 */
export function oidcCredentials(provider: OidcProvider, host: CredentialsHost): UserCredentials {
  const { clock } = host;
  const ending = new AbortController();
  let { idToken, refreshToken } = provider;
  let madeAt = -Infinity;
  let refreshing: Promise<string> | undefined;

  async function refresh(): Promise<string> {
    try {
      if (refreshToken === undefined) throw noRefreshToken(idToken, host);
      const made = await redeem({ provider, host, refreshToken, signal: ending.signal });
      if (made.refreshToken !== undefined && made.refreshToken !== refreshToken) {
        refreshToken = made.refreshToken;
        host.warn(
          `${provider.issuer} replaced the refresh token, and the kubeconfig still has the one of before: other programs may have to log in again. An exec plugin (kubelogin) keeps it in one place`,
        );
      }
      idToken = made.idToken;
      madeAt = clock.now();
      return idToken;
    } finally {
      refreshing = undefined;
    }
  }

  function current(): Promise<string> {
    const good = idToken !== undefined && clock.wallNow() + EARLY_MS < (tokenExpiry(idToken) ?? Infinity);
    return good ? Promise.resolve(idToken ?? '') : (refreshing ??= refresh());
  }

  return {
    headers: async () => bearerHeaders(await current(), `the id-token of ${provider.issuer}`),
    refresh: (sentAt) => {
      if (refreshToken === undefined) return Promise.resolve(false);
      if (madeAt <= sentAt) idToken = undefined;
      return Promise.resolve(true);
    },
    describe: () => `the id-token of ${provider.issuer}${expiredText(idToken, clock.wallNow())}`,
    close: () => ending.abort(new KubeError('stopped', 'the cluster is closed')),
  };
}

function noRefreshToken(idToken: string | undefined, { plan, clock }: CredentialsHost): KubeError {
  const expired = expiredText(idToken, clock.wallNow() + EARLY_MS);
  const what = idToken === undefined ? 'no id-token' : `an id-token${expired}${expired === '' ? '' : ','}`;
  return new KubeError(
    'credentials',
    `${plan.origin} has ${what} and no refresh-token. Log in again, for example with kubelogin (kubectl oidc-login)`,
  );
}
