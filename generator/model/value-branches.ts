import { listed } from './choice-words.js';
import { ruleOf } from './combination-rules.js';
import { inlineCode, isAllTags } from './docs.js';
import { enumOf } from './enum.js';
import { narrow } from './narrow.js';
import { combinationKeys, field, schemaList, type RawSchema } from './raw-schema.js';
import type { TypeNode } from './resource.js';
import { literals, union } from './type-node.js';

type Combination = 'allOf' | 'anyOf' | 'oneOf';

const deepestBranch = 8;

/** The type of a value that is no object, narrowed by the enums in its combinations (F15, F24): all of `allOf`, any of the others. */
export function narrowByBranches(base: TypeNode, node: RawSchema, depth = 0): TypeNode {
  // Nearly all nodes have none.
  if (depth > deepestBranch || combinationKeys.every((key) => field(node, key) === undefined)) return base;
  const narrowed = (type: TypeNode, branch: RawSchema): TypeNode =>
    narrowByBranches(narrow(type, untyped(branch)) ?? type, branch, depth + 1);
  let type = narrow(base, { not: field(node, 'not') }) ?? base;
  type = schemaList(node, 'allOf').reduce(narrowed, type);
  for (const key of ['anyOf', 'oneOf'] as const) {
    const branches = schemaList(node, key).map((branch) => narrowed(type, branch));
    if (branches.length > 0 && !branches.includes(type)) type = anyOfThem(branches);
  }
  return type;
}

/** Of an int-or-string the branches repeat the two types, which is no news. */
function untyped(branch: RawSchema): RawSchema {
  return Object.fromEntries(Object.entries(branch).filter(([key]) => key !== 'type'));
}

function anyOfThem(types: readonly TypeNode[]): TypeNode {
  if (!types.every((type) => type.t === 'literals')) return union(types);
  return literals([...new Set(types.flatMap(({ values }) => values))]);
}

/** Combinations of a value that is no object: told in words, unless they name types only, or the type and the tags say it. */
export function valueRules(node: RawSchema): string[] {
  return combinationKeys.flatMap((key) => {
    const value = field(node, key);
    if (value === undefined) return [];
    if (key === 'not') return [ruleOf(key, value)];
    const branches = schemaList(node, key);
    if (branches.every(hasOnly(['type', 'format']))) return formatRule(key, branches);
    return isSaidElsewhere(key, branches) ? [] : [ruleOf(key, value)];
  });
}

function hasOnly(names: readonly string[]): (branch: RawSchema) => boolean {
  return (branch) => Object.keys(branch).every((key) => names.includes(key));
}

/** The formats that a value may have, where each branch has one: those of `allOf` are tags. */
function formatRule(combination: Combination, branches: readonly RawSchema[]): string[] {
  const formats = branches.map((branch) => field(branch, 'format')).filter((format) => typeof format === 'string');
  if (combination === 'allOf' || formats.length === 0 || formats.length < branches.length) return [];
  return [`Must have the format ${listed([...new Set(formats)].map(inlineCode), 'or')}.`];
}

function isSaidElsewhere(combination: Combination, branches: readonly RawSchema[]): boolean {
  if (combination === 'allOf') return branches.every(isAllTags);
  const members = branches.filter(hasOnly(['enum'])).map(enumOf);
  // What two branches of a `oneOf` take, neither takes.
  const all = members.flatMap((values) => values ?? []);
  return (
    members.length === branches.length &&
    !members.includes(undefined) &&
    (combination === 'anyOf' || new Set(all).size === all.length)
  );
}
