/** A field of text. */
export const text = { type: 'string' };

/** A value of any type, or beside `type: object` any fields. */
export const preserve = { 'x-kubernetes-preserve-unknown-fields': true };

/** An object with these fields, and what else is said of it. */
export function object(properties: object, more: object = {}): object {
  return { type: 'object', properties, ...more };
}

/** Fields that must be there. */
export function requires(...names: string[]): object {
  return { required: names };
}
