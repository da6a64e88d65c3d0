import { readYaml, YamlError } from '@kube-gen/runtime/yaml';
import { CST, LineCounter, Parser } from 'yaml';
import { quote, setOwn } from './json-value.js';

/** As deep as JSON may nest. */
const mostLevels = 10_000;

/**
 * Reads YAML that nests deeper than the first reader can follow, which works by recursion: thousands of levels of a schema are real to the
 * API server (V20). This one walks the syntax tree level by level. It takes maps, lists and scalars; `undefined` for what else there may
 * be in YAML (anchors, tags, merge keys), and for what it cannot be sure of. Throws a `YamlError` for a key that is there twice.
 */
export function readDeepYaml(text: string): unknown[] | undefined {
  if (isEndless(text)) return undefined;
  const lines = new LineCounter();
  const values: unknown[] = [];
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    if (token.type === 'document') {
      if (token.start.some(isStrange)) return undefined;
      const read = valueOf(token.value, lines);
      if (read === undefined) return undefined;
      values.push(read.value);
    } else if (
      token.type !== 'comment' &&
      token.type !== 'newline' &&
      token.type !== 'space' &&
      token.type !== 'doc-end'
    ) {
      return undefined;
    }
  }
  return values;
}

/** Lists of lists without a word between them, which cost a character a level: no schema, and too many to walk. */
function isEndless(text: string): boolean {
  for (const [dashes] of text.matchAll(/(?:- )+/g)) if (dashes.length >= 2000) return true;
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > mostLevels) return true;
  }
  return false;
}

interface Place {
  readonly token: CST.Token | null | undefined;
  readonly depth: number;
  readonly put: (value: unknown) => void;
}

/** The value of a token, built from the outside in; `undefined` when it holds something that this reader does not take. */
function valueOf(root: CST.Token | undefined, lines: LineCounter): { value: unknown } | undefined {
  const result: { value: unknown } = { value: null };
  const pending: Place[] = [{ token: root, depth: 0, put: (value) => (result.value = value) }];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const { token, depth, put } = place;
    if (depth > mostLevels) throw new YamlError('depth', `nested deeper than ${mostLevels} levels`, {});
    if (token === null || token === undefined) put(null);
    else if (CST.isCollection(token)) {
      const inner = open(token, depth, lines);
      if (inner === undefined) return undefined;
      put(inner.value);
      for (const one of inner.places) pending.push(one);
    } else {
      const scalar = scalarOf(token);
      if (scalar === undefined) return undefined;
      put(scalar.value);
    }
  }
  return result;
}

/** The empty list or map of a collection, and the places in it that are still to be filled. */
function open(
  token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection,
  depth: number,
  lines: LineCounter,
): { value: unknown; places: Place[] } | undefined {
  const isFlow = token.type === 'flow-collection';
  if (isFlow && !token.end.some(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end')) return undefined;
  const isList = token.type === 'block-seq' || (isFlow && token.start.type === 'flow-seq-start');
  const list: unknown[] = [];
  const map: Record<string, unknown> = {};
  const places: Place[] = [];
  for (const item of token.items) {
    if ([...item.start, ...(item.sep ?? [])].some(isStrange)) return undefined;
    if (isList) {
      if (item.key !== undefined || item.sep !== undefined) return undefined;
      // A comma at the end of a flow list leaves an item without a value.
      if (isFlow && item.value === undefined) continue;
      const at = list.push(null) - 1;
      places.push({ token: item.value, depth: depth + 1, put: (value) => (list[at] = value) });
      continue;
    }
    if (item.key === undefined && item.value === undefined) continue;
    const key = keyOf(item.key);
    if (key === undefined) return undefined;
    if (Object.hasOwn(map, key)) {
      const line = item.key === null || item.key === undefined ? {} : { line: lines.linePos(item.key.offset).line };
      throw new YamlError('duplicate-key', `the key ${quote(key)} was already there in the same object`, line);
    }
    setOwn(map, key, null);
    places.push({ token: item.value, depth: depth + 1, put: (value) => setOwn(map, key, value) });
  }
  return { value: isList ? list : map, places };
}

function isStrange({ type }: CST.SourceToken): boolean {
  return type === 'anchor' || type === 'tag' || type === 'explicit-key-ind' || type === 'directive-line';
}

function keyOf(token: CST.Token | null | undefined): string | undefined {
  const text = textOf(token);
  if (text === undefined || text.value === '<<') return undefined;
  if (!text.isPlain) return text.value;
  return isWord(text.value) ? Object.keys(readYaml(`${text.value}: 1`) as object)[0] : text.value;
}

function scalarOf(token: CST.Token): { value: unknown } | undefined {
  const text = textOf(token);
  if (text === undefined) return undefined;
  if (text.isPlain && text.value === '') return { value: null };
  return { value: text.isPlain && isWord(text.value) ? readYaml(text.value) : text.value };
}

function textOf(token: CST.Token | null | undefined): { value: string; isPlain: boolean } | undefined {
  if (token === null || token === undefined || !CST.isScalar(token) || token.type === 'alias') return undefined;
  let isSure = true;
  const value = CST.resolveAsScalar(token, true, () => (isSure = false))?.value;
  return value === undefined || !isSure ? undefined : { value, isPlain: token.type === 'scalar' };
}

/** What may be a number, a boolean or null: the one reader says which. Anything else is text. */
function isWord(text: string): boolean {
  return text.length < 40 && /^(?:[-+.\d][\w.+-]*|~|y|n|yes|no|on|off|true|false|null)$/i.test(text);
}
