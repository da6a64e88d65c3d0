import { type JsonObject, isObject, objectOr, ownValue, stringOr } from './json.js';
import { badRequest } from './status.js';

const utf8 = new TextEncoder();

/**
 * What a server makes of a Secret before it looks at it: `stringData`, which is only for writing, goes into `data` in base64, over
 * what is there, and a Secret without a type is `Opaque`.
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
 */
export function completeSecret(secret: JsonObject): void {
  const given = ownValue(secret, 'stringData');
  delete secret['stringData'];
  if ((stringOr(ownValue(secret, 'type')) ?? '') === '') secret['type'] = 'Opaque';
  if (!isObject(given) || Object.keys(given).length === 0) return;
  const added = Object.entries(given).map(([key, text]) => [key, base64(text ?? '')] as const);
  secret['data'] = { ...objectOr(ownValue(secret, 'data')), ...Object.fromEntries(added) };
}

function base64(text: unknown): string {
  if (typeof text !== 'string') {
    throw badRequest(
      `Secret in version "v1" cannot be handled as a Secret: json: cannot unmarshal ${kindOf(text)} into Go struct field Secret.stringData of type string`,
    );
  }
  return btoa(Array.from(utf8.encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function kindOf(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'array' : typeof value;
}
