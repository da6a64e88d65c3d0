import { byText } from './by-text.js';
import {
  createCollection,
  settlePatches,
  takeOpenApi,
  takeSource,
  wholeRunDiagnostics,
  type Collection,
} from './collect.js';
import { hasErrors, type Diagnostic } from './diagnostics.js';
import { emit, type ImportExtension } from './emit/emit.js';
import type { OutputFile } from './emit/output-file.js';
import { createFilter, PatternError, type ResourceFilter } from './filter.js';
import type { Source } from './load/documents.js';
import { type LocatedFault, toDiagnostics } from './load/located.js';
import type { VersionChoice } from './model/build.js';
import type { ResourceModel } from './model/resource.js';
import { renderTemplate, type TemplateName } from './tools/template.js';

/** What to make. Everything has a default. */
export interface GenerateOptions {
  /** Which versions of each CRD; `served` by default. */
  readonly versions?: VersionChoice;
  /** Patterns on `group/Kind` or `group/version/Kind`: only what one of them matches; all by default. */
  readonly include?: readonly string[];
  /** Patterns as in `include`: not what one of them matches. */
  readonly exclude?: readonly string[];
  /** Whether descriptions become doc comments; true by default. */
  readonly docs?: boolean;
  /** Specifiers in generated imports; `js` by default. */
  readonly importExtension?: ImportExtension;
  /** Texts of Handlebars templates that take the place of those of kube-gen. */
  readonly templates?: { readonly [N in TemplateName]?: string };
  /** The files that these texts come from, for messages. */
  readonly templateFiles?: { readonly [N in TemplateName]?: string };
  /** Versions of groups whose sources were not read because of `include` and `exclude`: those patterns did match something. */
  readonly leftOut?: readonly { readonly group: string; readonly version: string }[];
  /** Whether every operation of OpenAPI documents becomes a type too, in `openapi.ts`; false by default. */
  readonly paths?: boolean;
  /** Whether it is fine when CRDs are found and none is taken; by default that is an error. */
  readonly mayBeEmpty?: boolean;
  /** Told after each source. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** One module that was made. */
export interface GeneratedResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The input that it comes from. */
  readonly file: string;
}

/** What a run found, for reports. */
export interface Summary {
  readonly resources: readonly GeneratedResource[];
  /** How many documents of other kinds were skipped, by kind. */
  readonly skipped: Readonly<Record<string, number>>;
  /** How many sources were read. */
  readonly sources: number;
}

/** Files to write, unless there is an error among the diagnostics: then there are none. */
export interface GenerateResult {
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: Summary;
}

/**
 * Texts in, files out: nothing touches the disk or the network. The order of the sources does not matter. What is wrong with them comes
 * back as diagnostics; it throws only for a bug of its own.
 */
export async function generate(sources: readonly Source[], options: GenerateOptions = {}): Promise<GenerateResult> {
  const filter = readFilter(options);
  if (Array.isArray(filter))
    return { files: [], diagnostics: filter, summary: { resources: [], skipped: {}, sources: 0 } };
  for (const one of options.leftOut ?? []) filter.takesSome(one);
  const run = createCollection(options, filter);
  const sorted = [...sources].sort((a, b) => byText(a.file, b.file));
  for (const [done, source] of sorted.entries()) {
    await takeSource(run, source);
    options.onProgress?.(done + 1, sorted.length);
  }
  await settlePatches(run);
  const { diagnostics, models } = run;
  const shared = await takeOpenApi(run);
  diagnostics.push(...wholeRunDiagnostics(run, sources));
  const summary = {
    resources: models.map(resourceOf),
    skipped: Object.fromEntries(run.skipped),
    sources: sources.length,
  };
  if (hasErrors(diagnostics)) return { files: [], diagnostics, summary };
  const printed: Pick<GenerateResult, 'files' | 'diagnostics'>[] = [
    await print({ models, shared }, options),
    await printPaths(run, options),
  ];
  const others = printed.flatMap((one) => one.files);
  printed.push(await printSchemas(run, { sources, others, docs: options.docs }));
  for (const one of printed.flatMap((part) => part.diagnostics)) diagnostics.push(one);
  const files = printed.flatMap((one) => one.files).sort((a, b) => byText(a.path, b.path));
  return { files: hasErrors(diagnostics) ? [] : files, diagnostics, summary };
}

async function print(
  made: Parameters<typeof emit>[0],
  { importExtension = 'js', docs = true, templates = {}, templateFiles = {} }: GenerateOptions,
): Promise<ReturnType<typeof emit>> {
  if (Object.keys(templates).length === 0) return emit(made, { importExtension, docs, render: renderTemplate });
  const { renderWith, TemplateError } = await import('./tools/template-overrides.js');
  try {
    return emit(made, { importExtension, docs, render: renderWith(templates) });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { template, line } = error;
    const [file, message] = [templateFiles[template], `the template ${template} cannot be used: ${error.message}`];
    const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
    return { files: [], diagnostics: [{ severity: 'error', message, ...place }] };
  }
}

/** The library is loaded only for this. */
async function printPaths(
  { raw }: Collection,
  { paths = false, docs = true }: GenerateOptions,
): Promise<Pick<GenerateResult, 'files' | 'diagnostics'>> {
  if (!paths) return { files: [], diagnostics: [] };
  const { pathsFile } = await import('./paths/paths-file.js');
  return pathsFile(raw, { docs });
}

async function printSchemas(
  { schemas }: Collection,
  {
    sources,
    others,
    docs = true,
  }: { sources: readonly Source[]; others: readonly OutputFile[]; docs: boolean | undefined },
): Promise<Pick<GenerateResult, 'files' | 'diagnostics'>> {
  if (!schemas.some(({ isSchema }) => isSchema)) return { files: [], diagnostics: [] };
  const { schemaFiles } = await import('./schema/schema-files.js');
  // An index may come with the next kind, so its name is never free.
  const taken = new Set(['index', 'openapi', ...others.map(({ path }) => path.replace(/\.ts$/, ''))]);
  const { files, faults } = await schemaFiles(schemas, { docs, taken });
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  const diagnostics: Diagnostic[] = [];
  for (const [file, own] of byFile(faults))
    for (const one of await toDiagnostics(own, texts.get(file) ?? '')) diagnostics.push(one);
  return { files, diagnostics };
}

function byFile(faults: readonly LocatedFault[]): Map<string, LocatedFault[]> {
  const files = new Map<string, LocatedFault[]>();
  for (const fault of faults) {
    const { file } = fault.source;
    const own = files.get(file);
    if (own === undefined) files.set(file, [fault]);
    else own.push(fault);
  }
  return files;
}

function readFilter(options: GenerateOptions): ResourceFilter | Diagnostic[] {
  try {
    return createFilter(options);
  } catch (error) {
    if (error instanceof PatternError) return [{ severity: 'error', message: error.message }];
    throw error;
  }
}

function resourceOf({ group, version, kind, file }: ResourceModel): GeneratedResource {
  return { group, version, kind, file };
}
