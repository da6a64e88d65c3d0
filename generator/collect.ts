import { didYouMean } from './did-you-mean.js';
import { hasErrors, type Diagnostic } from './diagnostics.js';
import { unusedPatterns, type ResourceFilter } from './filter.js';
import type { Crd } from './load/crd.js';
import type { CrdPatch } from './load/crd-patch.js';
import { parsePath, type DocumentPath } from './load/document-path.js';
import { mayMerge, type Source } from './load/documents.js';
import { sameValue } from './load/json-value.js';
import { EqualBlocks } from './load/quick-yaml/equal-blocks.js';
import { loadSource, type LoadedCrd, type Wanted } from './load/load-source.js';
import { toDiagnostics, type LocatedFault } from './load/located.js';
import type { DiscoveredResource } from './load/openapi/discovery.js';
import type { OpenApiDocument } from './load/openapi/openapi-document.js';
import type { RawOpenApi } from './load/openapi/raw-openapi.js';
import type { SchemaDocument } from './load/schema-document.js';
import { buildModels, createKnownTypes, type KnownTypes, type VersionChoice } from './model/build.js';
import type { ResourceModel, SharedTypeModel } from './model/resource.js';

/** What decides on what is taken, besides the filter; each as in `GenerateOptions`. */
export interface CollectOptions {
  readonly versions?: VersionChoice;
  readonly paths?: boolean;
  readonly mayBeEmpty?: boolean;
}

/** What the sources of a run have in them, as far as they were read. */
export interface Collection {
  readonly options: CollectOptions;
  readonly filter: ResourceFilter;
  readonly models: ResourceModel[];
  /** What was read so far, for what is read again. */
  blocks: EqualBlocks;
  /** What its schemas came to. */
  known: KnownTypes;
  /** OpenAPI documents belong together: they are lowered when all are read. */
  readonly openapi: OpenApiDocument[];
  /** The same and others as they stand, with `paths`. */
  readonly raw: RawOpenApi[];
  readonly schemas: SchemaDocument[];
  /** What discovery tells, by `group/version/plural`. */
  readonly discovered: Map<string, DiscoveredResource>;
  readonly diagnostics: Diagnostic[];
  readonly crdNames: Set<string>;
  /** Patches for CRDs, by their source. */
  readonly patches: Map<Source, readonly CrdPatch[]>;
  readonly skipped: Map<string, number>;
  /** Who came first, by names that only one CRD can have. */
  readonly owners: Map<
    string,
    { readonly source: Source; readonly loaded: Pick<LoadedCrd, 'path'> & { crd: CrdHead } }
  >;
  /** The sources of owners that were read again last: a text may repeat the CRDs of a few others thousands of times. */
  readonly readAgain: Map<Source, Apart>;
  found: number;
}

type CrdHead = Pick<Crd, 'source' | 'group' | 'kind' | 'plural'>;

/** A run of which nothing was read. */
export function createCollection(options: CollectOptions, filter: ResourceFilter): Collection {
  return {
    options,
    filter,
    models: [],
    blocks: new EqualBlocks(),
    known: createKnownTypes(),
    openapi: [],
    raw: [],
    schemas: [],
    discovered: new Map(),
    diagnostics: [],
    crdNames: new Set(),
    patches: new Map(),
    skipped: new Map(),
    owners: new Map(),
    readAgain: new Map(),
    found: 0,
  };
}

/** Reads a source, and keeps what it has. */
export async function takeSource(run: Collection, source: Source): Promise<void> {
  const wanted: Wanted = ({ group, kind, versions }) => {
    // All are asked, so that every pattern that matches counts as used.
    const taken = versions.filter((version) => run.filter.takes({ group, version, kind }));
    return versions.length === 0 || taken.length > 0;
  };
  const apart = apartFrom(source, wanted);
  const loaded = await loadSource(source, { wanted, paths: run.options.paths ?? false, blocks: run.blocks });
  run.found += loaded.found;
  // A text may have a million documents: more than one call takes.
  for (const one of loaded.openapi) run.openapi.push(one);
  for (const one of loaded.raw) run.raw.push(one);
  for (const one of loaded.schemas) run.schemas.push(one);
  for (const [key, one] of loaded.discovered) run.discovered.set(key, one);
  for (const name of loaded.crdNames) run.crdNames.add(name);
  if (loaded.patches.length > 0) run.patches.set(source, loaded.patches);
  for (const [kind, count] of loaded.others) skip(run, kind, count);
  const faults: LocatedFault[] = [...loaded.faults];
  for (const one of loaded.crds) for (const fault of await takeCrd(run, source, { ...one, apart })) faults.push(fault);
  if (loaded.crds.length > 0 && mayMerge(source.text)) {
    // The reader that knows where keys stand is loaded only now: hardly any CRD has merge keys.
    const { overriddenMergeKeys } = await import('./load/merge-keys.js');
    const documents = new Set(loaded.crds.map(({ crd }) => crd.source.document));
    for (const one of overriddenMergeKeys(source.text, source.file))
      if (documents.has(one.source.document)) faults.push(one);
  }
  for (const one of [...loaded.diagnostics, ...(await toDiagnostics(faults, source.text))]) run.diagnostics.push(one);
}

