import { loadAll, YAMLException } from 'js-yaml';
import { expandedSize } from './expansion.js';
import { keyTwiceInYaml, keyTwiceMessage } from './key-twice.js';
import { kubernetesSchema } from './kubernetes-schema.js';
import { countKeys, findKeyTwice, scanJson } from './scan-json.js';
import { YamlError } from './yaml-error.js';

/** How deep YAML may nest: its parser works by recursion. */
const MAX_YAML_DEPTH = 2_000;
/** How deep JSON may nest, as in the API server. */
const MAX_JSON_DEPTH = 10_000;
/** So many values aliases may always make; more only up to twice of what is written. */
const FREE_EXPANSION = 400_000;
/** So many lines may stand in too little: each costs one more reading of the text. */
const MAX_INDENTED_LINES = 100;
/** Characters that may be read again for that. */
const MAX_READ_AGAIN = 20_000_000;
/** Keys that merge keys may copy. */
const MAX_MERGED_KEYS = 200_000;

/** Options of the YAML readers. */
export interface ReadYamlOptions {
  /** Named in errors. */
  readonly file?: string;
}

/**
 * Reads a YAML (or JSON) text as kubectl and the API server read it: YAML 1.1 words (`yes` is true), Go's numbers (`0755` is octal),
 * dates and `12:30` stay strings, keys are strings, merge keys work, a key twice is an error. An empty document is `null`.
 * Throws a `YamlError`.
 */
export function readYamlDocuments(text: string, options: ReadYamlOptions = {}): unknown[] {
  const json = readJson(text, options);
  if (json !== undefined) return [json.value];
  const documents = load(text, options);
  if (mayAlias(text)) for (const document of documents) refuseBomb(document, options);
  return documents.map((document) => document ?? null);
}

function load(text: string, options: ReadYamlOptions): unknown[] {
  let indented = text;
  let first: unknown;
  for (let tries = 0; ; tries++) {
    try {
      return loadAll(indented, {
        schema: kubernetesSchema,
        maxDepth: MAX_YAML_DEPTH,
        maxTotalMergeKeys: MAX_MERGED_KEYS,
      });
    } catch (error) {
      first ??= error;
      const isCheap = tries < MAX_INDENTED_LINES && (tries + 1) * text.length < MAX_READ_AGAIN;
      const more = isCheap ? indentMore(indented, error) : undefined;
      if (more === undefined) throw yamlError(isUnclosed(error) ? first : error, text, options);
      indented = more;
    }
  }
}

/** A quote that nobody closes runs to the end: where it first went wrong says more. */
function isUnclosed(error: unknown): boolean {
  return error instanceof YAMLException && error.reason.startsWith('unexpected end of the');
}

/**
 * go-yaml lets quoted text and flow collections go on in lines that stand in too little; the space before such a line means nothing, so
 * more of it changes nothing. `undefined` for any other fault.
 */
function indentMore(text: string, error: unknown): string | undefined {
  if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation') return undefined;
  const { position } = error.mark ?? {};
  if (position === undefined) return undefined;
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return `${text.slice(0, start)}${' '.repeat(MAX_YAML_DEPTH)}${text.slice(start)}`;
}

/** The first document of a text, as the API server takes a body; `null` for an empty text. Throws a `YamlError`. */
export function readYaml(text: string, options: ReadYamlOptions = {}): unknown {
  return readYamlDocuments(text, options)[0] ?? null;
}

function readJson(text: string, options: ReadYamlOptions): { value: unknown } | undefined {
  const first = /^\s*([{[])/.exec(text)?.[1];
  if (first === undefined) return undefined;
  const { keys, depth } = scanJson(text);
  if (depth > MAX_JSON_DEPTH) {
    throw new YamlError('depth', `nested deeper than ${MAX_JSON_DEPTH} levels`, options);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // All of it is JSON, but the end is missing: then it is no YAML either, and the YAML reader would take long to say so.
    if (isCutOff(error, text)) {
      throw new YamlError('syntax', 'the JSON ends too early: it was cut off', {
        ...options,
        ...placeOf(text, text.trimEnd().length),
      });
    }
    // Not JSON: flow-style YAML, several documents, or broken. The YAML reader tells which.
    return undefined;
  }
  // JSON.parse forgets all but the last of equal keys.
  const twice = countKeys(value) === keys ? undefined : findKeyTwice(text);
  if (twice === undefined) return { value };
  const place = placeOf(text, twice.at);
  const linesUp = place.line - placeOf(text, twice.first).line;
  throw new YamlError('duplicate-key', keyTwiceMessage(twice.key, linesUp), { ...options, ...place });
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', start)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** As V8 says it; whoever says it differently is asked for more. */
function isCutOff({ message }: SyntaxError, text: string): boolean {
  const position = / at position (\d+)/.exec(message)?.[1];
  return /^Un(?:expected end|terminated string)/.test(message) || Number(position) >= text.trimEnd().length;
}

function mayAlias(text: string): boolean {
  return text.includes('*') && /(?:^|[\s,[{:-])\*[^\s,[\]{}]/.test(text) && text.includes('&');
}

function refuseBomb(document: unknown, options: ReadYamlOptions): void {
  const { expanded, written } = expandedSize(document);
  if (expanded <= Math.max(FREE_EXPANSION, 2 * written)) return;
  throw new YamlError('aliases', `aliases blow the document up to ${expanded} values from ${written}`, options);
}

const TEMPLATE = 'this looks like a Helm template; render it first (helm template …)';

function yamlError(error: unknown, text: string, options: ReadYamlOptions): unknown {
  if (error instanceof RangeError) return new YamlError('depth', 'nested too deep', options);
  if (!(error instanceof YAMLException)) return error;
  const place = { ...options, ...position(error) };
  const { reason } = error;
  // All that ends a line for `^` ends it here: else each line would be looked through to the end of the text.
  const template = /^[^#\r\n\u2028\u2029]*?\{\{/m.exec(text);
  if (template !== null) {
    // Some faults only show at the end of an object, and name its first line.
    const at = placeOf(text, template.index + template[0].length - 2);
    const isNamed = error.mark !== undefined && error.mark.line + 1 >= at.line;
    return new YamlError('template', `${reason}; ${TEMPLATE}`, isNamed ? place : { ...options, ...at });
  }
  if (reason.startsWith('duplicated mapping key')) {
    const { buffer, position: at } = error.mark ?? { buffer: '', position: 0 };
    // Files that were put one after the other, as by `cat`.
    const isNext = place.column === 1 && /^(?:apiVersion|kind):/.test(buffer.slice(at));
    const hint = isNext ? ': if another document begins here, put a line --- before it' : '';
    return new YamlError('duplicate-key', `${keyTwiceInYaml(buffer, at)}${hint}`, place);
  }
  if (reason.startsWith('recursive alias')) {
    return new YamlError('aliases', 'an alias may not stand inside what it names', place);
  }
  if (reason.startsWith('merge keys exceeded')) {
    return new YamlError('aliases', `merge keys copy more than ${MAX_MERGED_KEYS} keys`, place);
  }
  if (/nesting|depth/i.test(reason)) {
    return new YamlError('depth', `nested deeper than ${MAX_YAML_DEPTH} levels`, place);
  }
  return new YamlError('syntax', reason, place);
}

function position(error: YAMLException): { line?: number; column?: number } {
  return error.mark === undefined ? {} : { line: error.mark.line + 1, column: error.mark.column + 1 };
}
