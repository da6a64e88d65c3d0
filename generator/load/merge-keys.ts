import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Pair, type YAMLMap } from 'yaml';
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

interface Place {
  readonly node: unknown;
  readonly path: DocumentPath;
  /** Whether all below it was looked at. */
  readonly isDone: boolean;
}

/** Goes through a document as it is written, so that what a name stands for is known where it is used. */
function faultsOf(document: Document.Parsed, source: LocatedFault['source']): LocatedFault[] {
  const faults: LocatedFault[] = [];
  const keys = new MergedKeys();
  const pending: Place[] = [{ node: document.contents, path: [], isDone: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path, isDone } = next;
    if (isDone) {
      if (isMap(node)) for (const key of keys.take(node)) faults.push(faultOf({ key, path, source }));
      if (isSeq(node) && node.anchor !== undefined) keys.name(node.anchor, keys.of(node));
      continue;
    }
    if (!isMap(node) && !isSeq(node)) continue;
    pending.push({ node, path, isDone: true });
    const inner = isMap(node)
      ? node.items.map((pair) => ({ node: pair.value, path: [...path, keyOf(pair) ?? ''], isDone: false }))
      : node.items.map((item, i) => ({ node: item, path: [...path, i], isDone: false }));
    for (const place of inner.reverse()) pending.push(place);
  }
  return faults;
}

function faultOf({
  key,
  path,
  source,
}: {
  key: string;
  path: DocumentPath;
  source: LocatedFault['source'];
}): LocatedFault {
  const message = `the key ${JSON.stringify(key)} is merged in by << too: the API server takes it for a duplicate under strict validation`;
  return { fault: { severity: 'warning', path, key, message }, source };
}

/** The keys of the objects so far, those that they merge in included. */
class MergedKeys {
  readonly #ofMaps = new Map<unknown, ReadonlySet<string>>();
  readonly #ofNames = new Map<string, ReadonlySet<string>>();

  /** Takes an object whose parts are known, and gives the keys that it has and merges in as well. */
  take(map: YAMLMap): string[] {
    const own = map.items.filter((pair) => !isMergePair(pair)).flatMap((pair) => keyOf(pair) ?? []);
    const merged = new Set(map.items.filter(isMergePair).flatMap((pair) => [...this.of(pair.value)]));
    const twice = own.filter((key) => merged.has(key));
    for (const key of own) merged.add(key);
    this.#ofMaps.set(map, merged);
    if (map.anchor !== undefined) this.name(map.anchor, merged);
    return twice;
  }

  name(anchor: string, keys: ReadonlySet<string>): void {
    this.#ofNames.set(anchor, keys);
  }

  /** The keys of the objects that a merge key names: one, or a list of them. */
  of(value: unknown): ReadonlySet<string> {
    if (isSeq(value)) return new Set(value.items.flatMap((item) => [...this.#ofOne(item)]));
    return this.#ofOne(value);
  }

  #ofOne(value: unknown): ReadonlySet<string> {
    return (isAlias(value) ? this.#ofNames.get(value.source) : this.#ofMaps.get(value)) ?? new Set();
  }
}

function isMergePair(pair: Pair): boolean {
  return keyOf(pair) === '<<';
}

function keyOf({ key }: Pair): string | undefined {
  return isScalar(key)
    ? String(key.value instanceof Object || typeof key.value === 'symbol' ? '<<' : key.value)
    : undefined;
}
