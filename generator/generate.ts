import { hasErrors, type Diagnostic } from './diagnostics.js';
import { emit, type ImportExtension } from './emit/emit.js';
import type { OutputFile } from './emit/output-file.js';
import { createFilter, PatternError, type ResourceFilter } from './filter.js';
import type { Crd } from './load/crd.js';
import { parsePath, type DocumentPath } from './load/document-path.js';
import { mayMerge, type Source } from './load/documents.js';
import { sameValue } from './load/json-value.js';
import { loadSource, type LoadedCrd, type Wanted } from './load/load-source.js';
import type { SchemaDocument } from './load/schema-document.js';
import { toDiagnostics, type LocatedFault } from './load/located.js';
import type { ResourceNames } from './load/openapi/discovery.js';
import type { OpenApiDocument } from './load/openapi/openapi-document.js';
import type { RawOpenApi } from './load/openapi/raw-openapi.js';
import { buildModels, type VersionChoice } from './model/build.js';
import { byCodePoint } from './model/identifiers.js';
import type { ResourceModel, SharedTypeModel } from './model/resource.js';
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
  const run = createRun(options, filter);
  const sorted = [...sources].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  for (const [done, source] of sorted.entries()) {
    await takeSource(run, source);
    options.onProgress?.(done + 1, sorted.length);
  }
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
    await printPaths(run),
  ];
  printed.push(
    await printSchemas(
      run,
      sources,
      printed.flatMap((one) => one.files),
    ),
  );
  diagnostics.push(...printed.flatMap((one) => one.diagnostics));
  const files = printed.flatMap((one) => one.files).sort((a, b) => byCodePoint(a.path, b.path));
  return { files: hasErrors(diagnostics) ? [] : files, diagnostics, summary };
}

async function print(
  made: Parameters<typeof emit>[0],
  { importExtension = 'js', docs = true, templates = {} }: GenerateOptions,
): Promise<ReturnType<typeof emit>> {
  if (Object.keys(templates).length === 0) return emit(made, { importExtension, docs, render: renderTemplate });
  const { renderWith, TemplateError } = await import('./tools/template-overrides.js');
  try {
    return emit(made, { importExtension, docs, render: renderWith(templates) });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const message = `the template ${error.template} cannot be used: ${error.message}`;
    return { files: [], diagnostics: [{ severity: 'error', message }] };
  }
}

/** The library is loaded only for this. */
async function printPaths({ raw, options }: Run): Promise<Pick<GenerateResult, 'files' | 'diagnostics'>> {
  if (options.paths !== true) return { files: [], diagnostics: [] };
  const { pathsFile } = await import('./paths/paths-file.js');
  return pathsFile(raw);
}

async function printSchemas(
  { schemas, options }: Run,
  sources: readonly Source[],
  others: readonly OutputFile[],
): Promise<Pick<GenerateResult, 'files' | 'diagnostics'>> {
  if (!schemas.some(({ isSchema }) => isSchema)) return { files: [], diagnostics: [] };
  const { schemaFiles } = await import('./schema/schema-files.js');
  // An index may come with the next kind, so its name is never free.
  const taken = new Set(['index', 'openapi', ...others.map(({ path }) => path.replace(/\.ts$/, ''))]);
  const { files, faults } = await schemaFiles(schemas, { docs: options.docs ?? true, taken });
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  const diagnostics: Diagnostic[] = [];
  for (const fault of faults) diagnostics.push(...(await toDiagnostics([fault], texts.get(fault.source.file) ?? '')));
  return { files, diagnostics };
}

interface Run {
  readonly options: GenerateOptions;
  readonly filter: ResourceFilter;
  readonly models: ResourceModel[];
  /** OpenAPI documents belong together: they are lowered when all are read. */
  readonly openapi: OpenApiDocument[];
  /** The same and others as they stand, with `paths`. */
  readonly raw: RawOpenApi[];
  readonly schemas: SchemaDocument[];
  /** By `group/version/plural`. */
  readonly names: Map<string, ResourceNames>;
  readonly diagnostics: Diagnostic[];
  readonly skipped: Map<string, number>;
  /** Who came first, by names that only one CRD can have. */
  readonly owners: Map<
    string,
    { readonly source: Source; readonly loaded: Pick<LoadedCrd, 'path'> & { crd: CrdHead } }
  >;
  found: number;
}

type CrdHead = Pick<Crd, 'source' | 'group' | 'kind' | 'plural'>;

function createRun(options: GenerateOptions, filter: ResourceFilter): Run {
  return {
    options,
    filter,
    models: [],
    openapi: [],
    raw: [],
    schemas: [],
    names: new Map(),
    diagnostics: [],
    skipped: new Map(),
    owners: new Map(),
    found: 0,
  };
}

function readFilter(options: GenerateOptions): ResourceFilter | Diagnostic[] {
  try {
    return createFilter(options);
  } catch (error) {
    if (error instanceof PatternError) return [{ severity: 'error', message: error.message }];
    throw error;
  }
}

