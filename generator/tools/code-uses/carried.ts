import { ts } from 'ts-morph';
import type { Tools } from './finding.js';
import type { RuntimePart } from './runtime-types.js';

/** A cluster or client in a field of an object, and the type that it is taken for where the object goes. */
export interface Carried {
  readonly path: readonly string[];
  readonly part: RuntimePart;
  readonly type: ts.Type;
  readonly target: ts.Type;
}

const deepest = 3;

/** What an object takes along to where its type is another one: `run(deps)`. */
export function carriedBy(whole: ts.Type, target: ts.Type, tools: Tools, path: readonly string[] = []): Carried[] {
  const { project, types } = tools;
  const { checker } = project;
  // `this` and type parameters have the members of what they extend.
  const type = checker.getBaseConstraintOfType(whole) ?? whole;
  if (type === target || path.length === deepest || (type.flags & ts.TypeFlags.Object) === 0) return [];
  const alternatives = alternativesOf(target);
  const isOpen = alternatives.some((one) => mayBeAnything(one, checker));
  // An object of a class is handed around for what its methods do, and these are read where they stand.
  if (isOpen && type.isClass()) return [];
  return checker.getPropertiesOfType(type).flatMap((property): Carried[] => {
    if (property.declarations?.some((one) => project.isOwn(one.getSourceFile())) !== true) return [];
    const expected = isOpen ? target : expectedIn(alternatives, property.name, checker);
    if (expected === undefined || (expected.flags & ts.TypeFlags.TypeParameter) !== 0) return [];
    const held = checker.getNonNullableType(checker.getTypeOfSymbol(property));
    const inside = [...path, property.name];
    const part = types.partsOf(held).find((one) => one.part !== 'Reflector')?.part;
    if (part === undefined) return carriedBy(held, expected, tools, inside);
    return types.partsOf(expected).length > 0 ? [] : [{ path: inside, part, type: held, target: expected }];
  });
}

/** What code can take of a value of a type: of a type parameter what it extends, as the value keeps its type besides. */
export function wantedOf(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  if ((type.flags & ts.TypeFlags.TypeParameter) === 0) return type;
  const constraint = checker.getBaseConstraintOfType(type);
  return constraint === undefined || mayBeAnything(constraint, checker) ? undefined : constraint;
}

/** The types of a union, or the one. */
export function alternativesOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** Whether code may take any member of it: `any`, `object`, `Record<string, any>`. */
export function mayBeAnything(type: ts.Type, checker: ts.TypeChecker): boolean {
  const { Any, Unknown, NonPrimitive } = ts.TypeFlags;
  return (
    (type.flags & (Any | Unknown | NonPrimitive)) !== 0 ||
    checker.getIndexInfoOfType(type, ts.IndexKind.String) !== undefined
  );
}

function expectedIn(types: readonly ts.Type[], name: string, checker: ts.TypeChecker): ts.Type | undefined {
  for (const type of types) {
    const property = checker.getPropertyOfType(type, name);
    if (property !== undefined) return checker.getNonNullableType(checker.getTypeOfSymbol(property));
  }
  return undefined;
}
