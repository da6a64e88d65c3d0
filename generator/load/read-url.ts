import { InputError, textOf } from './decode-text.js';
import { decoded } from './json-pointer.js';

/** How long a download may take, in milliseconds. */
const timeoutMs = 30_000;

/** Reads an `http(s)` URL, redirects followed. Throws an `InputError` that never repeats the URL, which may hold a token. */
export async function readUrl(url: string): Promise<string> {
  try {
    const { address, authorization } = withoutUser(new URL(url));
    const headers = { accept: '*/*', ...(authorization === undefined ? {} : { authorization }) };
    const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs), headers });
    if (!response.ok) {
      // The page that says so may never end, and the process would wait for it.
      await response.body?.cancel();
      throw new InputError(`the server answered ${response.status} ${response.statusText}`.trimEnd());
    }
    // `fetch` types a body as a web stream, which Node iterates.
    return await textOf((response.body ?? []) as unknown as AsyncIterable<Uint8Array>);
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new InputError(`no answer within ${timeoutMs / 1000} s`);
    if (error instanceof TypeError) throw new InputError(`cannot be reached: ${causeOf(error)}`);
    throw error;
  }
}

/** `fetch` takes no `user:password@` in an address; as a header it goes to no other host that a redirect leads to. */
function withoutUser(url: URL): { readonly address: URL; readonly authorization: string | undefined } {
  if (url.username === '' && url.password === '') return { address: url, authorization: undefined };
  const address = new URL(url);
  address.username = '';
  address.password = '';
  const user = [url.username, url.password].map(decoded).join(':');
  return { address, authorization: `Basic ${Buffer.from(user).toString('base64')}` };
}

function causeOf(error: TypeError): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return 'the address is not valid';
  // Several addresses of one host fail as one AggregateError without a message of its own.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  const failure = first instanceof Error ? first : cause;
  const code = 'code' in failure ? String(failure.code) : '';
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return `it does not speak TLS (${code}). Is it http://?`;
  // The messages of OpenSSL are about its threads and sources.
  return code.startsWith('ERR_SSL_') ? `the TLS connection failed (${code})` : failure.message;
}
