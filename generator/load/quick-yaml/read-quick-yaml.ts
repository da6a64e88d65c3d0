import { colon, dash, hash, newline, skipSpaces, space } from './character-codes.js';
import { readBlockText } from './block-text.js';
import type { EqualBlocks } from './equal-blocks.js';
import { readFlow } from './flow.js';
import { giveUp, UnknownYaml } from './give-up.js';
import { Lines } from './lines.js';
import { readPlain, resolvePlain } from './plain.js';
import { readQuoted } from './quoted.js';

/** Deeper documents are left to the complete reader, which says where there are too many levels. */
const maxDepth = 200;

/**
 * Reads the YAML that CRDs are written in, several times quicker than a complete reader: block maps and lists; plain, quoted and block
 * texts; a few anchors. `undefined` for a text with anything else in it or anything wrong with it: a complete reader takes those, and it alone reports
 * faults. Whatever this one reads, it reads as `@kube-gen/runtime/yaml` does.
 * @param blocks what was read before, and may be the same again
 */
export function readQuickYaml(text: string, blocks?: EqualBlocks): unknown[] | undefined {
  try {
    return readStream(new Lines(text, blocks));
  } catch (error) {
    if (error instanceof UnknownYaml) return undefined;
    throw error;
  }
}

function readStream(lines: Lines): unknown[] {
  const documents: unknown[] = [];
  while (lines.indent !== -1 || lines.isMarker) {
    if (lines.isMarker) lines.enter(lines.endOfLine(lines.content) + 1);
    else if (documents.length > 0) giveUp();
    lines.anchors.clear();
    documents.push(lines.indent === -1 ? null : readNode(lines, { parent: -1, depth: 0, isOfNames: false }));
    if (lines.indent !== -1) giveUp();
  }
  lines.checkTo(lines.text.length);
  return documents.length === 0 ? giveUp() : documents;
}

interface Place {
  /** How far to the right the node stands of which this one is a part; -1 at the root. */
  readonly parent: number;
  readonly depth: number;
  /** Whether it holds the fields of a schema, by their names. */
  readonly isOfNames: boolean;
}

/** Reads what begins at the content of the line, and goes to the line after it. */
function readNode(lines: Lines, { parent, depth, isOfNames }: Place): unknown {
  if (depth > maxDepth) giveUp();
  if (isItem(lines)) return readList(lines, depth);
  if (keyEnd(lines) !== undefined) return readMap(lines, { depth, isOfNames });
  // A text alone is no document that anybody wants from here.
  return parent === -1 ? giveUp() : readScalar(lines, { from: lines.content, parent });
}

function readMap(lines: Lines, { depth, isOfNames }: Pick<Place, 'depth' | 'isOfNames'>): Record<string, unknown> {
  const { indent, text } = lines;
  const map: Record<string, unknown> = isOfNames ? createTable() : {};
  while (lines.indent === indent) {
    const end = keyEnd(lines);
    if (end === undefined) giveUp();
    const key = keyText(text.slice(lines.content, end));
    if (Object.hasOwn(map, key)) giveUp();
    map[key] = readValue(lines, {
      from: end + 1,
      parent: indent,
      depth: depth + 1,
      isKeys: true,
      isOfNames: key === 'properties',
      field: isOfNames ? key : undefined,
    });
  }
  return lines.indent > indent ? giveUp() : map;
}

/**
 * A map for keys that hardly another map has. V8 keeps one without a prototype as a hash table from the start; for any other it makes a
 * layout of each set of keys that it meets, which takes ten times as long.
 */
