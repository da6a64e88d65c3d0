import type { Diagnostic } from '../diagnostics.js';
import type { OutputFile } from '../emit/output-file.js';
import { fileHead } from '../emit/file-head.js';
import { field, isMap, stringField } from '../load/json-value.js';
import type { RawOpenApi } from '../load/openapi/raw-openapi.js';
import { OpenApiTypesError, printOpenApiTypes } from '../tools/openapi-typescript.js';
import { withKnownDigits } from './known-digits.js';
import { withoutLoops } from './loops.js';
import { mergeDocuments } from './merge-documents.js';

/** Makes `openapi.ts`: the types of every operation of the documents, for `typedRequest` of `@kube-gen/runtime/openapi`. */
export async function pathsFile(
  documents: readonly RawOpenApi[],
  options: { readonly docs: boolean },
): Promise<{ files: OutputFile[]; diagnostics: readonly Diagnostic[] }> {
  const { merged, diagnostics } = mergeDocuments(documents);
  if (diagnostics.length > 0) return { files: [], diagnostics };
  try {
    const types = await printOpenApiTypes(withKnownDigits(withoutLoops(merged)), options);
    return { files: [{ path: 'openapi.ts', content: `${fileHead(originOf(documents))}${types}` }], diagnostics: [] };
  } catch (error) {
    if (!(error instanceof OpenApiTypesError)) throw error;
    const message = `openapi-typescript can make no types of it: ${error.message}`;
    return { files: [], diagnostics: [{ severity: 'error', file: documents[0]?.source.file ?? '', message }] };
  }
}

function originOf(documents: readonly RawOpenApi[]): string {
  const names = documents.map(({ document }) => {
    const info = field(document, 'info');
    const [title = 'an API', version = ''] = isMap(info)
      ? ['title', 'version'].map((key) => stringField(info, key))
      : [];
    return `${title}${version === '' ? '' : `, version ${version}`}`;
  });
  const unique = [...new Set(names)].sort();
  return `the OpenAPI ${documents.length === 1 ? 'document' : 'documents'} of ${unique.join('; ')}`;
}
