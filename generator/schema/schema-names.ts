import { stringField } from '../load/json-value.js';
import type { SchemaDocument } from '../load/schema-document.js';

/** How the interface of a schema is called: its title where that is a word, else its file: `values.schema.json` is `Values`. */
export function interfaceName({ document, source }: SchemaDocument): string {
  const title = stringField(document, 'title')?.trim() ?? '';
  return pascal(/^[A-Za-z_$][\w$-]*$/.test(title) ? title : baseName(source.file));
}

function baseName(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:json|ya?ml)$/i, '');
  return name.replace(/\.schema$/i, '');
}

function pascal(text: string): string {
  const words = text.split(/[^A-Za-z\d_$]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z_$]/.test(name) ? name : `Schema${name}`;
}

/** How the interface of a schema is called, and where its file goes. */
export interface SchemaName {
  readonly name: string;
  readonly path: string;
}

/**
 * The names of schemas and their files: `Values` in `values.ts`. Those of one title in one folder are called after their files. Where
 * several files would still be one, each is in the folder of its own input, as few levels of it as tell them apart. No path leaves the
 * output folder or is one of `taken`.
 */
export function schemaNames(schemas: readonly SchemaDocument[], taken: ReadonlySet<string>): SchemaName[] {
  const all = schemas.map((schema) => {
    const folder = schema.source.file.split('/').slice(0, -1);
    return { schema, folder, name: interfaceName(schema), levels: 0 };
  });
  const inFolder = ({ folder, name }: (typeof all)[number]): string => [...folder, fileWord(name)].join('/');
  const titles = countOf(all.map(inFolder));
  for (const one of all) {
    if ((titles.get(inFolder(one)) ?? 0) > 1) one.name = pascal(baseName(one.schema.source.file));
  }
  for (let clashing = all; clashing.length > 0;) {
    // A folder tells those of other folders apart; what one folder holds twice is numbered.
    const folders = new Map<string, Set<string>>();
    for (const one of all) {
      const path = pathOf(one);
      folders.set(path, (folders.get(path) ?? new Set()).add(one.folder.join('/')));
    }
    clashing = all.filter((one) => (folders.get(pathOf(one))?.size ?? 0) > 1 && one.levels < one.folder.length);
    for (const one of clashing) one.levels += 1;
  }
  const used = new Set(taken);
  return all.map((one) => {
    const path = pathOf(one);
    let free = path;
    for (let n = 2; used.has(free); n += 1) free = `${path}-${n}`;
    used.add(free);
    return { name: one.name, path: `${free}.ts` };
  });
}

function pathOf({ folder, name, levels }: { folder: readonly string[]; name: string; levels: number }): string {
  const folders = levels === 0 ? [] : folder.slice(-levels).map(safe);
  return [...folders.filter((part) => part !== ''), fileWord(name)].join('/');
}

/** The name of a file; that of an interface may be all underscores. */
function fileWord(name: string): string {
  const word = safe(name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-'));
  return word === '' ? 'schema' : word;
}

function countOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function safe(part: string): string {
  return part
    .toLowerCase()
    .replace(/[^a-z\d.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
}
