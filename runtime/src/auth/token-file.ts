import { readFile } from 'node:fs/promises';
import { bearerHeaders, expiredText, type Credentials } from '../client/credentials.js';
import { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';

/** Tokens of service accounts are rotated long before they expire; a minute less ten seconds is what client-go takes. */
const REREAD_MS = 50_000;

/**
 * The token in a file, read again each minute less 10 s and after a 401. When it cannot be read, the last good one goes on. `initial` is
 * used until the first rereading.
 */
export function tokenFileCredentials(o: {
  readonly path: string;
  readonly clock: Clock;
  readonly initial?: string | undefined;
}): Credentials {
  const { path, clock, initial } = o;
  let good: { headers: Record<string, string>; readAt: number; stale: boolean } | undefined =
    initial === undefined
      ? undefined
      : { headers: bearerHeaders(initial, 'the token'), readAt: clock.now(), stale: false };
  let reading: Promise<Record<string, string>> | undefined;

  async function read(): Promise<Record<string, string>> {
    const readAt = clock.now();
    try {
      const headers = bearerHeaders(await readFile(path, 'utf8'), `the token file ${path}`);
      good = { headers, readAt, stale: false };
      return headers;
    } catch (error) {
      if (good === undefined) throw credentialsError(error, path);
      good = { ...good, readAt, stale: false }; // try again in a minute, not with each request
      return good.headers;
    } finally {
      reading = undefined;
    }
  }

  return {
    headers: () => {
      if (good !== undefined && !good.stale && clock.now() - good.readAt < REREAD_MS)
        return Promise.resolve(good.headers);
      return (reading ??= read());
    },
    refresh: (sentAt) => {
      if (good !== undefined && good.readAt <= sentAt) good.stale = true;
      return Promise.resolve(true);
    },
    describe: () => `the token in ${path}${expiredText(good?.headers['authorization'], clock.wallNow())}`,
  };
}

function credentialsError(error: unknown, path: string): unknown {
  if (error instanceof KubeError) return error;
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return new KubeError('credentials', `the token file ${path} cannot be read (${code})`, { cause: error });
}
