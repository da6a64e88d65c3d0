import type { Diagnostic } from '../diagnostics.js';
import type { Crd } from '../load/crd.js';
import type { ResourceModel } from './resource.js';

/** Which versions of a CRD become modules. */
export type VersionChoice = 'served' | 'storage' | 'all';

/** Lowers the chosen versions of a checked CRD into models. */
export function buildModels(
  crd: Crd,
  options: { readonly versions: VersionChoice },
): { models: ResourceModel[]; diagnostics: Diagnostic[] } {
  throw new Error(`not built yet: ${crd.name} ${options.versions}`);
}
