import { isMap, type JsonMap } from '../load/json-value.js';
import { below, stepsOf } from './references.js';
import { dataKeywords, namedSchemas } from './schema-words.js';

/**
 * What JSON Schema leaves open where nothing is said, in words that the printing tool leaves open, too: it takes a schema without a type
 * for an object, a tuple for closed, keys that no pattern meets for forbidden, and what stands beside a `$ref` for an override. `bundle`
 * is a schema of which every reference leads to itself; all of them lead to the same places in what is returned.
 */
export function openWords(bundle: JsonMap): JsonMap {
  return open(bundle, { bundle, pointer: '', targets: targetsIn(bundle), type: undefined });
}

interface At {
  readonly bundle: JsonMap;
  readonly pointer: string;
  /** Where references lead, and what is above these places. */
  readonly targets: ReadonlySet<string>;
  /** Of a branch: the type of the schema that it is a branch of. */
  readonly type: unknown;
}

/** Keywords of objects and lists, which say nothing of other values. */
const ofParts = ['properties', 'patternProperties', 'additionalProperties', 'items'];
/** Keywords that the printing tool makes a type of. */
const typing = ['type', 'enum', 'const', '$ref', 'allOf', 'anyOf', 'oneOf', ...ofParts];
const branches: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf']);
/** Keywords that are shown. */
const shown = ['title', 'description', 'deprecated'];

function open(schema: JsonMap, at: At): JsonMap {
  const parts = Object.entries(schema).map(([key, value]) => [key, openPart(key, value, schema, at)] as const);
  const opened = openMap(openTuple(typed(Object.fromEntries(parts), at)));
  return separateAllOf(openReference(opened, at.bundle), at);
}

function openPart(key: string, value: unknown, schema: JsonMap, at: At): unknown {
  if (dataKeywords.has(key)) return value;
  const pointer = below(at.pointer, key);
  const inside = { ...at, pointer, type: branches.has(key) ? schema['type'] : undefined };
  if (namedSchemas.has(key) && isMap(value)) return openEach(value, inside);
  return openValue(value, inside);
}

function openEach(schemas: JsonMap, at: At): JsonMap {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, one]) => [name, openValue(one, { ...at, pointer: below(at.pointer, name) })]),
  );
}

function openValue(value: unknown, at: At): unknown {
  if (Array.isArray(value))
    return value.map((one: unknown, i) => openValue(one, { ...at, pointer: below(at.pointer, i) }));
  return isMap(value) ? open(value, at) : value;
}

/** With a type where one must be said: of a value of any kind, of a branch, and of an object that has branches and no fields. */
function typed(schema: JsonMap, { pointer, targets, type }: At): JsonMap {
  const has = (key: string): boolean => Object.hasOwn(schema, key);
  if (!typing.some(has)) {
    return pointer === '' || shown.some(has) || targets.has(pointer) ? { ...schema, tsType: 'unknown' } : {};
  }
  if (type !== undefined && !has('type') && ofParts.some(has)) return { ...schema, type };
  if (schema['type'] === 'object' && [...branches].some(has) && !has('properties') && saysNothing(schema))
    return { ...schema, properties: {} };
  return schema;
}

/** Whether the branches of a schema let every value pass. */
function saysNothing(schema: JsonMap): boolean {
  const isOpen = (one: unknown): boolean =>
    isMap(one) && (Object.keys(one).length === 0 || Object.hasOwn(one, 'tsType'));
  const { allOf, anyOf, oneOf } = schema;
  if (Array.isArray(allOf) && !allOf.every(isOpen)) return false;
  return [anyOf, oneOf].every((list) => !Array.isArray(list) || list.some(isOpen));
}

function openTuple(schema: JsonMap): JsonMap {
  const { items, maxItems } = schema;
  const isFull = Array.isArray(items) && typeof maxItems === 'number' && maxItems <= items.length;
  return !Array.isArray(items) || isFull ? schema : { additionalItems: true, ...schema };
}

/** Patterns of which everybody thinks that they meet every key. */
const everyKey = /^(?:[.^$]?|\^?(?:\.|\[\\s\\S\])[*+]\$?)$/;

function openMap(schema: JsonMap): JsonMap {
  const { patternProperties: patterns, unevaluatedProperties } = schema;
  if (!isMap(patterns) || unevaluatedProperties === false || Object.keys(patterns).some((one) => everyKey.test(one)))
    return schema;
  return { additionalProperties: true, ...schema };
}

/**
 * The printing tool overrides the fields of what a reference leads to by those beside it. So the reference goes into a branch of its own.
 * Beside a closed schema the fields are closed, too, as TypeScript takes all keys where one of two types does.
 */
function openReference(schema: JsonMap, bundle: JsonMap): JsonMap {
  const { $ref, ...rest } = schema;
  const free = freeBranch(rest);
  if (typeof $ref !== 'string' || free === undefined) return schema;
  if (!isMap(rest['properties']) && !isMap(rest['patternProperties'])) return schema;
  return { ...(isClosed($ref, bundle) ? { additionalProperties: false } : {}), ...rest, [free]: [{ $ref }] };
}

/** Whether a reference leads to a schema that takes no other fields, or to one that refers to such a schema. */
function isClosed(start: string, bundle: JsonMap): boolean {
  const seen = new Set<string>();
  for (let ref: unknown = start; typeof ref === 'string' && !seen.has(ref);) {
    seen.add(ref);
    const target = valueAt(ref.slice(1), bundle);
    if (!isMap(target)) return false;
    if (target['additionalProperties'] === false) return true;
    ref = target['$ref'];
  }
  return false;
}

/** A word for a branch that the schema does not have. */
function freeBranch(schema: JsonMap): string | undefined {
  return ['anyOf', 'oneOf'].find((key) => !Object.hasOwn(schema, key));
}

function valueAt(pointer: string, bundle: JsonMap): unknown {
  let value: unknown = bundle;
  for (const key of stepsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonMap)[key];
  }
  return value;
}

/**
 * `allOf` with references, which may lead back to the schema, in a branch of its own: the printing tool gives up where they do and the
 * schema says something besides.
 */
function separateAllOf(schema: JsonMap, { pointer, targets }: At): JsonMap {
  const { allOf, ...rest } = schema;
  const has = (key: string): boolean => Object.hasOwn(rest, key);
  if (allOf === undefined || !typing.some((key) => key !== 'type' && has(key))) return schema;
  const free = freeBranch(rest);
  if (free === undefined || targets.has(below(pointer, 'allOf')) || !JSON.stringify(allOf).includes('"$ref"'))
    return schema;
  return { ...rest, [free]: [{ allOf }] };
}

function targetsIn(bundle: JsonMap): Set<string> {
  const targets = new Set<string>();
  const left: unknown[] = [bundle];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const ref = isMap(next) ? next['$ref'] : undefined;
    if (typeof ref === 'string')
      for (
        let at = stepsOf(ref.slice(1)).reduce(below, '');
        at !== '' && !targets.has(at);
        at = at.slice(0, at.lastIndexOf('/'))
      )
        targets.add(at);
    left.push(...Object.values(next));
  }
  return targets;
}
