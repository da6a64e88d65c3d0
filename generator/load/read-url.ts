import { decodeText, InputError, maxInputBytes } from './decode-text.js';

/** How long a download may take, in milliseconds. */
const timeoutMs = 30_000;

/** Reads an `http(s)` URL, redirects followed. Throws an `InputError` that never repeats the URL, which may hold a token. */
export async function readUrl(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), headers: { accept: '*/*' } });
    if (!response.ok) throw new InputError(`the server answered ${response.status} ${response.statusText}`.trimEnd());
    return decodeText(await readBody(response));
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new InputError(`no answer within ${timeoutMs / 1000} s`);
    if (error instanceof TypeError) throw new InputError(`cannot be reached: ${causeOf(error)}`);
    throw error;
  }
}

async function readBody(response: Response): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // `fetch` types its body as a web stream, which Node iterates.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxInputBytes) throw new InputError('is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function causeOf(error: TypeError): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return 'the address is not valid';
  // Several addresses of one host fail as one AggregateError without a message of its own.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error ? first.message : cause.message;
}
