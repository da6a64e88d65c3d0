import { keyOf } from '../json-pointer.js';
import { quote } from '../json-value.js';

const prefixes = ['#/definitions/', '#/components/schemas/'];

/** The name of the definition that a `$ref` leads to; `undefined` for one that leads anywhere else. */
export function definitionName(ref: string): string | undefined {
  const prefix = prefixes.find((one) => ref.startsWith(one));
  return prefix === undefined ? undefined : keyOf(ref.slice(prefix.length));
}

/** The circles among things each of which leads to one other at most, each circle once, in the order of its way. */
export function circlesFrom(starts: Iterable<string>, next: (one: string) => string | undefined): string[][] {
  const found: string[][] = [];
  const seen = new Set<string>();
  for (const start of starts) {
    const way: string[] = [];
    let at: string | undefined = start;
    for (; at !== undefined && !seen.has(at); at = next(at)) {
      seen.add(at);
      way.push(at);
    }
    const back = at === undefined ? -1 : way.indexOf(at);
    if (back >= 0) found.push(way.slice(back));
  }
  return found;
}

/** What is told of a reference that leads to no part of its document. */
export function leadsOut(ref: string): string {
  return `$ref ${quote(ref)} leads out of this document: only #/ references are followed, never a file or a URL`;
}

/** What is told of a reference to a part that the document does not have. */
export function leadsToNothing(ref: string): string {
  return `$ref ${quote(ref)} leads to nothing in this document`;
}
