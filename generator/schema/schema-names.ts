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

/**
 * Where the files of schemas go: `values.ts`; where several would be there, each in the folder of its own input, as few levels of it as
 * tell them apart. No path leaves the output folder or is one of `taken`.
 */
export function schemaPaths(schemas: readonly SchemaDocument[], taken: ReadonlySet<string>): string[] {
  const levels = schemas.map(() => 0);
  const pathOf = (i: number): string => pathWith(schemas[i] as SchemaDocument, levels[i] ?? 0);
  for (let round = 0; round < 20; round += 1) {
    const paths = schemas.map((_, i) => pathOf(i));
    const clashing = paths.map((path, i) => paths.some((other, j) => i !== j && other === path));
    if (!clashing.includes(true)) break;
    for (const [i, isClashing] of clashing.entries()) if (isClashing) levels[i] = (levels[i] ?? 0) + 1;
  }
  const used = new Set(taken);
  return schemas.map((_, i) => {
    const path = pathOf(i);
    let free = path;
    for (let n = 2; used.has(free); n += 1) free = `${path}-${n}`;
    used.add(free);
    return `${free}.ts`;
  });
}

function pathWith(schema: SchemaDocument, levels: number): string {
  const folders = schema.source.file
    .split('/')
    .slice(0, -1)
    .map(safe)
    .filter((part) => part !== '');
  const name = safe(interfaceName(schema).replace(/(?<=[a-z\d])(?=[A-Z])/g, '-'));
  // A title may be all underscores.
  return [...(levels === 0 ? [] : folders.slice(-levels)), name === '' ? 'schema' : name].join('/');
}

function safe(part: string): string {
  return part
    .toLowerCase()
    .replace(/[^a-z\d.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
}
