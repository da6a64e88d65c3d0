import type { JsonMap } from './json-value.js';

/** The pointer of a child, as a URL has it (RFC 6901, 6). */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1'))}`;
}

/** The keys that a pointer is made of. */
export function stepsOf(pointer: string): string[] {
  return pointer === '' ? [] : pointer.slice(1).split('/').map(keyOf);
}

/** The key that one step of a pointer stands for. */
export function keyOf(step: string): string {
  return decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What a pointer leads to; `undefined` where there is nothing. */
export function valueAt(pointer: string, document: JsonMap): unknown {
  let value: unknown = document;
  for (const key of stepsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonMap)[key];
  }
  return value;
}

/** A part of a URL as the text that it stands for; a lone `%` stands for itself. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
