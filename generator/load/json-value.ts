/** A map of a document. Its keys are data, `__proto__` and `constructor` among them: read them with `field`. */
export type JsonMap = Readonly<Record<string, unknown>>;

/** Whether the value is a map, and neither a list nor null. */
export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field of a map; `undefined` where it is absent or null, which mean the same to the API server. */
export function field(map: JsonMap, key: string): unknown {
  return Object.hasOwn(map, key) ? (map[key] ?? undefined) : undefined;
}

/** Sets an own field, also one called `__proto__`, to which an assignment would set the prototype. */
export function setOwn(map: object, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}

/** A string field, or `undefined` when it is absent or something else. */
export function stringField(map: JsonMap, key: string): string | undefined {
  const value = field(map, key);
  return typeof value === 'string' ? value : undefined;
}

/** What stands at the end of some keys; `undefined` where one of them is absent, or leads to no map. */
export function fieldAt(value: unknown, ...keys: readonly string[]): unknown {
  let at: unknown = value;
  for (const key of keys) at = isMap(at) ? field(at, key) : undefined;
  return at;
}

/** The text at the end of some keys; `undefined` where there is none, or something else. */
export function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const text = fieldAt(value, ...keys);
  return typeof text === 'string' ? text : undefined;
}

/** The map at the end of some keys; an empty one where there is none. */
export function mapAt(value: unknown, ...keys: readonly string[]): JsonMap {
  const map = fieldAt(value, ...keys);
  return isMap(map) ? map : {};
}

/** The maps of a list; none of what is no list. */
export function mapsIn(list: unknown): JsonMap[] {
  return Array.isArray(list) ? list.filter(isMap) : [];
}

/** What a value is, for a sentence: `a number (7)`, `a list`, `text "strng"`. Long text is cut. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `text ${quote(value)}`;
  if (typeof value === 'number') return `a number (${value})`;
  if (typeof value === 'boolean') return `a boolean (${value})`;
  return 'a map';
}

/** Null is an empty text to the API server. */
export function isText(value: unknown): boolean {
  return typeof (value ?? '') === 'string';
}

/** What should have been a list of texts: of a list, what else is in it. */
export function describeTexts(value: unknown): string {
  return Array.isArray(value) ? `a list with ${describe(value.find((one) => !isText(one)))}` : describe(value);
}

/** Text in quotes as JSON has it, so that nothing in it can pose as more than text; cut after 60 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** Whether two values of documents are the same, whatever the order of their keys. Safe for any depth. */
export function sameValue(a: unknown, b: unknown): boolean {
  const pairs: [unknown, unknown][] = [[a, b]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [x, y] = pair;
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    if (Array.isArray(x) && Array.isArray(y)) {
      if (x.length !== y.length) return false;
      for (let i = 0; i < x.length; i++) pairs.push([x[i], y[i]]);
    } else if (isMap(x) && isMap(y)) {
      const keys = Object.keys(x);
      if (keys.length !== Object.keys(y).length) return false;
      for (const key of keys) {
        if (!Object.hasOwn(y, key)) return false;
        pairs.push([x[key], y[key]]);
      }
    } else {
      return false;
    }
  }
  return true;
}
