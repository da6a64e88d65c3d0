import type { Random } from '../simulator/random.js';
import { isMap, type Schema, storedAs } from './judge.js';
import { randomValue } from './random-value.js';

const plainNames = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'name',
  'kind',
  'fooBar',
  'foo-bar',
  'list',
  'map',
  'metadata',
  'spec',
  'status',
];
const trickyNames = [
  'type',
  'items',
  'required',
  'properties',
  'not',
  'manifest',
  'base',
  '',
  '__proto__',
  'constructor',
  'apiVersion',
];
const moreTrickyNames = ['toString', 'valueOf', 'hasOwnProperty', '1x', '$ref', 'Base', 'Manifest', 'default', 'enum'];
const texts = ['', 'x', 'y', '1', 'auto', "it's", '`${x}`', 'a\nb'];
const numbers = [0, 1, 2, -1, 3];

/** The schema of a random kind: a structural one, as a valid CRD has it. The root is an object; its own fields have other names. */
export function randomRoot(random: Random): Schema {
  const root = objectSchema(random, 0);
  const properties = Object.entries((root['properties'] ?? {}) as object).filter(([name]) => !isHeadField(name));
  const required = ((root['required'] ?? []) as string[]).filter((name) => !isHeadField(name));
  // A root that is a map or an embedded resource is no root.
  const { additionalProperties: _map, 'x-kubernetes-embedded-resource': _embedded, nullable: _null, ...rest } = root;
  return { ...rest, type: 'object', properties: Object.fromEntries(properties), required };
}

function isHeadField(name: string): boolean {
  return name === 'apiVersion' || name === 'kind' || name === 'metadata';
}

function randomNode(random: Random, depth: number): Schema {
  const made = withNull(random, baseNode(random, depth));
  const restricted = random.percent(3) ? withMembers(random, made) : made;
  return random.percent(18) ? withDefault(random, restricted) : restricted;
}

/** An enum of lists or objects says nothing that a type can say. */
function withMembers(random: Random, schema: Schema): Schema {
  if (schema['type'] !== 'array' && schema['type'] !== 'object') return schema;
  return { ...schema, enum: [randomValue(random, schema), randomValue(random, schema)] };
}

/** The schema of another version: the same fields, other defaults. */
export function otherDefaults(random: Random, schema: Schema): Schema {
  const inner = (node: unknown): unknown => (isMap(node) ? otherDefaults(random, node) : node);
  const result = { ...schema };
  if (isMap(schema['items'])) result['items'] = inner(schema['items']);
  if (isMap(schema['additionalProperties'])) result['additionalProperties'] = inner(schema['additionalProperties']);
  if (isMap(schema['properties'])) {
    const fields = Object.entries(schema['properties']).map(([name, node]) => [name, inner(node)] as const);
    result['properties'] = Object.fromEntries(fields.map(([name, node]) => [name, otherDefault(random, node)]));
  }
  return result;
}

function otherDefault(random: Random, node: unknown): unknown {
  if (!isMap(node)) return node;
  const { default: was, ...rest } = node;
  if (was !== undefined) return random.percent(50) ? rest : node;
  return random.percent(12) ? withDefault(random, node) : node;
}

function baseNode(random: Random, depth: number): Schema {
  const chance = random.int(0, 99);
  if (depth < 3 && chance < 30) return objectSchema(random, depth);
  if (depth < 3 && chance < 42) return arraySchema(random, depth);
  if (chance < 50) return intOrString(random);
  if (chance < 54) return { 'x-kubernetes-preserve-unknown-fields': true };
  if (chance < 57) return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return scalar(random);
}

function withNull(random: Random, schema: Schema): Schema {
  return random.percent(15) ? { ...schema, nullable: true } : schema;
}

/** A default has to meet its own schema, or the CRD is refused (V19). */
function withDefault(random: Random, schema: Schema): Schema {
  for (let i = 0; i < 4; i += 1) {
    const value = randomValue(random, schema);
    if (value !== null && storedAs(value, schema) !== undefined) return { ...schema, default: value };
  }
  return schema;
}

function scalar(random: Random): Schema {
  const type = random.pick(['string', 'string', 'integer', 'number', 'boolean']);
  const schema: Record<string, unknown> = { type };
  if (random.percent(30)) schema['enum'] = members(random, type);
  else if (type === 'string' && random.percent(20)) schema['maxLength'] = random.int(0, 4);
  else if (type === 'integer' && random.percent(20)) schema['minimum'] = random.int(-1, 2);
  if (random.percent(8)) schema[random.pick(['anyOf', 'oneOf', 'allOf'])] = valueBranches(random, type);
  if (random.percent(4)) schema['not'] = { enum: members(random, type) };
  return schema;
}