function skip({ skipped }: Collection, kind: string, count: number): void {
  skipped.set(kind, (skipped.get(kind) ?? 0) + count);
}

/** Leaves out the patches for CRDs that were read. Of any other it is told what is missing for a CRD. */
export async function settlePatches(run: Collection): Promise<void> {
  for (const [source, patches] of run.patches) {
    const orphans = patches.filter(({ name }) => !run.crdNames.has(name));
    if (orphans.length < patches.length)
      skip(run, 'CustomResourceDefinition (a patch)', patches.length - orphans.length);
    const faults = orphans.flatMap((patch) => patch.faults);
    for (const one of await toDiagnostics(faults, source.text)) run.diagnostics.push(one);
  }
}

/** Models of the OpenAPI documents, and the types that they share. Kinds that a CRD of this run describes are left to it: it is the better source (F36). */
export async function takeOpenApi(run: Collection): Promise<readonly SharedTypeModel[]> {
  if (run.openapi.length === 0) return [];
  const { buildOpenApiModels } = await import('./model/openapi/build-openapi.js');
  const { models, shared, diagnostics } = buildOpenApiModels(run.openapi, {
    wanted: (resource) => !run.owners.has(`${resource.group}/${resource.kind}`) && run.filter.takes(resource),
    discovered: run.discovered,
  });
  for (const one of models) run.models.push(one);
  for (const one of diagnostics) run.diagnostics.push(one);
  return shared;
}

/** Reads a CRD of a source again, so that no two of its places hold the same value. */
type Apart = (loaded: ReadCrd) => Promise<Crd | undefined>;

type ReadCrd = Pick<LoadedCrd, 'path'> & { readonly crd: Pick<Crd, 'source'> };

function apartFrom(source: Source, wanted?: Wanted): Apart {
  let again: ReturnType<typeof loadSource> | undefined;
  return async ({ crd, path }) => {
    again ??= loadSource(source, wanted === undefined ? {} : { wanted });
    const { crds } = await again;
    return crds.find((one) => one.crd.source.document === crd.source.document && sameValue(one.path, path))?.crd;
  };
}

/** Models of a CRD. Its warnings are about places, so where there are any each place must have its own value. */
async function modelsOf(
  run: Collection,
  loaded: LoadedCrd & { readonly apart: Apart },
): Promise<ReturnType<typeof buildModels>> {
  const versions = run.options.versions ?? 'served';
  const built = buildModels(loaded.crd, { versions, known: run.known });
  if (built.diagnostics.length === 0) return built;
  // Nobody after this may take such a node for a known one, of which there is nothing to tell.
  run.blocks = new EqualBlocks();
  run.known = createKnownTypes();
  return buildModels((await loaded.apart(loaded)) ?? loaded.crd, { versions });
}

