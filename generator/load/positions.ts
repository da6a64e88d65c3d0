import { CST, LineCounter, Parser } from 'yaml';
import type { DocumentPath } from './document-path.js';
import { documentTexts } from './document-texts.js';
import { jsonOffsets } from './json-positions.js';
import { plainWords } from './quick-yaml/plain.js';

/** Finds lines in one text. */
export interface Positions {
  /**
   * The line, from 1, of the key or list item at the end of `path` in the document with this number. Where the path does not exist (a
   * field is missing, an alias stands for it) it is the line of what exists of it.
   */
  lineOf(document: number, path: DocumentPath): number | undefined;
}

/**
 * A second, positional read of a YAML or JSON text, for texts that have faults only: it knows where things stand, the first reader knows
 * what they are. It walks the syntax tree along one path at a time and does not build values, so that depth costs nothing.
 */
export function readPositions(text: string): Positions {
  const offsetInJson = jsonOffsets(text);
  let linesOfJson: LineCounter | undefined;
  let inYaml: Positions | undefined;
  return {
    lineOf: (document, path) => {
      const offset = document === 0 ? offsetInJson(path) : undefined;
      if (offset !== undefined) return (linesOfJson ??= countLines(text)).linePos(offset).line;
      inYaml ??= readYamlPositions(text);
      return inYaml.lineOf(document, path);
    },
  };
}

/** Where all lines begin: there may be a million of them, and a thousand faults to find among them. */
function countLines(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

interface PlacedDocument {
  readonly root: CST.Document;
  /** Where the part of the text begins that it was read from. */
  readonly start: number;
}

/** Reads no further than the last document that is asked for: there may be a million more. */
function readYamlPositions(text: string): Positions {
  const lines = countLines(text);
  const documents: PlacedDocument[] = [];
  const rest = documentsIn(text);
  const documentAt = (index: number): PlacedDocument | undefined => {
    while (documents.length <= index) {
      const { value, done } = rest.next();
      if (done === true) break;
      documents.push(value);
    }
    return documents[index];
  };
  const itemOf = itemFinder();
  return {
    lineOf: (document, path) => {
      const found = documentAt(document);
      return found === undefined ? undefined : lines.linePos(found.start + offsetOf(found.root, path, itemOf)).line;
    },
  };
}

/** Each by itself: a quote that nobody closes must not hide the next one. */
function* documentsIn(text: string): Generator<PlacedDocument, undefined> {
  for (const { text: part, start } of documentTexts(text)) {
    for (const token of new Parser().parse(part)) if (token.type === 'document') yield { root: token, start };
  }
}

function offsetOf(root: CST.Document, path: DocumentPath, itemOf: ReturnType<typeof itemFinder>): number {
  let node: CST.Token | undefined = root.value;
  let offset = node?.offset ?? root.offset;
  for (const step of path) {
    const item = itemOf(node, step);
    if (item === undefined) return offset;
    offset = item.key?.offset ?? item.value?.offset ?? item.start[0]?.offset ?? offset;
    node = item.value;
  }
  return offset;
}

/** Finds the items of collections. The keys of each are looked at once: there may be a thousand faults among a hundred thousand keys. */
function itemFinder(): (node: CST.Token | undefined, step: string | number) => CST.CollectionItem | undefined {
  const known = new Map<CST.Token, ReadonlyMap<string, CST.CollectionItem>>();
  return (node, step) => {
    if (node === undefined || !CST.isCollection(node)) return undefined;
    if (typeof step === 'number') return node.items[step];
    const items = known.get(node) ?? itemsByKey(node.items);
    known.set(node, items);
    return items.get(step);
  };
}

/** Of equal keys the first counts. */
function itemsByKey(items: readonly CST.CollectionItem[]): ReadonlyMap<string, CST.CollectionItem> {
  return new Map(
    items
      .flatMap((item) => {
        const key = keyOf(item);
        return key === undefined ? [] : [[key, item] as const];
      })
      .reverse(),
  );
}

function keyOf({ key }: CST.CollectionItem): string | undefined {
  if (key === null || key === undefined || !CST.isScalar(key)) return undefined;
  // What else is wrong with it, if anything, is no matter here.
  const text = CST.resolveAsScalar(key, false, () => undefined)?.value;
  const word = key.type === 'scalar' && text !== undefined ? plainWords.get(text) : undefined;
  return typeof word === 'boolean' ? String(word) : text;
}
