import { isObject, ownValue, sameJson, sortedByKey } from '../state/json.js';
import type { FieldFault } from '../state/status.js';
import type { Structural } from './structural.js';

/**
 * Members that stand twice in a list of type `set` or `map`.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export function findDuplicates(items: readonly unknown[], path: string, schema: Structural): FieldFault[] {
  if (schema.listType === 'set') return repeated(items, path);
  if (schema.listType !== 'map') return [];
  const identities = items.map((item) =>
    isObject(item) ? Object.fromEntries(schema.listMapKeys.map((key) => [key, ownValue(item, key) ?? null])) : item,
  );
  return repeated(identities, path);
}

/** The member of `old` with the same identity; only lists of type `map` give their members one. */
export function sameMember(old: readonly unknown[], item: unknown, schema: Structural): unknown {
  if (schema.listType !== 'map' || !isObject(item)) return undefined;
  const isSame = (other: unknown): boolean =>
    isObject(other) && schema.listMapKeys.every((key) => sameJson(ownValue(other, key), ownValue(item, key)));
  return old.find(isSame);
}

function repeated(identities: readonly unknown[], path: string): FieldFault[] {
  const seen = new Set<string>();
  return identities.flatMap((identity, index): FieldFault[] => {
    const text = JSON.stringify(sortKeys(identity));
    if (!seen.has(text)) {
      seen.add(text);
      return [];
    }
    return [{ reason: 'FieldValueDuplicate', field: `${path}[${index}]`, message: `Duplicate value: ${text}` }];
  });
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => sortKeys(member));
  if (!isObject(value)) return value;
  return sortedByKey(Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sortKeys(member)])));
}
