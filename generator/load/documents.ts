import type * as completeReader from '@kube-gen/runtime/yaml';
import type { Diagnostic } from '../diagnostics.js';
import type { DocumentSource } from './crd.js';
import type { DocumentPath } from './document-path.js';
import { documentTexts } from './document-texts.js';
import { jsonStreamStarts } from './json-positions.js';
import { fieldAt, textAt } from './json-value.js';
import type { EqualBlocks } from './quick-yaml/equal-blocks.js';
import { readQuickYaml } from './quick-yaml/read-quick-yaml.js';
import { yamlHint } from './yaml-hint.js';

/** The text of one input, and whether somebody asked for just this one. */
export interface Source {
  /** How messages name it. */
  readonly file: string;
  readonly text: string;
  /**
   * Whether it was named itself (default) or found in a folder or by a glob, where a file that does not parse and does not speak of
   * CRDs, OpenAPI or JSON Schema (a Helm template of something else) is only a warning.
   */
  readonly found?: boolean;
  /** Whether it is a link in a folder that was named and leads out of it: no `$ref` leads to it. */
  readonly isOutside?: boolean;
}

/** One object of a source: a document, or an item of a `List`. */
export interface LoadedDocument {
  readonly value: unknown;
  readonly source: DocumentSource;
  /** Where it stands in its document: empty, or `['items', 3]`. */
  readonly path: DocumentPath;
  /** `apiVersion` and `kind` that its list implies; items of typed lists go without (V13). */
  readonly implied?: { readonly apiVersion: unknown; readonly kind: string };
}

/**
 * Reads the documents of a source and unwraps lists. Never throws: each document that cannot be read is a diagnostic. The documents can be
 * walked once.
 * @param blocks what was read before: what is equal may become the same values
 */
export async function readDocuments(
  source: Source,
  blocks?: EqualBlocks,
): Promise<{ documents: Generator<LoadedDocument>; diagnostics: Diagnostic[] }> {
  const { values, diagnostics } = await readValues(source, blocks);
  return { documents: documentsOf(values, source.file), diagnostics };
}

/** One after the other: there may be a million, and hardly any of them is looked at for long. */
function* documentsOf(values: readonly unknown[], file: string): Generator<LoadedDocument> {
  for (const [document, value] of values.entries()) yield* unwrap(value, { file, document });
}

interface Values {
  readonly values: unknown[];
  readonly diagnostics: Diagnostic[];
}

/** The complete reader is loaded only for texts that the quick one leaves to it. */
async function readValues(source: Source, blocks: EqualBlocks | undefined): Promise<Values> {
  const quick = readQuickYaml(source.text, blocks);
  if (quick !== undefined) return { values: quick, diagnostics: [] };
  const reader = await import('@kube-gen/runtime/yaml');
  try {
    return { values: reader.readYamlDocuments(source.text), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof reader.YamlError)) throw error;
    const deep = error.t === 'depth' ? await readDeep(source, reader) : undefined;
    return deep ?? readOneByOne(source, error, reader);
  }
}

/** A text that nests too deep for the reader, by a slower one that is loaded only then; `undefined` where that cannot read it either. */
async function readDeep(source: Source, { YamlError }: typeof completeReader): Promise<Values | undefined> {
  const { readDeepYaml } = await import('./deep-yaml.js');
  try {
    const values = readDeepYaml(source.text);
    return values && { values, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { values: [], diagnostics: unreadable(source, [{ error, linesBefore: 0 }]) };
  }
}

/** One bad document does not hide the next: a stream that cannot be read whole is read document by document. */
function readOneByOne(
  source: Source,
  error: completeReader.YamlError,
  { readYamlDocuments, YamlError }: typeof completeReader,
): Values {
  const whole = { values: [], diagnostics: unreadable(source, [{ error, linesBefore: 0 }]) };
  const texts = [...documentTexts(source.text)];
  if (texts.length === 1) return whole;
  const values: unknown[] = [];
  const faults: YamlFault[] = [];
  for (const { text, line } of texts) {
    try {
      for (const value of readYamlDocuments(text)) values.push(value);
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      values.push(null);
      faults.push({ error, linesBefore: line });
    }
  }
  // A fault that only shows in the whole (an alias across documents) must not get lost.
  if (faults.length === 0 && jsonStreamStarts(source.text) === undefined) return whole;
  return { values, diagnostics: unreadable(source, faults) };
}

interface YamlFault {
  readonly error: completeReader.YamlError;
  /** How many lines stand before the text in which it was found. */
  readonly linesBefore: number;
}

/** What a text speaks of that modules are made of: none of them may vanish because it is broken. */
const wanted =
  /CustomResourceDefinition|x-kubernetes-group-version-kind|json-schema\.org|^(?:\s*(?:#|---).*\n)*\s*(?:\{\s*)?"?(?:openapi|swagger)"?\s*:/;

const mostHints = 10;

/** What is told of documents that cannot be read. */
function unreadable({ file, text, found }: Source, faults: readonly YamlFault[]): Diagnostic[] {
  const isSkipped = found === true && !wanted.test(text);
  const what =
    faults.length === 1
      ? 'cannot be read and was skipped'
      : `${faults.length} documents cannot be read and were skipped, the first for this`;
  // Of a template of Helm hardly a document can be read, and one warning says so.
  return (isSkipped ? faults.slice(0, 1) : faults).map(({ error, linesBefore }, i) => {
    const { t, reason } = error;
    const line = error.line === undefined ? undefined : linesBefore + error.line;
    // Each looks through the text, which may have a million broken documents.
    const hint = t === 'syntax' && i < mostHints ? yamlHint(text, { reason, line }) : undefined;
    return {
      severity: isSkipped ? 'warning' : 'error',
      file,
      ...(line === undefined ? {} : { line }),
      message: isSkipped ? `${what}: ${reason}` : reason,
      ...(hint === undefined ? {} : { hint }),
    };
  });
}

/** Whether a text has merge keys at all: few have, and only they need a second look. */
export function mayMerge(text: string): boolean {
  return text.includes('<<') && /(?:^|[\s{,-])<<\s*:/m.test(text);
}

const listKinds = new Set(['List', 'CustomResourceDefinitionList']);

function* unwrap(root: unknown, source: DocumentSource): Generator<LoadedDocument> {
  const open: LoadedDocument[] = [{ value: root, source, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    const kind = textAt(value, 'kind');
    const items = fieldAt(value, 'items');
    if (kind === undefined || !listKinds.has(kind) || !Array.isArray(items)) {
      yield next;
      continue;
    }
    const implied =
      kind === 'List'
        ? {}
        : { implied: { apiVersion: fieldAt(value, 'apiVersion'), kind: kind.slice(0, -'List'.length) } };
    for (let i = items.length - 1; i >= 0; i--) {
      open.push({ value: items[i], source, path: [...path, 'items', i], ...implied });
    }
  }
}
