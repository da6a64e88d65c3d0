import { isKubeError, KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';

/** Who asks: makes the headers of each request. Everything here is secret: it goes into requests and nowhere else. */
export interface Credentials {
  /** Headers for a request that is about to be sent; rejects with a `credentials` error. */
  headers(): Promise<Record<string, string>>;
  /**
   * After a 401 to a request that was sent at `sentAt` (monotonic ms): drops what is older. False when nothing newer can come.
   * Credentials made after `sentAt` stay: the request had not had them.
   */
  refresh(sentAt: number): Promise<boolean>;
  /** What the error of a 401 says about them, without a secret: `the token of …, which expired at …`. */
  describe?(): string | undefined;
  /** Ends what still runs to get them. */
  close?(): void;
}

/** No credentials. */
export const anonymous: Credentials = {
  headers: () => Promise.resolve({}),
  refresh: () => Promise.resolve(false),
};

/**
 * A bearer token, or a function that is asked for one before each request. A token that never changes cannot be refreshed. `name` is
 * what errors call a fixed token.
 */
export function bearerCredentials(
  token: string | (() => string | Promise<string>),
  { name, clock }: { readonly name: string; readonly clock: Clock },
): Credentials {
  if (typeof token === 'string') {
    const headers = bearerHeaders(token, name);
    return {
      headers: () => Promise.resolve(headers),
      refresh: () => Promise.resolve(false),
      describe: () => `${name}${expiredText(token, clock.wallNow())}`,
    };
  }
  return {
    describe: () => 'those of the function given as `token`',
    headers: async () => {
      let value: unknown;
      try {
        value = await token();
      } catch (error) {
        if (isKubeError(error)) throw error;
        throw new KubeError('credentials', 'the function given as `token` failed', { cause: error });
      }
      if (typeof value !== 'string') throw new KubeError('credentials', 'the function given as `token` gave no string');
      return bearerHeaders(value, 'what the function given as `token` returned');
    },
    refresh: () => Promise.resolve(true),
  };
}

/** The header of a bearer token; `what` names where it came from when it is none. */
export function bearerHeaders(token: string, what: string): Record<string, string> {
  const trimmed = token.trim();
  if (!/^[\u0021-\u007E]+$/.test(trimmed)) {
    throw new KubeError(
      'credentials',
      `${what} is ${trimmed === '' ? 'empty' : 'no token: it holds spaces or other characters that no token has'}`,
    );
  }
  return { authorization: `Bearer ${trimmed}` };
}

/** `, which expired at …` for a JSON Web Token of the past, else nothing. `text` may be a token or the header with it. */
export function expiredText(text: string | undefined, now: number): string {
  const expiresAt = text === undefined ? undefined : tokenExpiry(text);
  return expiresAt === undefined || expiresAt > now ? '' : `, which expired at ${new Date(expiresAt).toISOString()}`;
}

/** When a JSON Web Token expires, in milliseconds since the epoch; `undefined` for other tokens and those that never do. */
export function tokenExpiry(token: string): number | undefined {
  const claims = token.split('.')[1];
  if (claims === undefined) return undefined;
  try {
    const { exp } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { exp?: unknown };
    const at = Number(exp) * 1000;
    return Number.isSafeInteger(Math.trunc(at)) && Math.abs(at) < 8.64e15 ? at : undefined;
  } catch {
    return undefined; // no JSON Web Token; the platform's errors would quote it
  }
}
