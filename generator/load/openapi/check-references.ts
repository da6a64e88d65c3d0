import type { DocumentPath } from '../document-path.js';
import type { FaultList } from '../fault.js';
import { valueAt } from '../json-pointer.js';
import { quote, textAt, type JsonMap } from '../json-value.js';
import { circlesFrom, leadsOut, leadsToNothing } from './reference.js';

/** How many keys may lead from the document to one of its nodes: several times what any API server serves. */
const deepest = 400;

/**
 * Checks every `$ref` of a document, those in examples too: it leads to something in this document, never to a file or a URL. Types for
 * all operations need this of the whole document, those of kinds only of their definitions.
 */
export function checkReferences(document: JsonMap, { path, faults }: { path: DocumentPath; faults: FaultList }): void {
  const references: Reference[] = [];
  const isRead = collect(document, path, references);
  const next = (ref: string): string | undefined => {
    const node = isLocal(ref) ? valueAt(ref.slice(1), document) : undefined;
    return textAt(node, '$ref');
  };
  const circling = new Set(
    circlesFrom(
      references.map(({ ref }) => ref),
      next,
    ).flat(),
  );
  for (const { ref, path: at } of references) {
    const say = (message: string): void => faults.add({ severity: 'error', path: at, key: '$ref', message });
    if (!isLocal(ref)) say(leadsOut(ref));
    else if (valueAt(ref.slice(1), document) === undefined) say(leadsToNothing(ref));
    else if (circling.has(ref)) say(`$ref ${quote(ref)} leads back to itself: nothing says what it is`);
  }
  if (!isRead) faults.error(path, 'is nested too deep');
}

interface Reference {
  readonly ref: string;
  readonly path: DocumentPath;
}

/** Collects the references of a document; false where it nests too deep to go on. */
function collect(document: JsonMap, path: DocumentPath, references: Reference[]): boolean {
  const open: { readonly node: unknown; readonly path: DocumentPath }[] = [{ node: document, path }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { node, path: at } = place;
    if (typeof node !== 'object' || node === null) continue;
    if (at.length - path.length > deepest) return false;
    const ref = textAt(node, '$ref');
    if (ref !== undefined) references.push({ ref, path: at });
    const children = Array.isArray(node) ? [...node.entries()] : Object.entries(node);
    for (const [key, child] of children.reverse()) open.push({ node: child as unknown, path: [...at, key] });
  }
  return true;
}

function isLocal(ref: string): boolean {
  return ref.startsWith('#/');
}
