import { ts } from 'ts-morph';

/** Whether a value of this type may be `undefined`, or anything. */
export function mayBeNone(type: ts.Type): boolean {
  const { Undefined, Void, Any, Unknown } = ts.TypeFlags;
  return alternativesOf(type).some(({ flags }) => (flags & (Undefined | Void | Any | Unknown)) !== 0);
}

/** Whether there is no value of this type, now or once it is awaited. */
export function isNone(type: ts.Type, checker: ts.TypeChecker): boolean {
  const { Undefined, Void, Null, Never } = ts.TypeFlags;
  return alternativesOf(checker.getAwaitedType(type) ?? type).every(
    ({ flags }) => (flags & (Undefined | Void | Null | Never)) !== 0,
  );
}

/** Whether a value of this type is true in every case. */
export function isObject(type: ts.Type): boolean {
  return alternativesOf(type).every(({ flags }) => (flags & ts.TypeFlags.Object) !== 0);
}

/** The types of a union, or the one. */
export function alternativesOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** Whether a type tells nothing: `any`, `unknown`. */
export function isAnyOrUnknown({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}

/** Whether a type is one of a generic class, interface, list or tuple, with what fills its type parameters. */
export function isReference(type: ts.Type): type is ts.TypeReference {
  const isOfObjects = (type.flags & ts.TypeFlags.Object) !== 0;
  return isOfObjects && ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
}
