import { asSchema, field, type RawSchema } from './raw-schema.js';

/** More fields than this make no union that is worth reading. */
const mostFields = 16;

/**
 * A closed object with `maxProperties: 1` says of all its fields what a `oneOf` would: exactly one of them with `minProperties: 1`, else at
 * most one. That `oneOf`; `undefined` for any other object, and for one that has a choice of its own.
 */
export function choiceOfCount(node: RawSchema): readonly RawSchema[] | undefined {
  if (field(node, 'maxProperties') !== 1) return undefined;
  const least = field(node, 'minProperties') ?? 0;
  if (least !== 0 && least !== 1) return undefined;
  if (field(node, 'oneOf') !== undefined || field(node, 'anyOf') !== undefined) return undefined;
  const names = Object.keys(asSchema(field(node, 'properties')) ?? {});
  if (names.length === 0 || names.length > mostFields) return undefined;
  const branches = names.map((name) => ({ required: [name] }));
  if (least === 1) return branches;
  return names.length === 1 ? undefined : [...branches, { not: { anyOf: branches } }];
}
