import { enumOf } from './enum.js';
import { typesOf, type RawSchema } from './raw-schema.js';
import type { Literal, TypeNode } from './resource.js';
import { literals, nullNode, numberNode, plainType, stringNode, union } from './type-node.js';

/** The narrower type that a branch gives a declared field (F22); `undefined` where it says nothing that a type can say. */
export function narrow(base: TypeNode, branch: RawSchema): TypeNode | undefined {
  if (base.t === 'union') {
    const members = base.members.map((member) => (member.t === 'null' ? nullNode : (narrow(member, branch) ?? member)));
    return members.every((member, i) => member === base.members[i]) ? undefined : union(members);
  }
  const values = enumOf(branch);
  const byEnum = values && keepLiterals(base, values);
  if (byEnum !== undefined) return byEnum;
  const types = typesOf(branch);
  if (types.length === 0) return undefined;
  if (base.t === 'unknown') return union(types.map(plainType));
  if (base.t === 'support' && base.name === 'IntOrString') {
    const kept = [numberNode, stringNode].filter((node) => types.some((type) => plainType(type).t === node.t));
    return kept.length === 1 ? kept[0] : undefined;
  }
  return undefined;
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
      const kept = base.values.filter((value) => values.includes(value));
      return kept.length === base.values.length ? undefined : literals(kept);
    }
    case 'support':
      return base.name === 'IntOrString' ? literals(values.filter((value) => typeof value !== 'boolean')) : undefined;
    default:
      return undefined;
  }
}
