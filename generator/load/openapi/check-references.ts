import type { DocumentPath } from '../document-path.js';
import type { FaultList } from '../fault.js';
import { field, isMap, quote, type JsonMap } from '../json-value.js';

/** How many keys may lead from the document to one of its nodes: several times what any API server serves. */
const deepest = 400;

/**
 * Checks every `$ref` of a document, those in examples too: it leads to something in this document, never to a file or a URL. Types for
 * all operations need this of the whole document, those of kinds only of their definitions.
 */
export function checkReferences(document: JsonMap, { path, faults }: { path: DocumentPath; faults: FaultList }): void {
  const open: { node: unknown; path: DocumentPath }[] = [{ node: document, path }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { node, path: at } = place;
    if (typeof node !== 'object' || node === null) continue;
    if (at.length - path.length > deepest) return faults.error(path, 'is nested too deep');
    const ref = isMap(node) ? field(node, '$ref') : undefined;
    if (typeof ref === 'string') checkReference(ref, { document, path: at, faults });
    const children = Array.isArray(node) ? [...node.entries()] : Object.entries(node);
    for (const [key, child] of children.reverse()) open.push({ node: child as unknown, path: [...at, key] });
  }
}

function checkReference(ref: string, o: { document: JsonMap; path: DocumentPath; faults: FaultList }): void {
  const say = (message: string): void => o.faults.add({ severity: 'error', path: o.path, key: '$ref', message });
  if (!ref.startsWith('#/'))
    say(`$ref ${quote(ref)} leads out of this document: only #/ references are followed, never a file or a URL`);
  else if (nodeAt(o.document, ref) === undefined) say(`$ref ${quote(ref)} leads to nothing in this document`);
  else if (leadsToItself(o.document, ref)) say(`$ref ${quote(ref)} leads back to itself: nothing says what it is`);
}

/** What a reference leads to; `undefined` where that is nothing. */
function nodeAt(document: JsonMap, ref: string): unknown {
  let at: unknown = document;
  for (const part of ref.slice(2).split('/').map(unescape)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as JsonMap)[part];
  }
  return at;
}

/** Whether there are only references between a reference and itself. */
function leadsToItself(document: JsonMap, ref: string): boolean {
  const seen = new Set<string>();
  let next: unknown = ref;
  while (typeof next === 'string' && next.startsWith('#/') && !seen.has(next)) {
    seen.add(next);
    const node = nodeAt(document, next);
    next = isMap(node) ? field(node, '$ref') : undefined;
  }
  return next === ref;
}

/** JSON pointers in a URL: `~1` is `/`, `~0` is `~`, and `%` escapes (RFC 6901, 6). */
function unescape(part: string): string {
  const pointer = part.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(pointer);
  } catch (error) {
    if (error instanceof URIError) return pointer;
    throw error;
  }
}
