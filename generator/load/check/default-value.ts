import { describe, field, isMap, quote, sameValue, stringField, type JsonMap } from '../json-value.js';
import { formatPath, type DocumentPath } from '../document-path.js';
import { combinationFault } from './default-combinations.js';
import { formatFault } from './default-format.js';
import { metadataAsRead, resourceFault } from './default-resource.js';
import { matches } from './pattern.js';
import { quotesHint } from './quotes-hint.js';
import { ownFields, type SchemaPlace } from './schema-place.js';

interface Pair {
  readonly value: unknown;
  readonly schema: JsonMap;
  readonly path: DocumentPath;
  /** Whether the schema names some fields and keeps none out: a branch of a combination does so, and what is said of metadata. */
  readonly isPartial: boolean;
  /** Whether fields without a schema are kept here, whatever the schema itself says (V7). */
  readonly isOpen: boolean;
}

/**
 * What the default of a node breaks of its own schema, or `undefined`: types, enums, null, required and unknown fields, bounds, patterns,
 * formats, combinations, and what is known of resources. CEL is not looked at.
 */
export function defaultFault(place: SchemaPlace): string | undefined {
  const { node, above, inMeta } = place;
  // `default: null` is accepted and does nothing (V20).
  const value = field(node, 'default');
  if (value === undefined) return undefined;
  // The root is a resource, too.
  const schema = above === undefined ? { ...node, [embeddedKey]: true } : node;
  const resource = inMeta ? fieldFault(place, value) : undefined;
  return resource ?? firstFault({ value, schema, path: [], isPartial: inMeta, isOpen: false });
}

/** The default of a field that every resource has is tried in one. */
function fieldFault({ above, steps }: SchemaPlace, value: unknown): string | undefined {
  const [, name] = steps;
  if (above === undefined || above.inMeta || typeof name !== 'string') return undefined;
  return resourceFault({ apiVersion: 'v1', kind: 'Kind', [name]: value });
}

const embeddedKey = 'x-kubernetes-embedded-resource';

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
  const wanted = field(schema, 'type');
  const hint = wanted === 'string' && typeof value === 'boolean' ? quotesHint(value) : '';
  if (Array.isArray(members) && members.length > 0 && !members.some((member) => isMember(member, value))) {
    return `${describe(value)} is not in the enum${hint}`;
  }
  // In a default the type counts beside int-or-string, too, though it does not in an object (V4).
  if (typeof wanted === 'string' && wanted !== '') {
    if (!hasType(value, wanted) && !isUnseen(value, schema))
      return `${describe(value)} is not of type ${wanted}${hint}`;
  } else if (isFormatted(schema) && typeof value !== 'string' && !Array.isArray(value)) {
    return `${describe(value)} is no ${String(field(schema, 'format'))}: without a type a format is one of texts`;
  }
  const isMet = (branch: JsonMap): boolean =>
    firstFault({ ...pair, schema: branch, path: [], isPartial: true }) === undefined;
  return ownFault(pair, open) ?? combinationFault(value, schema, isMet);
}

function ownFault(pair: Pair, open: Pair[]): string | undefined {
  const { value, schema } = pair;
  if (typeof value === 'string') return textFault(value, schema);
  if (typeof value === 'number') return numberFault(value, schema);
  if (Array.isArray(value)) return listFault(value, pair, open);
  return isMap(value) ? mapFault(value, pair, open) : undefined;
}

/** The server turns a number into an integer before it compares it with one. */
function isMember(member: unknown, value: unknown): boolean {
  const isWhole = Number.isInteger(member) && typeof value === 'number';
  return isWhole ? Math.trunc(value) === member : sameValue(member, value);
}

/** A default is not filled in here, and a field of any type keeps null. */
function nullFault({ schema }: Pair): string | undefined {
  const isTaken = field(schema, 'nullable') === true || (field(schema, 'type') ?? '') === '';
  return isTaken ? undefined : 'null is not nullable';
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      // The greatest one, 2^63 - 1, is read as 2^63.
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= int64;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isMap(value);
    default:
      return typeof value === type;
  }
}

/** Beside a format the server does not ask for the type of texts and lists, unless a number is wanted. */
function isUnseen(value: unknown, schema: JsonMap): boolean {
  const type = field(schema, 'type');
  const isOfText = isFormatted(schema) && type !== 'integer' && type !== 'number';
  return isOfText && (typeof value === 'string' || Array.isArray(value));
}

function isFormatted(schema: JsonMap): boolean {
  return (stringField(schema, 'format') ?? '') !== '';
}

const int32 = 2 ** 31;
const int64 = 2 ** 63;

function numberFault(value: number, schema: JsonMap): string | undefined {
  const isInteger = field(schema, 'type') === 'integer';
  const isInt32 = isInteger && field(schema, 'format') === 'int32';
  const broken = isInteger ? incomparableKey(schema, isInt32 ? int32 : int64) : undefined;
  if (broken !== undefined)
    return `an ${isInt32 ? 'int32' : 'integer'} cannot be compared with ${broken} ${String(field(schema, broken))}`;
  const [least, most, step] = ['minimum', 'maximum', 'multipleOf'].map((key) => limitFor(value, field(schema, key)));
  if (value === least && field(schema, 'exclusiveMinimum') === true) return `${value} is not over minimum ${value}`;
  if (value === most && field(schema, 'exclusiveMaximum') === true) return `${value} is not under maximum ${value}`;
  if (step !== undefined && step <= 0) return `${value} cannot be compared with a multipleOf under 1`;
  // Of fractions the remainder is not exact.
  if (step !== undefined && Number.isInteger(step) && Number.isInteger(value) && value % step !== 0)
    return `${value} is no multiple of ${step}`;
  if (isInt32 && (value < -int32 || value >= int32)) return `${value} is no int32`;
  return rangeFault(value, [least, most], ['minimum', 'maximum']);
}

