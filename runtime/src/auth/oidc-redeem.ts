import { isObject } from '../any-object.js';
import { createDeadline } from '../client/deadline.js';
import { readStart } from '../client/response-body.js';
import { isKubeError, KubeError } from '../errors.js';
import { createNodeTransport } from '../io/node-transport.js';
import type { TransportRequest } from '../io/transport.js';
import type { OidcProvider } from './identity.js';
import type { Fields } from './kubeconfig.js';
import { readAuthority } from './tls-files.js';
import type { CredentialsHost } from './credentials-host.js';

const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

interface Redeeming {
  readonly provider: OidcProvider;
  readonly host: CredentialsHost;
  readonly refreshToken: string;
  readonly signal: AbortSignal;
}

interface Tokens {
  readonly idToken: string;
  readonly refreshToken: string | undefined;
}

/** Gets new tokens for a refresh token. Rejects with `credentials`, or as the deadline says. */
export async function redeem({ provider, host, refreshToken, signal }: Redeeming): Promise<Tokens> {
  const ca = await readAuthority(provider.ca, `the certificate authority of ${provider.issuer}`);
  const ask = asker({ host, ca, signal });
  const discovery = await ask(`${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {});
  const endpoint = discovery.fields['token_endpoint'];
  if (discovery.status !== 200 || typeof endpoint !== 'string' || !URL.canParse(endpoint)) {
    throw new KubeError(
      'credentials',
      `${provider.issuer} is no OpenID Connect provider: its discovery document names no token_endpoint (${discovery.status})`,
    );
  }
  if (provider.issuer.startsWith('https:') && !endpoint.startsWith('https:')) {
    throw new KubeError('credentials', `${provider.issuer} wants the refresh token without TLS, and does not get it`);
  }
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
  let answer = await ask(endpoint, clientInHeader(form, provider));
  // Servers differ in where they take the secret, and no document says it reliably.
  if (answer.status >= 400 && provider.clientSecret !== undefined)
    answer = await ask(endpoint, clientInForm(form, provider));
  const { id_token: idToken, refresh_token: next } = answer.fields;
  if (answer.status !== 200) throw refused(answer, provider);
  if (typeof idToken !== 'string') {
    throw new KubeError(
      'credentials',
      `${provider.issuer} gave no id_token: the scope openid was not asked for at login, or it gives none for a refresh token`,
    );
  }
  return { idToken, refreshToken: typeof next === 'string' && next !== '' ? next : undefined };
}

function refused({ status, fields }: Answer, { issuer }: OidcProvider): KubeError {
  const { error } = fields;
  const code = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? `${error}, ${status}` : String(status);
  const advice =
    error === 'invalid_grant'
      ? 'the refresh token expired or was used elsewhere. Log in again'
      : 'look at client-id and client-secret';
  return new KubeError('credentials', `${issuer} gave no new token (${code}): ${advice}`);
}

type Form = Readonly<Record<string, string>>;

interface Ask {
  readonly headers?: Record<string, string>;
  readonly form?: Form;
}

function clientInHeader(form: Form, { clientId, clientSecret }: OidcProvider): Ask {
  if (clientSecret === undefined) return { form: { ...form, client_id: clientId } };
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  return { form, headers: { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` } };
}

function clientInForm(form: Form, { clientId, clientSecret = '' }: OidcProvider): Ask {
  return { form: { ...form, client_id: clientId, client_secret: clientSecret } };
}

interface Answer {
  readonly status: number;
  /** Of its JSON; empty when it is none. */
  readonly fields: Fields;
}

/** Sends one request to a provider; a form makes it a POST. Redirects are answers: a secret is not carried on. */
function asker(o: {
  host: CredentialsHost;
  ca: string | undefined;
  signal: AbortSignal;
}): (url: string, ask: Ask) => Promise<Answer> {
  const { host, ca, signal } = o;
  return async (url, { headers = {}, form }) => {
    const { origin, pathname, search } = new URL(url);
    const proxyUrl = host.proxyFor(url);
    const transport = createNodeTransport({
      server: origin,
      tls: { ca },
      proxyUrl,
    });
    const deadline = createDeadline(host.clock, {
      signal,
      timeoutMs: TIMEOUT_MS,
      what: `asking ${origin} for a token`,
    });
    const base = { path: pathname + search, signal: deadline.signal };
    const request: TransportRequest =
      form === undefined
        ? { ...base, method: 'GET', headers: { accept: 'application/json' } }
        : {
            ...base,
            method: 'POST',
            headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers },
            body: new TextEncoder().encode(new URLSearchParams(form).toString()),
          };
    try {
      const response = await transport.request(request);
      const text = new TextDecoder().decode(await readStart(response, MAX_ANSWER_BYTES));
      return { status: response.status, fields: parse(text) };
    } catch (error) {
      if (deadline.signal.aborted || !isKubeError(error))
        throw deadline.signal.aborted ? deadline.signal.reason : error;
      throw new KubeError('credentials', `no new token: ${error.message}`, { cause: error });
    } finally {
      deadline.release();
      await transport.close?.();
    }
  };
}

function parse(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {}; // told by the status, and it quotes the text
    throw error;
  }
}