function valueBranches(random: Random, type: string): Schema[] {
  return Array.from({ length: random.int(1, 3) }, () => valueBranch(random, type));
}

function valueBranch(random: Random, type: string, depth = 0): Schema {
  if (depth < 2 && random.percent(8)) {
    const inner = [1, 2].map(() => valueBranch(random, type, depth + 1));
    return { [random.pick(['anyOf', 'oneOf', 'allOf'])]: inner };
  }
  if (type === 'string' && random.percent(40)) return { [random.pick(['minLength', 'maxLength'])]: random.int(0, 3) };
  if (type === 'integer' && random.percent(40)) return { [random.pick(['minimum', 'maximum'])]: random.int(-1, 2) };
  return { enum: members(random, type) };
}

/** Members of the right type, with some that the type rules out (V3), null (V2), doubles, or none at all. */
function members(random: Random, type: string): unknown[] {
  if (random.percent(4)) return [];
  const right: readonly unknown[] = type === 'string' ? texts : type === 'boolean' ? [true, false] : numbers;
  const all = Array.from({ length: random.int(1, 4) }, () => random.pick(right));
  if (random.percent(15)) all.push(random.pick([null, 1, '1', true, 1.5]));
  return all;
}

function intOrString(random: Random): Schema {
  const schema: Record<string, unknown> = { 'x-kubernetes-int-or-string': true };
  if (random.percent(40)) schema['anyOf'] = [{ type: 'integer' }, { type: 'string' }];
  else if (random.percent(30)) schema['enum'] = [...members(random, 'string'), ...members(random, 'integer')];
  // It has no effect (V4).
  if (random.percent(10)) schema['type'] = random.pick(['string', 'integer']);
  return schema;
}

function arraySchema(random: Random, depth: number): Schema {
  const schema: Record<string, unknown> = { type: 'array', items: randomNode(random, depth + 1) };
  if (random.percent(8)) schema['x-kubernetes-preserve-unknown-fields'] = true;
  if (random.percent(15)) schema['minItems'] = random.int(0, 2);
  return random.percent(20) ? { ...schema, ...listType(random, schema['items'] as Schema) } : schema;
}

/** A list whose items differ, or whose items have keys that do (V16). */
function listType(random: Random, items: Schema): Schema {
  const isScalar = (node: Schema): boolean =>
    ['string', 'integer', 'number', 'boolean'].includes(String(node['type'])) && node['nullable'] !== true;
  if (isScalar(items)) return { 'x-kubernetes-list-type': 'set' };
  const required = (items['required'] ?? []) as string[];
  const keys = Object.entries((items['properties'] ?? {}) as Record<string, Schema>).filter(
    ([name, node]) => isScalar(node) && (required.includes(name) || node['default'] !== undefined),
  );
  if (items['type'] !== 'object' || items['nullable'] === true || keys.length === 0) return {};
  return { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [random.pick(keys)[0]] };
}

function objectSchema(random: Random, depth: number): Schema {
  if (random.percent(14)) {
    const values = random.percent(10) ? true : randomNode(random, depth + 1);
    const map: Record<string, unknown> = { type: 'object', additionalProperties: values };
    if (random.percent(8)) map['required'] = [random.pick(plainNames)];
    if (random.percent(6) && values !== true) map['x-kubernetes-preserve-unknown-fields'] = true;
    if (random.percent(30)) addCombinations(random, map, [random.pick(plainNames), fieldName(random)]);
    return map;
  }
  const names = [...new Set(Array.from({ length: random.int(0, depth === 0 ? 7 : 5) }, () => fieldName(random)))];
  const isEmbedded = depth > 0 && random.percent(8);
  const fieldOf = (name: string): Schema =>
    (isEmbedded ? embeddedField(random, name) : undefined) ?? randomNode(random, depth + 1);
  const schema: Record<string, unknown> = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, fieldOf(name)])),
  };
  const isOpen = random.percent(14);
  if (isOpen) {
    if (random.percent(30)) schema['additionalProperties'] = true;
    else schema['x-kubernetes-preserve-unknown-fields'] = true;
    if (random.percent(15) && schema['additionalProperties'] === undefined && depth > 0) delete schema['type'];
  }
  if (isEmbedded) schema['x-kubernetes-embedded-resource'] = true;
  const required = names.filter(() => random.percent(25));
  if (isOpen && random.percent(15)) required.push(random.pick(plainNames));
  if (required.length > 0) schema['required'] = [...new Set(required)];
  if (depth > 0 && random.percent(7)) Object.assign(schema, counts(random, names));
  if (names.length > 0) addCombinations(random, schema, isOpen ? [...names, random.pick(plainNames)] : names);
  return schema;
}

