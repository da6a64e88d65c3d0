import type { Diagnostic } from '../diagnostics.js';
import { checkCrd } from './check/check-crd.js';
import { areSurelyGood } from './cel/surely-good.js';
import { asPatch, crdName, type CrdPatch } from './crd-patch.js';
import type { RuledNode } from './check/schema-place.js';
import type { Crd } from './crd.js';
import { documentKind } from './document-kind.js';
import type { DocumentPath } from './document-path.js';
import { readDocuments, type LoadedDocument, type Source } from './documents.js';
import { createFaultList } from './fault.js';
import { describe, field, fieldAt, isMap, mapsIn, stringField, textAt, type JsonMap } from './json-value.js';
import type { EqualBlocks } from './quick-yaml/equal-blocks.js';
import type { LocatedFault } from './located.js';
import type { SchemaDocument } from './schema-document.js';
import type * as openApiReader from './openapi/read-openapi.js';
import type { OpenApiDocument } from './openapi/openapi-document.js';
import type { Discovered, DiscoveredResource } from './openapi/discovery.js';
import type { RawOpenApi } from './openapi/raw-openapi.js';

/** A checked CRD and where it stands in its document. */
export interface LoadedCrd {
  readonly crd: Crd;
  readonly path: DocumentPath;
}

/** What one source holds. */
export interface LoadedSource {
  readonly crds: readonly LoadedCrd[];
  /** The names of all CRDs, those with errors and those left out by the caller too. */
  readonly crdNames: ReadonlySet<string>;
  /** Parts of CRDs, for those of their names, which may stand in other sources. */
  readonly patches: readonly CrdPatch[];
  readonly openapi: readonly OpenApiDocument[];
  /** The same documents as they stand, and those that Kubernetes has no part in; only when all operations are wanted. */
  readonly raw: readonly RawOpenApi[];
  /** JSON Schemas, and what they may refer to. */
  readonly schemas: readonly SchemaDocument[];
  /** What discovery tells, by `group/version/plural`. */
  readonly discovered: Discovered;
  /** Faults of documents, still without lines. */
  readonly faults: readonly LocatedFault[];
  /** Faults of the text itself. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many documents of other kinds were skipped, by kind. */
  readonly others: ReadonlyMap<string, number>;
  /** How many CRDs there are, those with errors and those left out by the caller too. */
  readonly found: number;
}

/** Says of a CRD, before it is checked, whether it is wanted at all; a CRD that is left out may be as broken as it likes. */
export type Wanted = (head: {
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly string[];
}) => boolean;

/** What of a source is wanted; all CRDs, and only the kinds of OpenAPI documents, by default. */
export interface LoadOptions {
  readonly wanted?: Wanted;
  /** Whether all operations of OpenAPI documents are. */
  readonly paths?: boolean;
  /** What was read before. What a source has in it again becomes the same values, unless there is a fault to tell of. */
  readonly blocks?: EqualBlocks | undefined;
}

/** Reads a source and checks each CRD in it. Never throws for what the text says. */
export async function loadSource(source: Source, options: LoadOptions = {}): Promise<LoadedSource> {
  // What the first reading holds is let go before the second one begins.
  return (await loadShared(source, options)) ?? load(source, { ...options, blocks: undefined });
}

/** `undefined` where there is a fault and a value that stands in several places: some hints count the places of a fault. */
async function loadShared(source: Source, options: LoadOptions): Promise<LoadedSource | undefined> {
  const before = options.blocks?.reused;
  const loaded = await load(source, options);
  return loaded.faults.length > 0 && options.blocks?.reused !== before ? undefined : loaded;
}

/** Kept: there may be a hundred thousand documents, and `import` takes its time even for what is there already. */
let openApi: Promise<typeof openApiReader> | undefined;

