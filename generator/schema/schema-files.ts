import type { Diagnostic } from '../diagnostics.js';
import { fileHead } from '../emit/file-head.js';
import type { OutputFile } from '../emit/output-file.js';
import type { SchemaDocument } from '../load/schema-document.js';
import { printSchemaTypes, SchemaTypesError } from '../tools/json-schema-to-typescript.js';
import { bundleSchema, SchemaError } from './bundle-schema.js';
import { interfaceName, schemaPaths } from './schema-names.js';

/** Makes one file with one interface of each JSON Schema. `taken` are the paths of other files, without `.ts`. */
export async function schemaFiles(
  all: readonly SchemaDocument[],
  { docs, taken }: { readonly docs: boolean; readonly taken: ReadonlySet<string> },
): Promise<{ files: OutputFile[]; diagnostics: Diagnostic[] }> {
  const documents = new Map(all.map((one) => [one.source.file, one]));
  const schemas = all.filter(({ isSchema }) => isSchema);
  const paths = schemaPaths(schemas, taken);
  const files: OutputFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [i, schema] of schemas.entries()) {
    const { file } = schema.source;
    try {
      const name = interfaceName(schema);
      const bundled = { ...bundleSchema(schema, { documents, docs }), title: name };
      const head = fileHead(`the JSON Schema ${file.slice(file.lastIndexOf('/') + 1)}`);
      files.push({ path: paths[i] ?? '', content: `${head}${(await printSchemaTypes(bundled, name)).trimStart()}` });
    } catch (error) {
      if (!(error instanceof SchemaError) && !(error instanceof SchemaTypesError)) throw error;
      const what = error instanceof SchemaError ? '' : 'json-schema-to-typescript can make no types of it: ';
      diagnostics.push({ severity: 'error', file, message: `${what}${error.message}` });
    }
  }
  return { files, diagnostics };
}
