import { isKubeError, KubeError } from '../errors.js';

/** Who asks: makes the headers of each request. Everything here is secret: it goes into requests and nowhere else. */
export interface Credentials {
  /** Headers for a request that is about to be sent; rejects with a `credentials` error. */
  headers(): Promise<Record<string, string>>;
  /**
   * After a 401 to a request that was sent at `sentAt` (monotonic ms): drops what is older. False when nothing newer can come.
   * Credentials made after `sentAt` stay: the request had not had them.
   */
  refresh(sentAt: number): Promise<boolean>;
}

/** No credentials. */
export const anonymous: Credentials = {
  headers: () => Promise.resolve({}),
  refresh: () => Promise.resolve(false),
};

/** A bearer token, or a function that is asked for one before each request. A token that never changes cannot be refreshed. */
export function bearerCredentials(token: string | (() => string | Promise<string>)): Credentials {
  if (typeof token === 'string') {
    const headers = bearerHeaders(token, 'the token');
    return { headers: () => Promise.resolve(headers), refresh: () => Promise.resolve(false) };
  }
  return {
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
