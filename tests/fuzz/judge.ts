import { isDeepStrictEqual } from 'node:util';

/** A node of a structural schema. */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * What an API server makes of a value, in a few lines of our own, written from the facts V1 to V20 and not from the generator or the
 * embedded server: `undefined` where it refuses the value or does not store it as written (a field or null that it drops), else the value
 * with its defaults.
 */
export function storedAs(value: unknown, schema: Schema): { readonly stored: unknown } | undefined {
  if (!isKept(value, schema, false)) return undefined;
  const stored = structuredClone(value);
  fillIn(stored, schema);
  return isValid(stored, schema) ? { stored } : undefined;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function get(schema: Schema, key: string): unknown {
  return Object.hasOwn(schema, key) ? schema[key] : undefined;
}

function node(value: unknown): Schema | undefined {
  return isMap(value) ? value : undefined;
}

function nodes(schema: Schema, key: string): Schema[] {
  const list = get(schema, key);
  return Array.isArray(list) ? list.filter(isMap) : [];
}

function property(schema: Schema, name: string): Schema | undefined {
  const properties = node(get(schema, 'properties'));
  return properties && node(get(properties, name));
}

/** The schema of a field: its own, or that of map values. */
function fieldSchema(schema: Schema, name: string): Schema | undefined {
  return property(schema, name) ?? node(get(schema, 'additionalProperties'));
}

const preserves = (schema: Schema): boolean => get(schema, 'x-kubernetes-preserve-unknown-fields') === true;

/** Whether nothing is pruned and no null dropped (V1, V6, V7). */
function isKept(value: unknown, schema: Schema, isOpened: boolean): boolean {
  const isPreserved = isOpened || preserves(schema);
  const isOpen = isPreserved || get(schema, 'additionalProperties') === true;
  if (Array.isArray(value)) {
    const items = node(get(schema, 'items'));
    if (items === undefined) return isOpen || value.every((item) => isKept(item, {}, false));
    return value.every((item) => isKept(item, items, isPreserved));
  }
  if (!isMap(value)) return true;
  return Object.entries(value).every(([name, inner]) => {
    if (get(schema, 'x-kubernetes-embedded-resource') === true && ['apiVersion', 'kind', 'metadata'].includes(name))
      return inner !== null;
    const known = fieldSchema(schema, name);
    // Where any field may be, those of the objects in them may not.
    if (known === undefined) return isPreserved || (isOpen && isKept(inner, {}, false));
    if (inner === null) return get(known, 'nullable') === true;
    return isKept(inner, known, false);
  });
}

/** Fills in defaults, in place (V10). */
function fillIn(value: unknown, schema: Schema): void {
  if (Array.isArray(value)) {
    const items = node(get(schema, 'items'));
    if (items !== undefined) for (const item of value) fillIn(item, items);
  } else if (isMap(value)) {
    for (const [name, known] of Object.entries(node(get(schema, 'properties')) ?? {})) {
      const fallback = isMap(known) ? get(known, 'default') : undefined;
      if (fallback === undefined || fallback === null || Object.hasOwn(value, name)) continue;
      // An assignment to `__proto__` would set the prototype.
      Object.defineProperty(value, name, {
        value: structuredClone(fallback),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    for (const [name, inner] of Object.entries(value)) {
      const known = fieldSchema(schema, name);
      if (known !== undefined) fillIn(inner, known);
    }
  }
}

/** Whether a value meets a schema, or a branch of one: then `type` is absent and only what it says counts. */
function isValid(value: unknown, schema: Schema): boolean {
  const members = get(schema, 'enum');
  const isRestricted = Array.isArray(members) && members.length > 0;
  if (value === null && get(schema, 'nullable') === true) return !isRestricted;
  if (!hasType(value, schema)) return false;
  // Null meets no enum, not even one that lists it (V2).
  if (isRestricted && (value === null || !members.some((member) => isDeepStrictEqual(member, value)))) return false;
  // Of null only the type and the enum are looked at.
  if (value === null) return true;
  if (typeof value === 'number' && isOutside(value, schema, 'minimum', 'maximum')) return false;
  if (typeof value === 'string' && isOutside(Array.from(value).length, schema, 'minLength', 'maxLength')) return false;
  if (Array.isArray(value)) {
    const items = node(get(schema, 'items'));
    if (isOutside(value.length, schema, 'minItems', 'maxItems')) return false;
    if (items !== undefined && !value.every((item) => isValid(item, items))) return false;
    if (hasDoubles(value, schema)) return false;
  }
  if (isMap(value) && !isValidMap(value, schema)) return false;
  return meetsBranches(value, schema);
}

/** Whether two items of a set are equal, or two of a list by keys have the same keys (V16). */
function hasDoubles(list: readonly unknown[], schema: Schema): boolean {
  const keys = get(schema, 'x-kubernetes-list-map-keys');
  const type = get(schema, 'x-kubernetes-list-type');
  if (type !== 'set' && type !== 'map') return false;
  const shown = list.map((item) =>
    JSON.stringify(Array.isArray(keys) && isMap(item) ? keys.map((key) => item[String(key)]) : item),
  );
  return new Set(shown).size < shown.length;
}

function isOutside(size: number, schema: Schema, least: string, most: string): boolean {
  const [low, high] = [get(schema, least), get(schema, most)];
  return (typeof low === 'number' && size < low) || (typeof high === 'number' && size > high);
}

function hasType(value: unknown, schema: Schema): boolean {
  if (get(schema, 'x-kubernetes-int-or-string') === true) {
    return typeof value === 'string' || Number.isInteger(value);
  }
  switch (get(schema, 'type')) {
    case 'string':
    case 'boolean':
    case 'number':
      return typeof value === get(schema, 'type');
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isMap(value);
    default:
      // In a node without a type and without `nullable` null is refused where it is not dropped (V1); a branch leaves it alone.
      return true;
  }
}

function isValidMap(value: Record<string, unknown>, schema: Schema): boolean {
  const required = get(schema, 'required');
  if (Array.isArray(required) && !required.every((name) => Object.hasOwn(value, String(name)))) return false;
  const [least, most] = [get(schema, 'minProperties'), get(schema, 'maxProperties')];
  const count = Object.keys(value).length;
  if ((typeof least === 'number' && count < least) || (typeof most === 'number' && count > most)) return false;
  if (get(schema, 'x-kubernetes-embedded-resource') === true) {
    const { apiVersion, kind } = value;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '') return false;
  }
  return Object.entries(value).every(([name, inner]) => {
    const known = fieldSchema(schema, name);
    return known === undefined || isValid(inner, known);
  });
}

function meetsBranches(value: unknown, schema: Schema): boolean {
  const meets = (branch: Schema): boolean => isValid(value, branch);
  const [all, any, one] = [nodes(schema, 'allOf'), nodes(schema, 'anyOf'), nodes(schema, 'oneOf')];
  const not = node(get(schema, 'not'));
  return (
    all.every(meets) &&
    (any.length === 0 || any.some(meets)) &&
    (one.length === 0 || one.filter(meets).length === 1) &&
    (not === undefined || !meets(not))
  );
}
