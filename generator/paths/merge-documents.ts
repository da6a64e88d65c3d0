import { byText } from '../by-text.js';
import type { Diagnostic } from '../diagnostics.js';
import { formatPath } from '../load/document-path.js';
import { field, isMap, quote, sameValue, stringField, type JsonMap } from '../load/json-value.js';
import type { RawOpenApi } from '../load/openapi/raw-openapi.js';
import { sameDefinition } from '../model/openapi/definition-set.js';
import { asServed } from './as-served.js';
import { toV3 } from './to-v3.js';

/** Brings OpenAPI documents together in one of v3, its keys in order. Two that say different things under one name are an error. */
export function mergeDocuments(documents: readonly RawOpenApi[]): { merged: JsonMap; diagnostics: Diagnostic[] } {
  const merge = new Merge();
  for (const { document, source } of documents) {
    const v3 = stringField(document, 'swagger') === undefined ? document : toV3(document);
    for (const [path, item] of entriesOf(v3, 'paths')) {
      if (!isMap(item)) merge.take(['paths', path], item, source.file);
      else for (const [key, value] of Object.entries(item)) merge.take(['paths', path, key], value, source.file);
    }
    for (const [section, named] of entriesOf(v3, 'components')) {
      if (!isMap(named)) continue;
      for (const [name, told] of Object.entries(named)) {
        const value = section === 'schemas' ? asServed(name, told) : told;
        merge.take(['components', section, name], value, source.file);
      }
    }
    for (const [name, value] of entriesOf(v3, 'webhooks')) merge.take(['webhooks', name], value, source.file);
  }
  const version = documents.some(({ version: one }) => one.startsWith('3.1')) ? '3.1.0' : '3.0.0';
  merge.checkOperations();
  return {
    merged: { openapi: version, info: { title: '', version: '' }, paths: {}, ...merge.tree() },
    diagnostics: merge.diagnostics,
  };
}

interface Taken {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly file: string;
}

class Merge {
  readonly #taken = new Map<string, Taken>();
  readonly diagnostics: Diagnostic[] = [];

  take(path: readonly string[], value: unknown, file: string): void {
    const key = JSON.stringify(path);
    const known = this.#taken.get(key);
    if (known === undefined) this.#taken.set(key, { path, value, file });
    else if (!isSame(known.value, value)) {
      const message = `says something else than ${known.file === file ? 'further up in this file' : known.file}`;
      this.diagnostics.push({ severity: 'error', file, path: formatPath([...path]), message });
    }
  }

  /** Operations are types by their names. */
  checkOperations(): void {
    const known = new Map<string, Taken>();
    for (const one of this.#taken.values()) {
      const id = isMap(one.value) && one.path[0] === 'paths' ? stringField(one.value, 'operationId') : undefined;
      const other = id === undefined ? undefined : known.get(id);
      if (id === undefined) continue;
      if (other === undefined) known.set(id, one);
      else {
        const message = `the operationId ${quote(id)} is that of ${formatPath([...other.path])} too`;
        this.diagnostics.push({ severity: 'error', file: one.file, path: formatPath([...one.path]), message });
      }
    }
  }

  tree(): Record<string, unknown> {
    const root: Record<string, unknown> = {};
    for (const [, { path, value }] of [...this.#taken].sort(([a], [b]) => byText(a, b))) {
      const parent = path.slice(0, -1).reduce((at, key) => (at[key] ??= emptyMap()) as Record<string, unknown>, root);
      parent[path.at(-1) ?? ''] = value;
    }
    return root;
  }
}

/** Names of the document are keys of it, `__proto__` among them. */
function emptyMap(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

function isSame(a: unknown, b: unknown): boolean {
  return isMap(a) && isMap(b) ? sameDefinition(a, b) : sameValue(a, b);
}

function entriesOf(document: JsonMap, key: string): [string, unknown][] {
  const value = field(document, key);
  return isMap(value) ? Object.entries(value) : [];
}
