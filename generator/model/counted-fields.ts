import { asSchema, field, type RawSchema } from './raw-schema.js';

/** More fields than this make no union that is worth reading. */
const mostFields = 16;

/** A combination of fields that must or must not be there. */
export type CountedChoice =
  | { readonly key: 'oneOf'; readonly value: readonly RawSchema[] }
  | { readonly key: 'not'; readonly value: RawSchema };

/**
 * A closed object with `maxProperties: 1` says of all its fields what a `oneOf` would: exactly one of them with `minProperties: 1`, else at
 * most one; with `maxProperties: 0` what a `not` would. That combination; `undefined` for any other object, and for one that has a choice
 * of its own.
 */
export function choiceOfCount(node: RawSchema): CountedChoice | undefined {
  const most = field(node, 'maxProperties');
  if (most !== 0 && most !== 1) return undefined;
  if (field(node, 'oneOf') !== undefined || field(node, 'anyOf') !== undefined) return undefined;
  const names = Object.keys(asSchema(field(node, 'properties')) ?? {});
  if (names.length === 0 || names.length > mostFields) return undefined;
  const branches = names.map((name) => ({ required: [name] }));
  if (most === 0) return { key: 'not', value: { anyOf: branches } };
  if (field(node, 'minProperties') === 1) return { key: 'oneOf', value: branches };
  return names.length === 1 ? undefined : { key: 'oneOf', value: [...branches, { not: { anyOf: branches } }] };
}
