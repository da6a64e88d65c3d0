/** An object of any kind: what the types of the definition say is for the caller, not for here. */
export type AnyObject = Readonly<Record<string, unknown>>;

/** Whether a value of JSON is an object and no list. */
export function isObject(value: unknown): value is AnyObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
