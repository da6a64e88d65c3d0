import type { Random } from '../simulator/random.js';
import { type Schema, storedAs } from './judge.js';
import { randomValue } from './random-value.js';

const plainNames = ['a', 'b', 'c', 'd', 'e', 'name', 'kind', 'fooBar', 'foo-bar', 'list', 'map'];
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
  return random.percent(18) ? withDefault(random, made) : made;
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

function valueBranch(random: Random, type: string): Schema {
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
  return schema;
}

function arraySchema(random: Random, depth: number): Schema {
  const schema: Record<string, unknown> = { type: 'array', items: randomNode(random, depth + 1) };
  if (random.percent(8)) schema['x-kubernetes-preserve-unknown-fields'] = true;
  if (random.percent(15)) schema['minItems'] = random.int(0, 2);
  return schema;
}

function objectSchema(random: Random, depth: number): Schema {
  if (random.percent(14)) {
    const values = random.percent(10) ? true : randomNode(random, depth + 1);
    const map: Record<string, unknown> = { type: 'object', additionalProperties: values };
    if (random.percent(8)) map['required'] = [random.pick(plainNames)];
    return map;
  }
  const names = [...new Set(Array.from({ length: random.int(0, depth === 0 ? 7 : 5) }, () => fieldName(random)))];
  const schema: Record<string, unknown> = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, randomNode(random, depth + 1)])),
  };
  const isOpen = random.percent(14);
  if (isOpen) {
    if (random.percent(30)) schema['additionalProperties'] = true;
    else schema['x-kubernetes-preserve-unknown-fields'] = true;
    if (random.percent(15) && schema['additionalProperties'] === undefined && depth > 0) delete schema['type'];
  }
  if (random.percent(6)) schema['x-kubernetes-embedded-resource'] = true;
  const required = names.filter(() => random.percent(25));
  if (isOpen && random.percent(15)) required.push(random.pick(plainNames));
  if (required.length > 0) schema['required'] = [...new Set(required)];
  if (names.length > 0) addCombinations(random, schema, isOpen ? [...names, random.pick(plainNames)] : names);
  return schema;
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
  if (type === 'array') return { [random.pick(['minItems', 'maxItems'])]: 1 };
  return random.percent(20) ? { not: { enum: members(random, type) } } : valueBranch(random, type);
}
