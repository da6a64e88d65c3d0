import { fileHead } from '../emit/file-head.js';
import type { OutputFile } from '../emit/output-file.js';
import { withEscapes } from '../emit/text.js';
import type { Fault } from '../load/fault.js';
import type { LocatedFault } from '../load/located.js';
import type { SchemaDocument } from '../load/schema-document.js';
import { printSchemaTypes, SchemaTypesError } from '../tools/json-schema-to-typescript.js';
import { bundleSchema } from './bundle-schema.js';
import { openWords } from './open-words.js';
import { References } from './references.js';
import { SchemaError } from './schema-error.js';
import { schemaNames } from './schema-names.js';

/** Makes one file with one interface of each JSON Schema. `taken` are the paths of other files, without `.ts`. */
export async function schemaFiles(
  all: readonly SchemaDocument[],
  { docs, taken }: { readonly docs: boolean; readonly taken: ReadonlySet<string> },
): Promise<{ files: OutputFile[]; faults: LocatedFault[] }> {
  const documents = new Map(all.map((one) => [one.source.file, one]));
  const references = new References(documents);
  const schemas = all.filter(({ isSchema }) => isSchema);
  const names = schemaNames(schemas, taken);
  const files: OutputFile[] = [];
  const faults: LocatedFault[] = [];
  for (const [i, schema] of schemas.entries()) {
    const { file } = schema.source;
    const { name = '', path = '' } = names[i] ?? {};
    try {
      const bundle = bundleSchema(schema, { references, docs });
      for (const warning of bundle.warnings) faults.push(faultOf(warning, { schema, documents, severity: 'warning' }));
      const bundled = { ...openWords(bundle.schema), title: name };
      const head = fileHead(`the JSON Schema ${file.slice(file.lastIndexOf('/') + 1)}`);
      files.push({
        path,
        content: `${head}${withEscapes((await printSchemaTypes(bundled, name)).trimStart())}`,
      });
    } catch (error) {
      faults.push(faultOf(error, { schema, documents, severity: 'error' }));
    }
  }
  return { files, faults };
}

/** What an error says of a schema. Throws one of another kind. */
function faultOf(
  error: unknown,
  {
    schema,
    documents,
    severity,
  }: { schema: SchemaDocument; documents: ReadonlyMap<string, SchemaDocument>; severity: Fault['severity'] },
): LocatedFault {
  if (error instanceof SchemaTypesError) {
    const message = `json-schema-to-typescript can make no types of it: ${error.message}`;
    return { source: schema.source, fault: { severity, path: [], message } };
  }
  if (!(error instanceof SchemaError)) throw error;
  const { message, file, path, hint } = error;
  const source = documents.get(file)?.source ?? schema.source;
  return { source, fault: { severity, path, message, ...(hint === undefined ? {} : { hint }) } };
}