async function takeSource(run: Run, source: Source): Promise<void> {
  const wanted: Wanted = ({ group, kind, versions }) => {
    // All are asked, so that every pattern that matches counts as used.
    const taken = versions.filter((version) => run.filter.takes({ group, version, kind }));
    return versions.length === 0 || taken.length > 0;
  };
  const loaded = await loadSource(source, { wanted, paths: run.options.paths ?? false });
  run.found += loaded.found;
  run.openapi.push(...loaded.openapi);
  run.raw.push(...loaded.raw);
  run.schemas.push(...loaded.schemas);
  for (const [key, names] of loaded.names) run.names.set(key, names);
  for (const [kind, count] of loaded.others) run.skipped.set(kind, (run.skipped.get(kind) ?? 0) + count);
  const faults: LocatedFault[] = [...loaded.faults];
  for (const one of loaded.crds) faults.push(...(await takeCrd(run, source, one)));
  if (loaded.crds.length > 0 && mayMerge(source.text)) {
    // The reader that knows where keys stand is loaded only now: hardly any CRD has merge keys.
    const { overriddenMergeKeys } = await import('./load/merge-keys.js');
    const documents = new Set(loaded.crds.map(({ crd }) => crd.source.document));
    const found = overriddenMergeKeys(source.text, source.file);
    faults.push(...found.filter((one) => documents.has(one.source.document)));
  }
  run.diagnostics.push(...loaded.diagnostics, ...(await toDiagnostics(faults, source.text)));
}

/** Kinds that a CRD of this run describes are left to it: it is the better source (F36). */
async function takeOpenApi(run: Run): Promise<readonly SharedTypeModel[]> {
  if (run.openapi.length === 0) return [];
  const { buildOpenApiModels } = await import('./model/openapi/build-openapi.js');
  const { models, shared, diagnostics } = buildOpenApiModels(run.openapi, {
    wanted: (resource) => !run.owners.has(`${resource.group}/${resource.kind}`) && run.filter.takes(resource),
    names: run.names,
  });
  run.models.push(...models);
  run.diagnostics.push(...diagnostics);
  return shared;
}

async function takeCrd(run: Run, source: Source, loaded: LoadedCrd): Promise<LocatedFault[]> {
  const { crd, path } = loaded;
  const at = (fault: LocatedFault['fault']): LocatedFault => ({ fault, source: crd.source });
  const clash = await clashOf(run, source, loaded);
  if (clash === '') return [];
  if (clash !== undefined) return [at({ severity: 'error', path: [...path, 'metadata', 'name'], message: clash })];
  const { models, diagnostics } = buildModels(crd, { versions: run.options.versions ?? 'served' });
  run.models.push(...models.filter((model) => run.filter.takes(model)));
  const faults = diagnostics.map((d) => at({ ...d, path: [...path, ...pathIn(d)] }));
  if (models.length === 0) {
    const which = run.options.versions === 'storage' ? 'stored' : 'served';
    const message = `none of its versions is ${which}, so nothing is made of it`;
    const hint = 'Use --versions all to take every version.';
    faults.push(at({ severity: 'warning', path: [...path, 'spec', 'versions'], message, hint }));
  }
  return faults;
}

function pathIn({ path }: Diagnostic): DocumentPath {
  return path === undefined ? [] : parsePath(path);
}

/** `undefined` for the first CRD of its names, an empty text for an equal second one, else what is wrong with having both. */
async function clashOf(run: Run, source: Source, { crd, path }: LoadedCrd): Promise<string | undefined> {
  const keys = [`${crd.group}/${crd.kind}`, `${crd.group} ${crd.plural}`];
  const owner = keys.map((key) => run.owners.get(key)).find((known) => known !== undefined);
  if (owner === undefined) {
    const { group, kind, plural } = crd;
    // Without the schema: one CRD after the other can be forgotten. A second one of its name is rare enough to read the first again.
    const loaded = { crd: { source: crd.source, group, kind, plural }, path };
    for (const key of keys) run.owners.set(key, { source, loaded });
    return undefined;
  }
  const first = (await loadSource(owner.source)).crds.find(
    (known) =>
      known.crd.source.document === owner.loaded.crd.source.document && sameValue(known.path, owner.loaded.path),
  );
  if (first !== undefined && sameValue({ ...first.crd, source: crd.source }, crd)) return '';
  const where = owner.source.file === source.file ? 'further up in this file' : `in ${owner.source.file}`;
  return owner.loaded.crd.plural === crd.plural
    ? `the CRD ${crd.name} is there twice, and differs from the one ${where}`
    : `the kind ${crd.kind} of the group ${crd.group} is there twice: as ${owner.loaded.crd.plural} ${where}, and here as ${crd.plural}`;
}

/** What only shows when everything is read. */
function wholeRunDiagnostics(run: Run, sources: readonly Source[]): Diagnostic[] {
  const unused = run.filter.unused().map((pattern) => `the pattern ${JSON.stringify(pattern)} matches no resource`);
  const warnings: Diagnostic[] = unused.map((message) => ({ severity: 'warning', message }));
  if (hasErrors(run.diagnostics)) return warnings;
  if (run.options.paths === true && run.raw.length === 0) {
    const message = 'there is no OpenAPI document among the inputs, and --paths is about nothing else';
    return [...warnings, { severity: 'error', message, hint: 'Name one, or read a cluster with --cluster.' }];
  }
  if (run.models.length > 0 || run.raw.length > 0 || run.schemas.some(({ isSchema }) => isSchema)) return warnings;
  if (run.options.mayBeEmpty === true && run.found > 0) return warnings;
  const only = sources.length === 1 ? sources[0]?.file : undefined;
  const message =
    run.found > 0
      ? `nothing to make of ${run.found === 1 ? 'the one CRD' : `the ${run.found} CRDs`} found`
      : `no CustomResourceDefinition or OpenAPI document found${whatElse(run)}`;
  return [...warnings, { severity: 'error', ...(only === undefined ? {} : { file: only }), message }];
}

function whatElse({ skipped }: Run): string {
  const kinds = [...skipped].map(([kind, count]) => `${count} ${kind}`);
  return kinds.length === 0
    ? ''
    : `, only other kinds: ${kinds.slice(0, 8).join(', ')}${kinds.length > 8 ? ', …' : ''}`;
}

function resourceOf({ group, version, kind, file }: ResourceModel): GeneratedResource {
  return { group, version, kind, file };
}
