import { isObject } from './json.js';
import { badRequest } from './status.js';

/** Where the next page of a list begins. */
export interface ContinuePoint {
  /** The version of the first page; -1: the newest (the rest of a list whose version was forgotten). */
  readonly revision: number;
  /** The page begins after this key. */
  readonly after: string;
}

/** An opaque token, made as API servers make it. */
export function writeContinueToken({ revision, after }: ContinuePoint): string {
  const bytes = new TextEncoder().encode(
    JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: `${after}\u0000` }),
  );
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Reads a token that `writeContinueToken` made; anything else is a 400. */
export function readContinueToken(token: string): ContinuePoint {
  const parsed = parse(token);
  const start = parsed?.['start'];
  const revision = parsed?.['rv'];
  if (parsed?.['v'] !== 'meta.k8s.io/v1' || typeof start !== 'string' || typeof revision !== 'number') {
    throw badRequest('invalid continue token: continue key is not valid: it was not made by this server');
  }
  return { revision, after: start.replace(/\0$/, '') };
}

function parse(token: string): Record<string, unknown> | undefined {
  if (!/^[\w-]+$/.test(token)) return undefined;
  try {
    const binary = atob(token.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof DOMException) return undefined;
    throw cause;
  }
}