function createTable(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

function readList(lines: Lines, depth: number): unknown[] {
  const { indent } = lines;
  const list: unknown[] = [];
  while (lines.indent === indent && isItem(lines)) {
    list.push(readItem(lines, { parent: indent, depth: depth + 1, isOfNames: false }));
  }
  return lines.indent > indent ? giveUp() : list;
}

function readItem(lines: Lines, place: Place): unknown {
  const { text } = lines;
  const at = skipSpaces(text, lines.content + 1);
  if (lines.isBlank(at) || text[at] === '&')
    return readValue(lines, { ...place, from: at, isKeys: false, field: undefined });
  lines.stepInto(at);
  if (isItem(lines)) giveUp();
  return keyEnd(lines) === undefined ? readScalar(lines, { from: at, parent: place.parent }) : readNode(lines, place);
}

interface ValuePlace extends Place {
  readonly from: number;
  /** Whether it is the value of a key: then a list may stand in no further than the key. */
  readonly isKeys: boolean;
  /** The field of a schema that it describes. */
  readonly field: string | undefined;
}

/** Reads what stands behind a key or the dash of an item, on its line or below it. */
function readValue(lines: Lines, place: ValuePlace): unknown {
  const { text } = lines;
  const { from, parent } = place;
  const at = skipSpaces(text, from);
  if (text[at] === '&') return readAnchored(lines, { ...place, from: at });
  const isHere = at < text.length && text.charCodeAt(at) !== newline && !(text[at] === '#' && at > from);
  if (isHere) return readScalar(lines, { from: at, parent });
  lines.leave(from);
  if (lines.indent > parent)
    return place.field === undefined ? readNode(lines, place) : readBlock(lines, place.field, place);
  return place.isKeys && lines.indent === parent && isItem(lines) ? readList(lines, place.depth) : null;
}

/** Reads what stands on lines of its own below a field; a map that stood below one of that name before is that one. */
function readBlock(lines: Lines, field: string, place: Place): unknown {
  const { blocks, anchors, start, text } = lines;
  if (blocks === undefined || isItem(lines) || keyEnd(lines) === undefined) return readNode(lines, place);
  const known = blocks.find(field, lines, place);
  if (known !== undefined) {
    lines.checkTo(start);
    lines.passOver(known.text.length);
    return known.value;
  }
  const { count } = anchors;
  const value = readNode(lines, place);
  // What an anchor or an alias stands for depends on the lines before.
  if (anchors.count === count && text.charCodeAt(lines.start - 1) === newline) {
    lines.checkTo(lines.start);
    blocks.add(field, { text: text.slice(start, lines.start), value, depth: place.depth });
  }
  return value;
}

function readAnchored(lines: Lines, place: ValuePlace): unknown {
  const { name, end } = lines.anchors.nameAt(place.from);
  if (isNamedAgain(lines, end)) giveUp();
  lines.anchors.forget(name);
  const value = readValue(lines, { ...place, from: end });
  lines.anchors.define(name, value);
  return value;
}

/** Whether what has a name already has a second one or is an alias, here or on a line below. */
function isNamedAgain(lines: Lines, from: number): boolean {
  const { text } = lines;
  let at = from;
  for (;;) {
    at = skipSpaces(text, at);
    const code = text.charCodeAt(at);
    if (code !== newline && code !== hash) return text[at] === '&' || text[at] === '*';
    at = lines.endOfLine(at) + 1;
  }
}

function readAlias(lines: Lines, from: number): unknown {
  const { value, end } = lines.anchors.valueAt(from);
  lines.leave(end);
  return value;
}

function readScalar(lines: Lines, { from, parent }: { readonly from: number; readonly parent: number }): unknown {
  const { text } = lines;
  switch (text[from]) {
    case '"':
    case "'":
      return readQuoted(lines, { from, parent });
    case '|':
    case '>':
      return readBlockText(lines, { from, parent });
    case '[':
    case '{':
      return readFlow(lines, from);
    case '*':
      return readAlias(lines, from);
    default:
      return readPlain(lines, { from, parent });
  }
}

function isItem({ text, content }: Lines): boolean {
  if (text.charCodeAt(content) !== dash) return false;
  const next = text.charCodeAt(content + 1);
  return next === space || next === newline || content + 1 >= text.length;
}

/** The colon behind a key at the content of the line, if there is one. */
function keyEnd({ text, content }: Lines): number | undefined {
  const first = text[content];
  let at = content + 1;
  if (first === '"' || first === "'") {
    at = text.indexOf(first, at) + 1;
    if (at === 0) return undefined;
  } else {
    for (let code = text.charCodeAt(at); code !== colon && code !== space && code !== newline;) {
      at += 1;
      if (at >= text.length) return undefined;
      code = text.charCodeAt(at);
    }
  }
  if (text.charCodeAt(at) !== colon) return undefined;
  const next = text.charCodeAt(at + 1);
  return next === space || next === newline || at + 1 >= text.length ? at : undefined;
}

/** Keys longer than this are none to YAML. */
const maxKey = 1000;

/**
 * Keys that stand without quotes, each under itself: schemas have the same few again and again, and each is looked at once. To V8 one
 * that was a key before is quicker as a key than an equal text.
 */
const knownKeys = new Map<string, string>();
const mostKnown = 20_000;

function keyText(source: string): string {
  const known = knownKeys.get(source);
  if (known !== undefined) return known;
  const key = checkedKey(source);
  if (key === source) {
    if (knownKeys.size >= mostKnown) knownKeys.clear();
    knownKeys.set(source, source);
  }
  return key;
}

function checkedKey(source: string): string {
  const isQuoted = source.startsWith('"') || source.startsWith("'");
  if (/[\\\n\t]/.test(source)) giveUp();
  const key = isQuoted ? source.slice(1, -1) : resolvePlain(source);
  // `__proto__` is a key like any other to YAML, and takes care to set.
  return typeof key !== 'string' || key === '__proto__' || source.length > maxKey ? giveUp() : key;
}