async function load(
  source: Source,
  { wanted = () => true, paths = false, blocks }: LoadOptions,
): Promise<LoadedSource> {
  const { documents, diagnostics } = await readDocuments(source, blocks);
  const crds: LoadedCrd[] = [];
  const crdNames = new Set<string>();
  const patches: CrdPatch[] = [];
  const openapi: OpenApiDocument[] = [];
  const raw: RawOpenApi[] = [];
  const schemas: SchemaDocument[] = [];
  const discovered = new Map<string, DiscoveredResource>();
  const faults: LocatedFault[] = [];
  const others = new Map<string, number>();
  let found = 0;
  const foreign = new ForeignDocuments();
  for (const loaded of documents) {
    const kind = documentKind(loaded);
    const list = createFaultList();
    const patch = kind.t === 'crd' ? asPatch({ ...kind, ...loaded }) : undefined;
    if (kind.t === 'json-schema' || kind.t === 'foreign') schemas.push(...schemaOf(kind.t, loaded, source));
    if (kind.t === 'foreign') foreign.add(loaded);
    if (kind.t === 'other') others.set(kind.kind, (others.get(kind.kind) ?? 0) + 1);
    else if (patch !== undefined) patches.push(patch);
    else if (kind.t === 'crd') {
      found += 1;
      crdNames.add(crdName(kind.document) ?? '');
      const ruled: RuledNode[] = [];
      const crd = wanted(headOf(kind.document))
        ? checkCrd({ ...kind, ...loaded }, list, ruled, blocks?.faultless)
        : undefined;
      if (!areSurelyGood(ruled)) {
        // Most CRDs have no rules, or such as need no compiler.
        const { checkCel } = await import('./cel/check-cel.js');
        checkCel(ruled, list);
      }
      if (crd !== undefined) crds.push({ crd, path: loaded.path });
    } else if (kind.t === 'discovery') {
      const { readDiscovery } = await import('./openapi/discovery.js');
      for (const [key, found] of readDiscovery(kind.document)) discovered.set(key, found);
    } else if (kind.t === 'openapi') {
      const { isReadable, readOpenApi } = await (openApi ??= import('./openapi/read-openapi.js'));
      const read = readOpenApi({ ...kind, ...loaded }, { given: source.found !== true, paths, faults: list });
      if (read !== undefined) openapi.push(read);
      if (paths && !list.failed && isReadable(kind.version)) raw.push({ ...kind, source: loaded.source });
    } else if (kind.t === 'unknown-crd') list.error([...loaded.path, 'apiVersion'], unknownVersion(kind.apiVersion));
    else if (kind.t === 'bare-list') list.add({ severity: 'error', path: loaded.path, ...bareList });
    for (const fault of list.end()) faults.push({ fault, source: loaded.source });
  }
  // In a folder anything may lie about; what is named itself was meant.
  if (source.found !== true) faults.push(...foreign.faults());
  return { crds, crdNames, patches, openapi, raw, schemas, discovered, faults, diagnostics, others, found };
}

function schemaOf(
  kind: 'json-schema' | 'foreign',
  { value, source, path }: LoadedDocument,
  { isOutside }: Source,
): SchemaDocument[] {
  if (!isMap(value) || path.length > 0) return [];
  return [{ source, document: value, isSchema: kind === 'json-schema', isOutside: isOutside === true }];
}

/** What can be read of a CRD's names without checking any. */
function headOf(document: JsonMap): { group: string; kind: string; versions: string[] } {
  const spec = field(document, 'spec');
  const versions = mapsIn(fieldAt(spec, 'versions')).map((version) => stringField(version, 'name'));
  return {
    group: textAt(spec, 'group') ?? '',
    kind: textAt(spec, 'names', 'kind') ?? '',
    versions: [...versions, textAt(spec, 'version')].filter((name) => name !== undefined),
  };
}

/** A text may have a million documents: each of the first ones that are no Kubernetes objects is named, the rest counted. */
class ForeignDocuments {
  static readonly #mostNamed = 10;
  /** One more than are named: the last one stands for the rest. */
  readonly #first: LoadedDocument[] = [];
  #count = 0;

  add(document: LoadedDocument): void {
    this.#count += 1;
    if (this.#first.length <= ForeignDocuments.#mostNamed) this.#first.push(document);
  }

  faults(): LocatedFault[] {
    const others = this.#count - this.#first.length;
    return this.#first.map(({ source, path }, i) => {
      const isLast = others > 0 && i === this.#first.length - 1;
      const message = isLast
        ? `neither this nor ${others} more are Kubernetes objects; skipped`
        : 'this is no Kubernetes object; skipped';
      return { fault: { severity: 'warning', path, message }, source };
    });
  }
}

const bareList = {
  message: 'a list of CustomResourceDefinitions that is not the items of an object is no Kubernetes object',
  hint: "Print its items one after the other (jq '.[]'), or make it the items of an object with apiVersion v1 and kind List.",
};

function unknownVersion(apiVersion: unknown): string {
  const known = 'a CustomResourceDefinition has "apiextensions.k8s.io/v1"';
  return apiVersion === undefined ? `apiVersion is missing: ${known}` : `${known}, not ${describe(apiVersion)}`;
}
