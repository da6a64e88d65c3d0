import { isAlias, isMap, isNode, isScalar, isSeq, parseAllDocuments, type Document, type Pair } from 'yaml';
import type { DocumentPath } from './document-path.js';
import type { LocatedFault } from './located.js';

/**
 * Keys that stand in an object beside a merge key which brings them too. They work (the own key wins), but the API server takes them for
 * duplicates under strict validation (V18). A warning each, for the documents of one text.
 */
export function overriddenMergeKeys(text: string, file: string): LocatedFault[] {
  return parseAllDocuments(text, { merge: true, uniqueKeys: false, strict: false }).flatMap((parsed, document) =>
    'contents' in parsed ? faultsOf(parsed, { file, document }) : [],
  );
}

function faultsOf(document: Document.Parsed, source: LocatedFault['source']): LocatedFault[] {
  const faults: LocatedFault[] = [];
  const pending: { node: unknown; path: DocumentPath }[] = [{ node: document.contents, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path } = next;
    if (isSeq(node)) pending.push(...node.items.map((item, i) => ({ node: item, path: [...path, i] })));
    if (!isMap(node)) continue;
    const merged = new Set(node.items.filter(isMergePair).flatMap((pair) => keysBehind(pair.value, document)));
    for (const pair of node.items) {
      const key = keyOf(pair);
      if (key === undefined || key === '<<') continue;
      pending.push({ node: pair.value, path: [...path, key] });
      if (!merged.has(key)) continue;
      const message = `the key ${JSON.stringify(key)} is merged in by << too: the API server takes it for a duplicate under strict validation`;
      faults.push({ fault: { severity: 'warning', path, key, message }, source });
    }
  }
  return faults;
}

function isMergePair(pair: Pair): boolean {
  return keyOf(pair) === '<<';
}

function keyOf({ key }: Pair): string | undefined {
  return isScalar(key)
    ? String(key.value instanceof Object || typeof key.value === 'symbol' ? '<<' : key.value)
    : undefined;
}

/** The keys of the objects that a merge key names: one, or a list of them. */
function keysBehind(value: unknown, document: Document.Parsed): string[] {
  const node = isAlias(value) ? value.resolve(document) : value;
  if (isSeq(node)) return node.items.flatMap((item) => keysBehind(item, document));
  if (!isNode(node) || !isMap(node)) return [];
  return node.items.flatMap((pair) => (isMergePair(pair) ? keysBehind(pair.value, document) : [keyOf(pair) ?? '']));
}
