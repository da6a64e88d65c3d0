import { enumOf } from './enum.js';
import { asSchema, field, typesOf, type RawSchema } from './raw-schema.js';
import type { Literal, TypeNode } from './resource.js';
import { literals, neverNode, nullNode, numberNode, plainType, stringNode, union } from './type-node.js';

/** The narrower type that a branch gives a declared field (F22); `undefined` where it says nothing that a type can say. */
export function narrow(base: TypeNode, branch: RawSchema): TypeNode | undefined {
  if (base.t === 'union') {
    // An enum refuses null, even one that lists it (V2); nothing else in a branch does.
    const nothing = enumOf(branch) === undefined ? nullNode : neverNode;
    const members = base.members.map((member) => (member.t === 'null' ? nothing : (narrow(member, branch) ?? member)));
    return members.every((member, i) => member === base.members[i]) ? undefined : union(members);
  }
  const narrowed = without(byEnum(base, branch) ?? byType(base, branch) ?? base, branch);
  return narrowed === base ? undefined : narrowed;
}

function byEnum(base: TypeNode, branch: RawSchema): TypeNode | undefined {
  const values = enumOf(branch);
  return values && keepLiterals(base, values);
}

function byType(base: TypeNode, branch: RawSchema): TypeNode | undefined {
  const types = typesOf(branch);
  if (types.length === 0) return undefined;
  if (base.t === 'unknown') return union(types.map(plainType));
  if (base.t === 'support' && base.name === 'IntOrString') {
    const kept = [numberNode, stringNode].filter((node) => types.some((type) => plainType(type).t === node.t));
    return kept.length === 1 ? kept[0] : undefined;
  }
  return undefined;
}

/** Without the members that `not: { enum: [a] }` rules out, where they can be counted. */
function without(base: TypeNode, branch: RawSchema): TypeNode {
  const not = asSchema(field(branch, 'not'));
  const values = new Set(not !== undefined && Object.keys(not).length === 1 ? enumOf(not) : []);
  const members = base.t === 'boolean' ? [true, false] : base.t === 'literals' ? base.values : [];
  const kept = members.filter((member) => !values.has(member));
  return kept.length === members.length ? base : literals(kept);
}

function keepLiterals(base: TypeNode, values: readonly Literal[]): TypeNode | undefined {
  switch (base.t) {
    case 'unknown':
      return literals(values);
    case 'string':
    case 'number':
    case 'boolean':
      return literals(values.filter((value) => typeof value === base.t));
    case 'literals': {
      const wanted = new Set(values);
      const kept = base.values.filter((value) => wanted.has(value));
      return kept.length === base.values.length ? undefined : literals(kept);
    }
    case 'support':
      return base.name === 'IntOrString' ? literals(values.filter((value) => typeof value !== 'boolean')) : undefined;
    default:
      return undefined;
  }
}
