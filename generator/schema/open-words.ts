import { inherited } from '../emit/field.js';
import { isMap, type JsonMap } from '../load/json-value.js';
import { withMetValues } from './met-values.js';
import { openLists } from './open-lists.js';
import { createRefersTo, openReference, type RefersTo, separateAllOf } from './open-references.js';
import { below, stepsOf } from '../load/json-pointer.js';
import { withRequiredChoices } from './required-choices.js';
import { anyValue, dataKeywords, namedSchemas, ofParts, typing } from './schema-words.js';

/**
 * What JSON Schema leaves open where nothing is said, in words that the printing tool leaves open, too: it takes a schema without a type
 * for an object, a tuple for closed, keys that no pattern meets for forbidden, and what stands beside a `$ref` for an override. `bundle`
 * is a schema of which every reference leads to itself; all of them lead to the same places in what is returned.
 */
export function openWords(bundle: JsonMap): JsonMap {
  return open(bundle, {
    refersTo: createRefersTo(bundle),
    pointer: '',
    targets: targetsIn(bundle),
    type: undefined,
    isBranch: false,
  });
}

interface At {
  readonly refersTo: RefersTo;
  readonly pointer: string;
  /** Where references lead, and what is above these places. */
  readonly targets: ReadonlySet<string>;
  /** Of a branch: the type of the schema that it is a branch of. */
  readonly type: unknown;
  readonly isBranch: boolean;
}

const branches: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf']);
/**
 * Keywords with lists and maps that types are made of. The printing tool follows the references in any other, such as `if`, `not` or `x-of`,
 * and takes what it finds there for schemas: those may lead back, and are nothing to print.
 */
const read: ReadonlySet<string> = new Set([...typing, 'required', 'additionalItems', 'definitions', '$defs']);
/** Keywords that are shown. */
const shown = ['title', 'description', 'deprecated'];

function open(given: JsonMap, at: At): JsonMap {
  const schema = withRequiredChoices(given, (key) => at.targets.has(below(at.pointer, key)));
  const isKept = (key: string, value: unknown): boolean =>
    typeof value !== 'object' || read.has(key) || at.targets.has(below(at.pointer, key));
  const parts = Object.entries(schema)
    .filter(([key, value]) => isKept(key, value))
    .map(([key, value]) => [key, openPart(key, value, schema, at)] as const);
  const choice = withoutOpenBranches(Object.fromEntries(parts), at);
  const opened = openMap(openLists(typed(ofItsType(withPrintedData(withMetValues(choice)), at), at)));
  return separateAllOf(openReference(opened, at), at);
}

function openPart(key: string, value: unknown, schema: JsonMap, at: At): unknown {
  if (dataKeywords.has(key)) return value;
  const pointer = below(at.pointer, key);
  const isBranch = branches.has(key);
  const inside = { ...at, pointer, type: isBranch ? schema['type'] : undefined, isBranch };
  if (!namedSchemas.has(key) || !isMap(value)) return openValue(value, inside);
  const opened = openEach(value, inside);
  return key === 'properties' ? openFields(opened, schema, at) : opened;
}

function openFields(fields: JsonMap, schema: JsonMap, { isBranch, pointer, targets }: At): JsonMap {
  const required = new Set<unknown>(Array.isArray(schema['required']) ? schema['required'] : []);
  const isPart = isBranch || [...branches, '$ref'].some((key) => Object.hasOwn(schema, key));
  const place = below(pointer, 'properties');
  const openField = (name: string, field: unknown): unknown => {
    if (targets.has(below(place, name))) return field;
    if (required.has(name)) return isPart ? withSaidValue(field) : field;
    return withInherited(name, field);
  };
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, openField(name, field)]));
}

/** A required field of a type that others stand beside. */
function withSaidValue(field: unknown): unknown {
  if (!isOpen(field)) return field;
  return { ...(isMap(field) ? field : {}), tsType: anyValue };
}

/** A field that may be left out, and that every object literal may inherit: it must be assignable without it. */
function withInherited(name: string, field: unknown): unknown {
  const tsType = inherited.get(name);
  return tsType === undefined || isOpen(field) ? field : { anyOf: [field, { tsType }] };
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

/** Without branches that let every value pass: the printing tool forgets to declare what it calls by name in them. */
function withoutOpenBranches(schema: JsonMap, { pointer, targets }: At): JsonMap {
  const saysNothing = (key: string, list: unknown): boolean =>
    branches.has(key) &&
    Array.isArray(list) &&
    (key === 'allOf' ? list.every(isOpen) : list.some(isOpen)) &&
    !targets.has(below(pointer, key));
  return Object.fromEntries(Object.entries(schema).filter(([key, value]) => !saysNothing(key, value)));
}

/** Whether a schema lets every value pass. */
function isOpen(schema: unknown): boolean {
  return schema === true || (isMap(schema) && (Object.keys(schema).length === 0 || schema['tsType'] === 'unknown'));
}

/** With objects and lists that are data as a type: the printing tool would follow references in them, and take them for schemas. */
function withPrintedData(schema: JsonMap): JsonMap {
  const { const: one, enum: several, ...rest } = schema;
  const values = one === undefined ? several : [one];
  if (!Array.isArray(values) || values.every((value) => typeof value !== 'object' || value === null)) return schema;
  return { ...rest, tsType: `(${values.map((value) => JSON.stringify(value)).join(' | ')})` };
}

/** Without words of objects or lists where the type is of neither: the printing tool takes one of each in some places. */
function ofItsType(schema: JsonMap, { pointer, targets }: At): JsonMap {
  const { type } = schema;
  if (type === undefined) return schema;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const isOther = (key: string): boolean =>
    ofParts.includes(key) && !types.includes(key === 'items' ? 'array' : 'object');
  const isDropped = (key: string): boolean => isOther(key) && !targets.has(below(pointer, key));
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !isDropped(key)));
}

/** With a type where one must be said: of a value of any kind, and of a branch. */
function typed(schema: JsonMap, { pointer, targets, type }: At): JsonMap {
  const has = (key: string): boolean => Object.hasOwn(schema, key);
  if (has('tsType')) return schema;
  if (!typing.some(has)) {
    return pointer === '' || shown.some(has) || targets.has(pointer) ? { ...schema, tsType: 'unknown' } : {};
  }
  if (type !== undefined && !has('type') && ofParts.some(has)) return { ...schema, type };
  return schema;
}

/** Patterns of which everybody thinks that they meet every key. */
const everyKey = /^(?:[.^$]?|\^?(?:\.|\[\\s\\S\])[*+]\$?)$/;

function openMap(schema: JsonMap): JsonMap {
  const { patternProperties: patterns, unevaluatedProperties } = schema;
  if (!isMap(patterns) || unevaluatedProperties === false || Object.keys(patterns).some((one) => everyKey.test(one)))
    return schema;
  return { additionalProperties: true, ...schema };
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
    for (const inner of Object.values(next)) left.push(inner);
  }
  return targets;
}