/** The keyword whose number is no integer of the same size, with which the server compares none. */
function incomparableKey(schema: JsonMap, size: number): string | undefined {
  const format = stringField(schema, 'format') ?? '';
  return ['minimum', 'maximum', 'multipleOf'].find((key) => {
    const limit = field(schema, key);
    if (typeof limit !== 'number') return false;
    // The least int64 of all is taken for none; those without a sign have other bounds.
    const isInSize = (limit >= -size && limit < size && limit !== -int64) || format.startsWith('uint');
    return !Number.isInteger(limit) || (key !== 'multipleOf' && !isInSize);
  });
}

/** The server cuts off the fraction of what it compares an integer with. */
function limitFor(value: number, limit: unknown): number | undefined {
  if (typeof limit !== 'number') return undefined;
  return Number.isInteger(value) ? Math.trunc(limit) : limit;
}

function boundFault(value: number, schema: JsonMap, [low, high]: [string, string], what: string): string | undefined {
  return rangeFault(value, [field(schema, low), field(schema, high)], [low, high], what);
}

function rangeFault(
  value: number,
  [least, most]: readonly unknown[],
  [low, high]: [string, string],
  what = '',
): string | undefined {
  if (typeof least === 'number' && value < least) return `${what}${value} is under ${low} ${least}`;
  if (typeof most === 'number' && value > most) return `${what}${value} is over ${high} ${most}`;
  return undefined;
}

function textFault(value: string, schema: JsonMap): string | undefined {
  const pattern = field(schema, 'pattern');
  if (typeof pattern === 'string' && matches(pattern, value) === false) {
    return `${describe(value)} does not match the pattern ${quote(pattern)}`;
  }
  const isBound = field(schema, 'minLength') !== undefined || field(schema, 'maxLength') !== undefined;
  return (
    formatFault(value, field(schema, 'format')) ??
    (isBound ? boundFault(characters(value), schema, ['minLength', 'maxLength'], 'its length ') : undefined)
  );
}

/** Kubernetes counts characters, not UTF-16 units (V15). */
function characters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += (text.codePointAt(i) ?? 0) > 0xff_ff ? 2 : 1) count += 1;
  return count;
}

function listFault(value: readonly unknown[], pair: Pair, open: Pair[]): string | undefined {
  const { schema, path, isPartial } = pair;
  const said = field(schema, 'items');
  // Where nothing is said of the items they have no fields.
  const items = isMap(said) ? said : {};
  // A list that keeps unknown fields opens its items one level, and so does a list in it.
  const isOpen = pair.isOpen || keeps(schema);
  value.forEach((item, i) => open.push({ value: item, schema: items, path: [...path, i], isPartial, isOpen }));
  return boundFault(value.length, schema, ['minItems', 'maxItems'], 'its length ');
}

function mapFault(value: JsonMap, pair: Pair, open: Pair[]): string | undefined {
  const { schema, path, isPartial } = pair;
  const properties = field(schema, 'properties');
  const additional = field(schema, 'additionalProperties');
  // Where any field may be, those of the objects in them are unknown.
  const others = additional === true && !keeps(schema) ? {} : additional;
  const isEmbedded = field(schema, embeddedKey) === true;
  const isClosed = !isPartial && !pair.isOpen && !keeps(schema) && additional !== true && !isMap(others);
  for (const key of Object.keys(value)) {
    // The server knows more of a resource's metadata than the schema says.
    const isOwn = isEmbedded && ownFields.has(key);
    const inner = (isMap(properties) ? field(properties, key) : undefined) ?? others;
    const read = isOwn && key === 'metadata' ? metadataAsRead(value[key]) : value[key];
    const below = { value: read, path: [...path, key], isPartial: isPartial || isOwn, isOpen: false };
    if (isMap(inner)) open.push({ ...below, schema: inner });
    else if (isClosed && !isOwn) return `${quote(key)} is unknown`;
  }
  const missing = isEmbedded ? resourceFault(value) : undefined;
  return missing ?? requiredFault(value, schema) ?? countFault(value, schema);
}

function requiredFault(value: JsonMap, schema: JsonMap): string | undefined {
  const required = field(schema, 'required');
  if (!Array.isArray(required)) return undefined;
  // What has a default itself is not filled in here.
  const absent: unknown = required
    // Null is an empty text to the API server.
    .map((key: unknown) => key ?? '')
    .find((key) => typeof key === 'string' && !Object.hasOwn(value, key));
  return typeof absent === 'string' ? `${quote(absent)} is required` : undefined;
}

function countFault(value: JsonMap, schema: JsonMap): string | undefined {
  return boundFault(Object.keys(value).length, schema, ['minProperties', 'maxProperties'], 'its number of fields ');
}

function keeps(schema: JsonMap): boolean {
  return field(schema, 'x-kubernetes-preserve-unknown-fields') === true;
}
