import { describe, field, isMap, quote, sameValue, stringField, type JsonMap } from './json-value.js';
import { formatPath, type DocumentPath } from './document-path.js';
import { combinationFault } from './default-combinations.js';
import { asRegExp } from './pattern.js';

interface Pair {
  readonly value: unknown;
  readonly schema: JsonMap;
  readonly path: DocumentPath;
  /** Whether the schema is a branch of a combination, or stands in one: it names some fields, and keeps none out. */
  readonly inBranch: boolean;
  /** Whether fields without a schema are kept here, whatever the schema itself says (V7). */
  readonly isOpen: boolean;
}

/**
 * What a default breaks of its own schema, or `undefined`: types, enums, null, required and unknown fields, bounds, patterns, dates,
 * combinations. CEL and other formats are not looked at. `isResource`: the value is a whole resource, so it has an apiVersion and a kind.
 */
export function defaultFault(value: unknown, schema: JsonMap, isResource = false): string | undefined {
  const missing = isResource ? resourceFault(value) : undefined;
  return missing ?? firstFault({ value, schema, path: [], inBranch: false, isOpen: isResource });
}

function firstFault(root: Pair): string | undefined {
  const open: Pair[] = [root];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const fault = faultOf(pair, open);
    if (fault !== undefined) return pair.path.length === 0 ? fault : `${formatPath(pair.path)}: ${fault}`;
  }
  return undefined;
}

function faultOf(pair: Pair, open: Pair[]): string | undefined {
  const { value, schema } = pair;
  if (value === null) return nullFault(pair);
  const members = field(schema, 'enum');
  if (Array.isArray(members) && members.length > 0 && !members.some((member) => sameValue(member, value))) {
    return `${describe(value)} is not in the enum`;
  }
  const wanted = field(schema, 'x-kubernetes-int-or-string') === true ? undefined : field(schema, 'type');
  if (typeof wanted === 'string' && !hasType(value, wanted)) return `${describe(value)} is not of type ${wanted}`;
  const isMet = (branch: JsonMap): boolean =>
    firstFault({ ...pair, schema: branch, path: [], inBranch: true }) === undefined;
  return ownFault(pair, open) ?? combinationFault(value, schema, isMet);
}

function ownFault(pair: Pair, open: Pair[]): string | undefined {
  const { value, schema } = pair;
  if (typeof value === 'string') return textFault(value, schema);
  if (typeof value === 'number') return numberFault(value, schema);
  if (Array.isArray(value)) return listFault(value, pair, open);
  return isMap(value) ? mapFault(value, pair, open) : undefined;
}

function nullFault({ schema, path }: Pair): string | undefined {
  if (field(schema, 'nullable') === true) return undefined;
  // A field that has a default takes that instead, and one of any type keeps null.
  const isTaken = typeof path.at(-1) === 'string' && field(schema, 'default') !== undefined;
  return isTaken || field(schema, 'type') === undefined ? undefined : 'null is not nullable';
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

const int32 = 2 ** 31;

function numberFault(value: number, schema: JsonMap): string | undefined {
  const [least, most, step] = ['minimum', 'maximum', 'multipleOf'].map((key) => field(schema, key));
  if (value === least && field(schema, 'exclusiveMinimum') === true) return `${value} is not over minimum ${value}`;
  if (value === most && field(schema, 'exclusiveMaximum') === true) return `${value} is not under maximum ${value}`;
  // Of fractions the remainder is not exact.
  if (typeof step === 'number' && step > 0 && Number.isInteger(step) && Number.isInteger(value) && value % step !== 0)
    return `${value} is no multiple of ${step}`;
  if (field(schema, 'format') === 'int32' && (value < -int32 || value >= int32)) return `${value} is no int32`;
  return boundFault(value, schema, ['minimum', 'maximum']);
}

function boundFault(value: number, schema: JsonMap, [low, high]: [string, string], what = ''): string | undefined {
  const least = field(schema, low);
  const most = field(schema, high);
  if (typeof least === 'number' && value < least) return `${what}${value} is under ${low} ${least}`;
  if (typeof most === 'number' && value > most) return `${what}${value} is over ${high} ${most}`;
  return undefined;
}

/** How the texts of a format begin; more is not claimed. */
const beginnings: ReadonlyMap<unknown, RegExp> = new Map([
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['date-time', /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d/],
]);

function textFault(value: string, schema: JsonMap): string | undefined {
  const pattern = field(schema, 'pattern');
  if (typeof pattern === 'string' && asRegExp(pattern)?.test(value) === false) {
    return `${describe(value)} does not match the pattern ${quote(pattern)}`;
  }
  const format = field(schema, 'format');
  if (beginnings.get(format)?.test(value) === false) return `${describe(value)} is no ${String(format)}`;
  // Kubernetes counts characters, not UTF-16 units (V15).
  return boundFault(Array.from(value).length, schema, ['minLength', 'maxLength'], 'its length ');
}

function listFault(value: readonly unknown[], pair: Pair, open: Pair[]): string | undefined {
  const { schema, path, inBranch } = pair;
  const items = field(schema, 'items');
  if (isMap(items)) {
    // A list that keeps unknown fields opens its items one level.
    const isOpen = keeps(schema);
    value.forEach((item, i) => open.push({ value: item, schema: items, path: [...path, i], inBranch, isOpen }));
  }
  return boundFault(value.length, schema, ['minItems', 'maxItems'], 'its length ');
}

function mapFault(value: JsonMap, pair: Pair, open: Pair[]): string | undefined {
  const { schema, path, inBranch } = pair;
  const properties = field(schema, 'properties');
  const others = field(schema, 'additionalProperties');
  const isEmbedded = field(schema, 'x-kubernetes-embedded-resource') === true;
  const isClosed = !inBranch && !pair.isOpen && !keeps(schema) && others !== true && !isMap(others);
  for (const key of Object.keys(value)) {
    // The server knows more of a resource's metadata than the schema says.
    if (isEmbedded && resourceFields.has(key)) continue;
    const inner = (isMap(properties) ? field(properties, key) : undefined) ?? others;
    if (isMap(inner)) open.push({ value: value[key], schema: inner, path: [...path, key], inBranch, isOpen: false });
    else if (isClosed) return `${quote(key)} is unknown`;
  }
  const missing = isEmbedded ? resourceFault(value) : undefined;
  return missing ?? requiredFault(value, schema) ?? countFault(value, schema);
}

function requiredFault(value: JsonMap, schema: JsonMap): string | undefined {
  const required = field(schema, 'required');
  if (!Array.isArray(required)) return undefined;
  // What has a default itself is not filled in here.
  const absent: unknown = required.find((key) => typeof key === 'string' && !Object.hasOwn(value, key));
  return typeof absent === 'string' ? `${quote(absent)} is required` : undefined;
}

function countFault(value: JsonMap, schema: JsonMap): string | undefined {
  return boundFault(Object.keys(value).length, schema, ['minProperties', 'maxProperties'], 'its number of fields ');
}

function keeps(schema: JsonMap): boolean {
  return field(schema, 'x-kubernetes-preserve-unknown-fields') === true;
}

const resourceFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** Whatever is a resource says of which kind it is (V14). */
function resourceFault(value: unknown): string | undefined {
  const isSaid = (key: string): boolean => isMap(value) && (stringField(value, key) ?? '') !== '';
  const lacks = ['apiVersion', 'kind'].find((key) => !isSaid(key));
  return lacks === undefined ? undefined : `a resource needs ${lacks}`;
}
