import { hasErrors, type Diagnostic } from '../diagnostics.js';
import { generate, type GenerateOptions } from '../generate.js';
import type { Source } from '../load/documents.js';
import type { KindsComparison } from './compare-kinds.js';

/** What to compare. */
export type DiffOptions = Pick<GenerateOptions, 'include' | 'exclude' | 'versions' | 'leftOut'>;

/** What changed; nothing where an input is bad. */
export interface DiffResult extends KindsComparison {
  readonly diagnostics: readonly Diagnostic[];
}

/** What is told where an input is bad. */
export function nothingCompared(diagnostics: readonly Diagnostic[]): DiffResult {
  return { compared: 0, comparedKinds: 0, changes: [], diagnostics };
}

const noSchemas = 'plain JSON Schemas are not compared in this version of kube-gen, only CRDs and OpenAPI documents';

/** Kinds have a folder of their group and version, and the interfaces of JSON Schemas have none. */
function isOfSchema(path: string): boolean {
  return !path.includes('/') && path !== 'index.ts';
}

/** Generates both sides in memory and asks the type checker whether code written for the old one still compiles with the new one. */
export async function diff(old: readonly Source[], now: readonly Source[], options: DiffOptions): Promise<DiffResult> {
  const settings = { ...options, docs: false, mayBeEmpty: true };
  const before = await generate(old, settings);
  const after = await generate(now, settings);
  const diagnostics = together(before.diagnostics, after.diagnostics);
  const hasSchemas = [...before.files, ...after.files].some(({ path }) => isOfSchema(path));
  const hasKinds = before.summary.resources.length + after.summary.resources.length > 0;
  if (hasSchemas) diagnostics.push({ severity: hasKinds ? 'warning' : 'error', message: noSchemas });
  else if (!hasErrors(diagnostics) && !hasKinds)
    diagnostics.push({ severity: 'error', message: 'nothing to compare: no resource of either side is taken' });
  if (hasErrors(diagnostics)) return nothingCompared(diagnostics);
  const [{ checkModules }, { readSupportTypes }, { compareKinds }] = await Promise.all([
    import('../tools/ts-morph.js'),
    import('../tools/support-types.js'),
    import('./compare-kinds.js'),
  ]);
  const modules = checkModules({ old: before.files, new: after.files }, readSupportTypes());
  return { ...compareKinds(modules), diagnostics };
}

/** Those that have no file speak of the run: a pattern that matches nothing matters when that is so on both sides. */
function together(old: readonly Diagnostic[], now: readonly Diagnostic[]): Diagnostic[] {
  const isOnBoth = ({ message }: Diagnostic, others: readonly Diagnostic[]): boolean =>
    others.some((other) => other.file === undefined && other.message === message);
  return [
    ...old.filter((one) => one.file !== undefined || one.severity === 'error' || isOnBoth(one, now)),
    ...now.filter((one) => one.file !== undefined || (one.severity === 'error' && !isOnBoth(one, old))),
  ];
}
