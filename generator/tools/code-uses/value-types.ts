import { ts } from 'ts-morph';

/** Whether a value of this type may be `undefined`, or anything. */
export function mayBeNone(type: ts.Type): boolean {
  const { Undefined, Void, Any, Unknown } = ts.TypeFlags;
  return (type.isUnion() ? type.types : [type]).some(({ flags }) => (flags & (Undefined | Void | Any | Unknown)) !== 0);
}

/** Whether a value of this type is true in every case. */
export function isObject(type: ts.Type): boolean {
  return (type.isUnion() ? type.types : [type]).every(({ flags }) => (flags & ts.TypeFlags.Object) !== 0);
}