async function takeCrd(
  run: Collection,
  source: Source,
  loaded: LoadedCrd & { readonly apart: Apart },
): Promise<LocatedFault[]> {
  const { crd, path } = loaded;
  const at = (fault: LocatedFault['fault']): LocatedFault => ({ fault, source: crd.source });
  const meeting = await meet(run, source, loaded);
  if (meeting.t === 'equal') return [];
  if (meeting.t === 'clash') {
    const { message } = meeting;
    return [at({ severity: 'error', path: [...path, 'metadata', 'name'], message })];
  }
  const { models, diagnostics } = await modelsOf(run, loaded);
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

/** How many sources are kept that were read again. */
const mostReadAgain = 4;

function readAgain(run: Collection, source: Source): Apart {
  const apart = run.readAgain.get(source) ?? apartFrom(source);
  // The last one stands at the end.
  run.readAgain.delete(source);
  run.readAgain.set(source, apart);
  const [oldest] = run.readAgain.keys();
  if (run.readAgain.size > mostReadAgain && oldest !== undefined) run.readAgain.delete(oldest);
  return apart;
}

/** Whether a CRD is the first of its names, equal to the first, or what is wrong with having both. */
type Meeting = { readonly t: 'first' } | { readonly t: 'equal' } | { readonly t: 'clash'; readonly message: string };

async function meet(run: Collection, source: Source, { crd, path }: LoadedCrd): Promise<Meeting> {
  const keys = [`${crd.group}/${crd.kind}`, `${crd.group} ${crd.plural}`];
  const owner = keys.map((key) => run.owners.get(key)).find((known) => known !== undefined);
  if (owner === undefined) {
    const { group, kind, plural } = crd;
    // Without the schema: one CRD after the other can be forgotten. A second one of its name is rare enough to read the first again.
    const loaded = { crd: { source: crd.source, group, kind, plural }, path };
    for (const key of keys) run.owners.set(key, { source, loaded });
    return { t: 'first' };
  }
  const first = await readAgain(run, owner.source)(owner.loaded);
  if (first !== undefined && sameValue({ ...first, source: crd.source }, crd)) return { t: 'equal' };
  const where = owner.source.file === source.file ? 'further up in this file' : `in ${owner.source.file}`;
  const message =
    owner.loaded.crd.plural === crd.plural
      ? `the CRD ${crd.name} is there twice, and differs from the one ${where}`
      : `the kind ${crd.kind} of the group ${crd.group} is there twice: as ${owner.loaded.crd.plural} ${where}, and here as ${crd.plural}`;
  return { t: 'clash', message };
}

/** What only shows when everything is read. */
export function wholeRunDiagnostics(run: Collection, sources: readonly Source[]): Diagnostic[] {
  const warnings = unusedPatterns(run.filter);
  if (hasErrors(run.diagnostics)) return warnings;
  if (run.options.paths === true && run.raw.length === 0) {
    const message = 'there is no OpenAPI document among the inputs, and --paths is about nothing else';
    return [...warnings, { severity: 'error', message, hint: 'Name one, or read a cluster with --cluster.' }];
  }
  if (run.models.length > 0 || run.raw.length > 0 || run.schemas.some(({ isSchema }) => isSchema)) return warnings;
  const found = [counted(run.found, 'CRD'), counted(run.openapi.length, 'OpenAPI document')].filter(
    (text) => text !== '',
  );
  if (run.options.mayBeEmpty === true && found.length > 0) return warnings;
  const only = sources.length === 1 ? sources[0]?.file : undefined;
  const fault =
    found.length > 0
      ? nothingMade(found, run)
      : { message: `no CustomResourceDefinition or OpenAPI document found${whatElse(run)}`, ...hintFor(run) };
  return [...warnings, { severity: 'error', ...(only === undefined ? {} : { file: only }), ...fault }];
}

function counted(count: number, what: string): string {
  if (count === 0) return '';
  return count === 1 ? `the one ${what}` : `the ${count} ${what}s`;
}

function nothingMade(found: readonly string[], { filter }: Collection): Pick<Diagnostic, 'message' | 'hint'> {
  const message = `nothing to make of ${found.join(' and ')} found`;
  return filter.takesAll ? { message } : { message, hint: 'Do the patterns of --include and --exclude leave it out?' };
}

function whatElse({ skipped }: Collection): string {
  const kinds = [...skipped].map(([kind, count]) => `${count} ${kind}`);
  return kinds.length === 0
    ? ''
    : `, only other kinds: ${kinds.slice(0, 8).join(', ')}${kinds.length > 8 ? ', …' : ''}`;
}

function hintFor({ skipped }: Collection): { hint?: string } {
  const kinds = [...skipped.keys()].slice(0, 8);
  if (kinds.includes('Kustomization')) return { hint: 'Render it first: kubectl kustomize <folder> | kube-gen -' };
  const guess = kinds.flatMap((kind) => didYouMean(kind, ['CustomResourceDefinition']) ?? [])[0];
  return guess === undefined ? {} : { hint: `Did you mean the kind "${guess}"?` };
}
