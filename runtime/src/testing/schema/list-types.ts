import { isObject, ownValue, sortedByKey } from '../state/json.js';
import type { FieldFault } from '../state/status.js';
import type { Structural } from './structural.js';

/**
 * Members that stand twice in a list of type `set` or `map`.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export function findDuplicates(items: readonly unknown[], path: string, schema: Structural): FieldFault[] {
  if (schema.listType !== 'set' && schema.listType !== 'map') return [];
  const seen = new Set<string>();
  return items.flatMap((item, index): FieldFault[] => {
    const text = identityText(item, schema);
    if (!seen.has(text)) {
      seen.add(text);
      return [];
    }
    return [{ reason: 'FieldValueDuplicate', field: `${path}[${index}]`, message: `Duplicate value: ${text}` }];
  });
}

/** How to find the member of `old` with the same identity; only lists of type `map` give their members one. */
export function memberFinder(old: unknown, schema: Structural): (item: unknown) => unknown {
  if (schema.listType !== 'map' || !Array.isArray(old)) return () => undefined;
  const members = new Map(old.map((member: unknown) => [identityText(member, schema), member]));
  return (item) => members.get(identityText(item, schema));
}

/** What tells a member of a list from the others: its keys, or all of it in a set. */
function identityText(item: unknown, { listType, listMapKeys }: Structural): string {
  const isKeyed = listType === 'map' && isObject(item);
  const identity = isKeyed ? Object.fromEntries(listMapKeys.map((key) => [key, ownValue(item, key) ?? null])) : item;
  return JSON.stringify(sortKeys(identity));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => sortKeys(member));
  if (!isObject(value)) return value;
  return sortedByKey(Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sortKeys(member)])));
}
