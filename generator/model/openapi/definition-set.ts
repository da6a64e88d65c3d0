import { sameValue } from '../../load/json-value.js';
import type { OpenApiDocument } from '../../load/openapi/openapi-document.js';
import { definitionName } from '../../load/openapi/reference.js';
import { asSchema, field, type RawSchema } from '../raw-schema.js';
import { withReturnedNulls } from './returned-nulls.js';

/** One definition and the document that it stands in. */
export interface Definition {
  readonly id: string;
  readonly schema: RawSchema;
  readonly document: OpenApiDocument;
}

/** All definitions of a run by their names; the documents of v3 repeat what they share. */
export type DefinitionSet = ReadonlyMap<string, Definition>;

/** Two documents that say different things under one name. */
export interface DefinitionConflict {
  readonly first: Definition;
  readonly second: Definition;
}

/** Brings the definitions of several documents together. */
export function definitionSet(documents: readonly OpenApiDocument[]): {
  definitions: DefinitionSet;
  conflicts: DefinitionConflict[];
} {
  const definitions = new Map<string, Definition>();
  const conflicts: DefinitionConflict[] = [];
  for (const document of documents) {
    for (const [id, told] of document.definitions) {
      const schema = withReturnedNulls(id, told);
      const first = definitions.get(id);
      const second = { id, schema, document };
      if (first === undefined) definitions.set(id, second);
      else if (!sameDefinition(first.schema, schema)) conflicts.push({ first, second });
    }
  }
  return { definitions, conflicts };
}

/** Which groups a support type (`DeleteOptions`) is registered in depends on the document, and is not part of what it is. */
export function sameDefinition(a: RawSchema, b: RawSchema): boolean {
  const { 'x-kubernetes-group-version-kind': _a, ...first } = a;
  const { 'x-kubernetes-group-version-kind': _b, ...second } = b;
  return sameValue(first, second);
}

/** The kinds that a definition is the schema of: `x-kubernetes-group-version-kind`. */
export function kindsOf(schema: RawSchema): { group: string; version: string; kind: string }[] {
  const list = field(schema, 'x-kubernetes-group-version-kind');
  if (!Array.isArray(list)) return [];
  return list.map(asSchema).flatMap((one) => {
    if (one === undefined) return [];
    const [group = '', version, kind] = ['group', 'version', 'kind'].map((key) => {
      const value = field(one, key);
      return typeof value === 'string' ? value : undefined;
    });
    return version === undefined || kind === undefined ? [] : [{ group, version, kind }];
  });
}

/** The definitions from which one of `targets` can be reached through references, those themselves included. */
export function reaching(definitions: DefinitionSet, targets: readonly string[]): ReadonlySet<string> {
  const usedBy = new Map<string, string[]>();
  for (const { id, schema } of definitions.values()) {
    for (const target of references(schema)) {
      const users = usedBy.get(target);
      if (users === undefined) usedBy.set(target, [id]);
      else users.push(id);
    }
  }
  const found = new Set<string>();
  const open = [...targets];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const user of usedBy.get(id) ?? []) open.push(user);
  }
  return found;
}

/** The names of all definitions that a schema refers to. */
function references(schema: RawSchema): Set<string> {
  const found = new Set<string>();
  const open: unknown[] = [schema];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const ref = Array.isArray(value) ? undefined : field(value as RawSchema, '$ref');
    const name = typeof ref === 'string' ? definitionName(ref) : undefined;
    if (name !== undefined) found.add(name);
    for (const inner of Object.values(value)) open.push(inner);
  }
  return found;
}
