import { describe, field, isMap, quote, sameValue, type JsonMap } from './json-value.js';
import { formatPath, type DocumentPath } from './document-path.js';
import { asRegExp } from './pattern.js';

interface Pair {
  readonly value: unknown;
  readonly schema: JsonMap;
  readonly path: DocumentPath;
}

/**
 * What a default breaks of its own schema, or `undefined`: types, enums, null, required fields without a default, bounds, patterns.
 * Combinations and CEL are not looked at.
 */
export function defaultFault(value: unknown, schema: JsonMap): string | undefined {
  const open: Pair[] = [{ value, schema, path: [] }];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const fault = faultOf(pair, open);
    if (fault !== undefined) return pair.path.length === 0 ? fault : `${formatPath(pair.path)}: ${fault}`;
  }
  return undefined;
}

function faultOf({ value, schema, path }: Pair, open: Pair[]): string | undefined {
  const nullable = field(schema, 'nullable') === true;
  // Null in a field that is not nullable is dropped, not refused (V1); in a list it is refused.
  if (value === null) return nullable || typeof path.at(-1) === 'string' ? undefined : 'null is not nullable';
  const members = field(schema, 'enum');
  if (Array.isArray(members) && members.length > 0 && !members.some((member) => sameValue(member, value))) {
    return `${describe(value)} is not in the enum`;
  }
  const wanted = field(schema, 'x-kubernetes-int-or-string') === true ? undefined : field(schema, 'type');
  if (typeof wanted === 'string' && !hasType(value, wanted)) return `${describe(value)} is not of type ${wanted}`;
  if (typeof value === 'string') return textFault(value, schema);
  if (typeof value === 'number') return boundFault(value, schema, ['minimum', 'maximum']);
  if (Array.isArray(value)) return listFault(value, { value, schema, path }, open);
  return isMap(value) ? mapFault(value, { value, schema, path }, open) : undefined;
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isMap(value);
    default:
      return typeof value === type;
  }
}

function boundFault(value: number, schema: JsonMap, [low, high]: [string, string], what = ''): string | undefined {
  const least = field(schema, low);
  const most = field(schema, high);
  if (typeof least === 'number' && value < least) return `${what}${value} is under ${low} ${least}`;
  if (typeof most === 'number' && value > most) return `${what}${value} is over ${high} ${most}`;
  return undefined;
}

function textFault(value: string, schema: JsonMap): string | undefined {
  const pattern = field(schema, 'pattern');
  if (typeof pattern === 'string' && asRegExp(pattern)?.test(value) === false) {
    return `${describe(value)} does not match the pattern ${quote(pattern)}`;
  }
  // Kubernetes counts characters, not UTF-16 units (V15).
  return boundFault(Array.from(value).length, schema, ['minLength', 'maxLength'], 'its length ');
}

function listFault(value: readonly unknown[], { schema, path }: Pair, open: Pair[]): string | undefined {
  const items = field(schema, 'items');
  if (isMap(items)) value.forEach((item, i) => open.push({ value: item, schema: items, path: [...path, i] }));
  return boundFault(value.length, schema, ['minItems', 'maxItems'], 'its length ');
}

function mapFault(value: JsonMap, { schema, path }: Pair, open: Pair[]): string | undefined {
  const properties = field(schema, 'properties');
  const others = field(schema, 'additionalProperties');
  for (const key of Object.keys(value)) {
    const declared = isMap(properties) ? field(properties, key) : undefined;
    const inner = declared ?? others;
    if (isMap(inner)) open.push({ value: value[key], schema: inner, path: [...path, key] });
  }
  const required = field(schema, 'required');
  if (!Array.isArray(required)) return undefined;
  for (const key of required) {
    if (typeof key !== 'string' || Object.hasOwn(value, key)) continue;
    const declared = isMap(properties) ? field(properties, key) : undefined;
    if (isMap(declared) && field(declared, 'default') === undefined) return `${quote(key)} is required`;
  }
  return undefined;
}
