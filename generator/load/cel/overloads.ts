import type { Overload } from './functions.js';
import { isSameType, simple, variableOf, type CelType } from './types.js';
import type { Unifier } from './unify.js';

/** The overloads that take some arguments, and what they give. */
export interface Resolution {
  readonly type: CelType;
  readonly overloads: readonly Overload[];
}

/** Finds the overloads that take `args`: more than one where types are known at runtime only. Undefined where none does. */
export function resolveOverloads(
  unifier: Unifier,
  candidates: readonly Overload[],
  { args, isMethod }: { readonly args: readonly CelType[]; readonly isMethod: boolean },
): Resolution | undefined {
  let result: CelType | undefined;
  const overloads: Overload[] = [];
  for (const overload of candidates) {
    if (overload.isMethod !== isMethod) continue;
    const { params, result: mine } = instantiate(overload, unifier);
    if (!unifier.accepts(args, params)) continue;
    overloads.push(overload);
    const type = unifier.resolve(mine);
    if (result === undefined) result = type;
    else if (result.kind !== 'dyn' && !isSameType(result, type)) result = simple.dyn;
  }
  return result === undefined ? undefined : { type: result, overloads };
}

function instantiate(
  { params, result, variables }: Overload,
  unifier: Unifier,
): { readonly params: readonly CelType[]; readonly result: CelType } {
  if (variables.length === 0) return { params, result };
  const fresh = new Map(variables.map((name) => [name, unifier.fresh()]));
  return { params: params.map((param) => replace(param, fresh)), result: replace(result, fresh) };
}

function replace(type: CelType, by: ReadonlyMap<string, CelType>): CelType {
  if (type.kind === 'variable') return by.get(type.name) ?? variableOf(type.name);
  return type.params.length === 0 ? type : { ...type, params: type.params.map((param) => replace(param, by)) };
}
