import type { DocumentPath } from './document-path.js';

/** Where the key of a child stands (in a list: the item), and where its value begins. */
interface Child {
  readonly key: number;
  readonly value: number;
}

/** Something that JSON does not have: the complete reader of YAML knows what it is. */
class NotJson extends Error {}

const [tab, newline, carriageReturn, space, quote, comma, colon, backslash] = [9, 10, 13, 32, 34, 44, 58, 92];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];
/** What numbers, `true`, `false` and `null` consist of. */
const inWord = new Set(Buffer.from('0123456789+-.eEtrufalsn'));

/**
 * Finds offsets in a JSON text without building anything of it: an OpenAPI document may be a hundred megabytes on one line. The function
 * gives where the key or item at the end of a path stands, or what exists of it; `undefined` for a text that is not JSON on the way there.
 */
export function jsonOffsets(text: string): (path: DocumentPath) => number | undefined {
  const known = new Map<number, Children>();
  const childrenAt = (at: number): Children => {
    const children = known.get(at) ?? new Children(text, at);
    known.set(at, children);
    return children;
  };
  let isJson = true;
  return (path) => {
    if (!isJson) return undefined;
    try {
      let value = skipSpace(text, 0);
      let offset = value;
      if (!isOpening(text.charCodeAt(value))) return undefined;
      for (const step of path) {
        const isScalar = !isOpening(text.charCodeAt(value));
        // What only YAML has may have more in it.
        if (isScalar) endOfValue(text, value);
        const child = isScalar ? undefined : childrenAt(value).find(step);
        if (child === undefined) break;
        offset = child.key;
        value = child.value;
      }
      return offset;
    } catch (error) {
      if (!(error instanceof NotJson)) throw error;
      isJson = false;
      return undefined;
    }
  };
}

/** The children of one object or list, read no further than up to the last one that was asked for: what is in it need not be passed. */
class Children {
  readonly #known = new Map<string | number, Child>();
  readonly #rest: Iterator<readonly [string | number, Child]>;

  constructor(text: string, start: number) {
    this.#rest = childrenFrom(text, start);
  }

  find(step: string | number): Child | undefined {
    while (!this.#known.has(step)) {
      const next = this.#rest.next();
      if (next.done === true) return undefined;
      this.#known.set(...next.value);
    }
    return this.#known.get(step);
  }
}

/**
 * Where the objects of a text begin that are JSON and stand one after the other, as `jq` prints them and kubectl takes them; `undefined`
 * for any other text, also for one object alone.
 */
export function jsonStreamStarts(text: string): readonly number[] | undefined {
  const starts = [...objectStarts(text)];
  const [, second] = starts;
  return second !== undefined && isJson(text.slice(0, second)) ? starts : undefined;
}

/** What is not JSON belongs to the last object that was found, with all that follows. */
function* objectStarts(text: string): Generator<number> {
  for (let at = skipSpace(text, 0); text.charCodeAt(at) === openObject;) {
    yield at;
    try {
      at = skipSpace(text, endOfValue(text, at));
    } catch (error) {
      if (error instanceof NotJson) return;
      throw error;
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function* childrenFrom(text: string, start: number): Generator<readonly [string | number, Child], undefined> {
  const isObject = text.charCodeAt(start) === openObject;
  const close = isObject ? closeObject : closeList;
  let at = skipSpace(text, start + 1);
  if (text.charCodeAt(at) === close) return;
  for (let item = 0; ; item++) {
    const key = at;
    if (isObject) {
      at = skipSpace(text, endOfString(text, at));
      expectCode(text, at, colon);
      at = skipSpace(text, at + 1);
    }
    yield [isObject ? keyAt(text, key) : item, { key, value: at }];
    at = skipSpace(text, endOfValue(text, at));
    if (text.charCodeAt(at) === close) return;
    expectCode(text, at, comma);
    at = skipSpace(text, at + 1);
  }
}

function keyAt(text: string, at: number): string {
  try {
    return JSON.parse(text.slice(at, endOfString(text, at))) as string;
  } catch (error) {
    if (error instanceof SyntaxError) throw new NotJson();
    throw error;
  }
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; ;) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (isOpening(code)) [depth, at] = [depth + 1, at + 1];
    else if (code === closeObject || code === closeList) [depth, at] = [depth - 1, at + 1];
    else if (inWord.has(code)) at = endOfWord(text, at);
    else if (depth > 0 && (code === comma || code === colon || isSpace(code))) at += 1;
    else throw new NotJson();
    if (depth === 0) return at;
  }
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (inWord.has(text.charCodeAt(at))) at += 1;
  return at;
}

/** Just behind the string that begins here. */
function endOfString(text: string, start: number): number {
  expectCode(text, start, quote);
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end === -1) throw new NotJson();
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
  return slashes % 2 === 1;
}

function isOpening(code: number): boolean {
  return code === openObject || code === openList;
}

function isSpace(code: number): boolean {
  return code === space || code === newline || code === tab || code === carriageReturn;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function expectCode(text: string, at: number, code: number): void {
  if (text.charCodeAt(at) !== code) throw new NotJson();
}
