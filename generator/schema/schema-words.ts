import { isMap, type JsonMap } from '../load/json-value.js';

/** Keywords whose values are schemas by names of the author's own. */
export const namedSchemas: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependentSchemas',
  'dependencies',
]);
/** Keywords whose values are data. */
export const dataKeywords: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'example']);
/** Keywords of objects and lists, which say nothing of other values. */
export const ofParts = ['properties', 'patternProperties', 'additionalProperties', 'items'];
/** Keywords that the printing tool makes a type of. */
export const typing = ['type', 'enum', 'const', '$ref', 'allOf', 'anyOf', 'oneOf', ...ofParts];

/**
 * The type of a required field of any value, where another type beside it may have the field, too: TypeScript reads `unknown` and an optional
 * text together as a text or undefined, and does not find the two assignable to themselves.
 */
export const anyValue = '({} | null)';

interface Kind {
  readonly name: string;
  readonly isOne: (value: unknown) => boolean;
}

const text: Kind = { name: 'text', isOne: (value) => typeof value === 'string' };
const flag: Kind = { name: 'true or false', isOne: (value) => typeof value === 'boolean' };
const list: Kind = { name: 'a list', isOne: (value) => Array.isArray(value) };
const schemas: Kind = { name: 'a list of schemas', isOne: list.isOne };
const schemaMap: Kind = { name: 'a map of schemas', isOne: isMap };

/** What the values of keywords must be, of those for which the printing tool gives up on anything else. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ['title', text],
  ['description', text],
  ['deprecated', flag],
  ['enum', list],
  ['oneOf', schemas],
  ['anyOf', schemas],
  ['allOf', schemas],
  ['prefixItems', schemas],
  ['properties', schemaMap],
  ['patternProperties', schemaMap],
  ['definitions', schemaMap],
  ['$defs', schemaMap],
]);

/** Whether a keyword has a value that it can have. */
export function hasKind(key: string, value: unknown): boolean {
  return kinds.get(key)?.isOne(value) !== false;
}

/** What the value of a keyword must be. */
export function kindOf(key: string): string {
  return kinds.get(key)?.name ?? 'a value';
}

/** Without bounds that no list can meet: the printing tool, which makes tuples of bounds, takes them as faults. */
export function withoutBadBounds(schema: JsonMap): JsonMap {
  const { minItems, maxItems, ...rest } = schema;
  const [least, most] = [minItems ?? 0, maxItems ?? Infinity];
  const isMet = typeof least === 'number' && typeof most === 'number' && least >= 0 && least <= most;
  return isMet ? schema : rest;
}
