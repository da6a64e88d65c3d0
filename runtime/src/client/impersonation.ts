import { KubeError } from '../errors.js';

/**
 * Whom to act as; the real user needs the right to `impersonate`.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
export interface Impersonation {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly uid?: string;
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** The headers of an impersonation; a name may occur more than once. */
export function impersonationHeaders(
  impersonation: Impersonation,
): readonly (readonly [name: string, value: string])[] {
  const { user, groups = [], uid, extra = {} } = impersonation;
  // Without the check whom nobody named would be the user `undefined`.
  if (typeof user !== 'string' || user === '') throw new KubeError('config', 'impersonate needs a user');
  return [
    pair('impersonate-user', user),
    ...groups.map((group) => pair('impersonate-group', group)),
    ...(uid === undefined ? [] : [pair('impersonate-uid', uid)]),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) => pair(`impersonate-extra-${escapeKey(key)}`, value)),
    ),
  ];
}

function pair(name: string, value: string): readonly [string, string] {
  // What is no visible ASCII cannot travel in a header; a line end would begin another header.
  if (!/^[\u0020-\u007E]*$/.test(value))
    throw new KubeError('config', `${name} holds characters that no header can carry`);
  return [name, value];
}

/** Keys are any text: what no header name may hold goes as %XX of its UTF-8 bytes, lower case as the server will read it. */
function escapeKey(key: string): string {
  return [...new TextEncoder().encode(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      const legal = /[!#$&'*+.^_`|~0-9A-Za-z-]/.test(character);
      return legal ? character.toLowerCase() : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
