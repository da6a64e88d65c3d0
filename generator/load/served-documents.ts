import { hasErrors, type Diagnostic } from '../diagnostics.js';
import { createFilter, PatternError, unusedPatterns, type ResourceFilter } from '../filter.js';
import { checkCrd } from './check/check-crd.js';
import type { Crd } from './crd.js';
import { documentKind } from './document-kind.js';
import { readDocuments, type LoadedDocument, type Source } from './documents.js';
import { createFaultList } from './fault.js';
import { isMap, stringField, type JsonMap } from './json-value.js';
import { toDiagnostics, type LocatedFault } from './located.js';

/** What an embedded API server is started with. */
export interface ServedDocuments {
  /** CRDs, checked, together with the documents that they come from. */
  readonly crds: readonly { readonly crd: Crd; readonly document: JsonMap }[];
  /** Custom resources of these CRDs. */
  readonly objects: readonly JsonMap[];
  /** How many objects of other kinds were skipped, by version and kind: `apps/v1 Deployment`. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Takes the CRDs out of sources, and the objects of their kinds that lie beside them. */
export async function servedDocuments(
  sources: readonly Source[],
  patterns: { readonly include: readonly string[]; readonly exclude: readonly string[] },
): Promise<ServedDocuments> {
  const diagnostics: Diagnostic[] = [];
  const crds = new Map<string, { crd: Crd; document: JsonMap }>();
  const others: JsonMap[] = [];
  const filter = readFilter(patterns, diagnostics);
  let isFound = false;
  for (const source of sources) {
    const read = await readDocuments(source);
    const faults: LocatedFault[] = [];
    for (const loaded of read.documents) {
      const found = checkDocument(loaded, faults);
      isFound ||= found !== undefined;
      if (found !== undefined && isWanted(found.crd, filter)) crds.set(found.crd.name, found);
      else if (found === undefined && isMap(loaded.value)) others.push(loaded.value);
    }
    // A text may have more faults than one call takes.
    for (const one of [...read.diagnostics, ...(await toDiagnostics(faults, source.text))]) diagnostics.push(one);
  }
  diagnostics.push(...unusedPatterns(filter));
  if (crds.size === 0 && sources.length > 0 && !hasErrors(diagnostics)) {
    const message = isFound
      ? 'the patterns of --include and --exclude leave every CRD out'
      : 'no CustomResourceDefinition found';
    diagnostics.push({ severity: 'error', message });
  }
  const served = new Set(
    [...crds.values()].flatMap(({ crd }) => crd.versions.map(({ name }) => `${crd.group}/${name} ${crd.kind}`)),
  );
  const isServed = (object: JsonMap): boolean => served.has(versionAndKind(object));
  const skipped = others.filter((object) => !isServed(object) && stringField(object, 'kind') !== undefined);
  return {
    crds: [...crds.values()],
    objects: others.filter(isServed),
    skipped: counted(skipped.map(versionAndKind)),
    diagnostics,
  };
}

function versionAndKind(object: JsonMap): string {
  return `${stringField(object, 'apiVersion')} ${stringField(object, 'kind')}`;
}

function counted(kinds: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function checkDocument(loaded: LoadedDocument, located: LocatedFault[]): { crd: Crd; document: JsonMap } | undefined {
  const kind = documentKind(loaded);
  if (kind.t !== 'crd') return undefined;
  const faults = createFaultList();
  const crd = checkCrd({ ...kind, ...loaded }, faults);
  for (const fault of faults.end()) located.push({ fault, source: loaded.source });
  // The items of a typed list go without apiVersion and kind; the server wants whole objects.
  return crd === undefined
    ? undefined
    : { crd, document: { ...kind.document, apiVersion: kind.apiVersion, kind: 'CustomResourceDefinition' } };
}

function isWanted(crd: Crd, filter: ResourceFilter): boolean {
  // All are asked: a pattern that matches any counts as used.
  return (
    crd.versions.filter(({ name }) => filter.takes({ group: crd.group, version: name, kind: crd.kind })).length > 0
  );
}

function readFilter(patterns: Parameters<typeof createFilter>[0], diagnostics: Diagnostic[]): ResourceFilter {
  try {
    return createFilter(patterns);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    diagnostics.push({ severity: 'error', message: error.message });
    return createFilter({});
  }
}
