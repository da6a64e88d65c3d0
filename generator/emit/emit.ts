import type { Diagnostic } from '../diagnostics.js';
import type { ResourceModel } from '../model/resource.js';
import type { OutputFile } from './output-file.js';

/** How generated modules name what they import: `./x.js`, `./x.ts` or `./x`. */
export type ImportExtension = 'js' | 'ts' | 'none';

/** Prints models as modules with their indexes; the order of the models does not matter. */
export function emit(
  models: readonly ResourceModel[],
  options: { readonly importExtension: ImportExtension; readonly docs: boolean },
): { files: OutputFile[]; diagnostics: Diagnostic[] } {
  throw new Error(`not built yet: ${models.length} models, ${options.importExtension}`);
}
