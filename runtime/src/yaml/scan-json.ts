const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Counts the keys of a JSON text and how deep it nests, without parsing it: whether `JSON.parse` may have it, and lost nothing. */
export function scanJson(text: string): { keys: number; depth: number } {
  let keys = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === COLON) {
      keys++;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      depth--;
    }
  }
  return { keys, depth: deepest };
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && escaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function escaped(text: string, quote: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

/** A key that its object already has, and where both begin, in a text that is JSON; `undefined` where there is none. */
export function findKeyTwice(text: string): { key: string; first: number; at: number } | undefined {
  // The keys of each open object; a list has none.
  const open: (Map<string, number> | undefined)[] = [];
  let mayBeKey = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      const keys = mayBeKey ? open.at(-1) : undefined;
      if (keys !== undefined) {
        const key = JSON.parse(text.slice(at, end + 1)) as string;
        const first = keys.get(key);
        if (first !== undefined) return { key, first, at };
        keys.set(key, at);
      }
      mayBeKey = false;
      at = end;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      open.push(code === OPEN_OBJECT ? new Map() : undefined);
      mayBeKey = true;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      open.pop();
    } else if (code === COMMA) {
      mayBeKey = true;
    }
  }
  return undefined;
}

/** How many keys the objects in `value` have in all. */
export function countKeys(value: unknown): number {
  const pending: unknown[] = [value];
  let keys = 0;
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null) continue;
    const children: unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next)) keys += children.length;
    for (const child of children) if (typeof child === 'object' && child !== null) pending.push(child);
  }
  return keys;
}