/** How many fields an object may have; with a branch that counts, too, in an `allOf`. */
function counts(random: Random, names: readonly string[]): Schema {
  const own = { maxProperties: random.pick([1, 1, 1, 2]), ...(random.percent(50) ? { minProperties: 1 } : {}) };
  const some = Object.fromEntries(names.slice(0, 2).map((name) => [name, {}]));
  return random.percent(30) ? { allOf: [{ ...own, properties: some }] } : own;
}

/** What a schema may say of the fields that every resource has; `undefined` for any other. */
function embeddedField(random: Random, name: string): Schema | undefined {
  if (name === 'metadata') return random.percent(30) ? { type: 'object', default: {} } : { type: 'object' };
  if (name !== 'kind' && name !== 'apiVersion') return undefined;
  const members = random.percent(40) ? { enum: ['v1', 'Pod'] } : {};
  return { type: 'string', ...members, ...(random.percent(50) ? { default: 'Pod' } : {}) };
}

function fieldName(random: Random): string {
  const chance = random.int(0, 99);
  if (chance < 85) return random.pick(plainNames);
  return random.pick(chance < 93 ? trickyNames : moreTrickyNames);
}

function addCombinations(random: Random, schema: Record<string, unknown>, names: readonly string[]): void {
  for (const key of ['oneOf', 'anyOf', 'allOf'] as const) {
    if (!random.percent(key === 'allOf' ? 8 : 14)) continue;
    const branches = Array.from({ length: random.int(1, 3) }, () => objectBranch(random, { schema, names, depth: 0 }));
    if (key === 'oneOf' && random.percent(30)) branches.unshift(noneOf(names.slice(0, random.int(1, 3))));
    schema[key] = branches;
  }
  if (random.percent(5)) schema['not'] = objectBranch(random, { schema, names, depth: 1 });
}

function noneOf(names: readonly string[]): Schema {
  return { not: { anyOf: names.map((name) => ({ required: [name] })) } };
}

interface BranchOf {
  readonly schema: Schema;
  readonly names: readonly string[];
  readonly depth: number;
}

/** A branch asks for fields, narrows them, or combines other branches; `type` and the like are not allowed in it (V19). */
function objectBranch(random: Random, of: BranchOf): Schema {
  const branch: Record<string, unknown> = {};
  const { names, depth } = of;
  if (random.percent(80))
    branch['required'] = [...new Set([random.pick(names), random.pick(names)])].slice(random.int(0, 1));
  if (random.percent(30)) branch['properties'] = narrowing(random, of);
  if (depth < 2 && random.percent(12)) {
    branch[random.pick(['anyOf', 'oneOf', 'allOf'])] = [1, 2].map(() =>
      objectBranch(random, { ...of, depth: depth + 1 }),
    );
  }
  if (depth < 2 && random.percent(12)) branch['not'] = objectBranch(random, { ...of, depth: depth + 1 });
  return branch;
}

/** What a branch says of a field that the object declares. */
function narrowing(random: Random, { schema, names }: BranchOf): Schema {
  const declared = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).filter(([name]) =>
    names.includes(name),
  );
  if (declared.length === 0) return {};
  const [name, field] = random.pick(declared);
  return Object.fromEntries([[name, fieldBranch(random, field)]]);
}

function fieldBranch(random: Random, field: Schema): Schema {
  const type = typeof field['type'] === 'string' ? field['type'] : 'string';
  if (field['x-kubernetes-int-or-string'] === true)
    return random.pick([{ type: 'integer' }, { type: 'string' }, { enum: [1, 'auto'] }]);
  const inner = Object.keys((field['properties'] ?? {}) as object);
  if (type === 'object') return inner.length > 0 ? { required: [random.pick(inner)] } : {};
  if (type === 'array') {
    const items = field['items'];
    const isEnum = isMap(items) && typeof items['type'] === 'string' && random.percent(30);
    return isEnum
      ? { items: { enum: members(random, String(items['type'])) } }
      : { [random.pick(['minItems', 'maxItems'])]: 1 };
  }
  return random.percent(20) ? { not: { enum: members(random, type) } } : valueBranch(random, type);
}
