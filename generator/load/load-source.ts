import type { Diagnostic } from '../diagnostics.js';
import { checkCrd, type CrdDocument } from './check/check-crd.js';
import { areSurelyGood } from './cel/surely-good.js';
import { asPatch, crdName, type CrdPatch } from './crd-patch.js';
import type { RuledNode } from './check/schema-place.js';
import type { Crd } from './crd.js';
import { documentKind } from './document-kind.js';
import type { DocumentPath } from './document-path.js';
import { readDocuments, type LoadedDocument, type Source } from './documents.js';
import { createFaultList, type FaultList } from './fault.js';
import { describe, field, fieldAt, isMap, mapsIn, stringField, textAt, type JsonMap } from './json-value.js';
import { ForeignDocuments } from './foreign-documents.js';
import type { EqualBlocks } from './quick-yaml/equal-blocks.js';
import type { LocatedFault } from './located.js';
import type { SchemaDocument } from './schema-document.js';
import type * as openApiReader from './openapi/read-openapi.js';
import type { OpenApiCandidate } from './openapi/read-openapi.js';
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

async function load(source: Source, options: LoadOptions): Promise<LoadedSource> {
  const { documents, diagnostics } = await readDocuments(source, options.blocks);
  const loaded = new Loading(source, options, diagnostics);
  for (const document of documents) {
    const kind = documentKind(document);
    const faults = createFaultList();
    switch (kind.t) {
      case 'crd':
        await loaded.addCrd({ ...kind, ...document }, faults);
        break;
      case 'openapi':
        await loaded.addOpenApi({ ...kind, ...document }, faults);
        break;
      case 'openapi-index':
        // In a folder it lies beside the documents that it names.
        if (source.found !== true) faults.add({ severity: 'error', path: document.path, ...onlyIndex });
        break;
      case 'discovery':
        await loaded.addDiscovery(kind.document);
        break;
      case 'json-schema':
        loaded.addSchema(document, true);
        break;
      case 'foreign':
        loaded.addForeign(document);
        break;
      case 'other':
        loaded.others.set(kind.kind, (loaded.others.get(kind.kind) ?? 0) + 1);
        break;
      case 'unknown-crd':
        faults.error([...document.path, 'apiVersion'], unknownVersion(kind.apiVersion));
        break;
      case 'bare-list':
        faults.add({ severity: 'error', path: document.path, ...bareList });
        break;
      case 'empty':
    }
    for (const fault of faults.end()) loaded.faults.push({ fault, source: document.source });
  }
  loaded.tellForeign();
  return loaded;
}

/** Kept: there may be a hundred thousand documents, and `import` takes its time even for what is there already. */
let openApi: Promise<typeof openApiReader> | undefined;

/** What was found in a source so far. */
class Loading implements LoadedSource {
  readonly crds: LoadedCrd[] = [];
  readonly crdNames = new Set<string>();
  readonly patches: CrdPatch[] = [];
  readonly openapi: OpenApiDocument[] = [];
  readonly raw: RawOpenApi[] = [];
  readonly schemas: SchemaDocument[] = [];
  readonly discovered = new Map<string, DiscoveredResource>();
  readonly faults: LocatedFault[] = [];
  readonly others = new Map<string, number>();
  found = 0;
  readonly diagnostics: readonly Diagnostic[];
  readonly #source: Source;
  readonly #options: LoadOptions;
  readonly #foreign = new ForeignDocuments();

  constructor(source: Source, options: LoadOptions, diagnostics: readonly Diagnostic[]) {
    this.#source = source;
    this.#options = options;
    this.diagnostics = diagnostics;
  }

  async addCrd(document: CrdDocument, faults: FaultList): Promise<void> {
    const { wanted, blocks } = this.#options;
    const patch = asPatch(document);
    if (patch !== undefined) {
      this.patches.push(patch);
      return;
    }
    this.found += 1;
    this.crdNames.add(crdName(document.document) ?? '');
    if (wanted?.(headOf(document.document)) === false) return;
    const ruled: RuledNode[] = [];
    const crd = checkCrd(document, faults, ruled, blocks?.faultless);
    if (!areSurelyGood(ruled)) {
      // Most CRDs have no rules, or such as need no compiler.
      const { checkCel } = await import('./cel/check-cel.js');
      checkCel(ruled, faults);
    }
    if (crd !== undefined) this.crds.push({ crd, path: document.path });
  }

  async addOpenApi(document: OpenApiCandidate, faults: FaultList): Promise<void> {
    const paths = this.#options.paths === true;
    const { isReadable, readOpenApi } = await (openApi ??= import('./openapi/read-openapi.js'));
    const read = readOpenApi(document, { given: this.#isNamed, paths, faults });
    if (read !== undefined) this.openapi.push(read);
    if (paths && !faults.failed && isReadable(document.version)) this.raw.push(document);
  }

  async addDiscovery(document: JsonMap): Promise<void> {
    const { readDiscovery } = await import('./openapi/discovery.js');
    for (const [key, resource] of readDiscovery(document)) this.discovered.set(key, resource);
  }

  /** Takes a map that is a JSON Schema, or that one may refer to. */
  addSchema({ value, source, path }: LoadedDocument, isSchema: boolean): void {
    if (!isMap(value) || path.length > 0) return;
    this.schemas.push({ source, document: value, isSchema, isOutside: this.#source.isOutside === true });
  }

  addForeign(document: LoadedDocument): void {
    this.#foreign.add(document);
    this.addSchema(document, false);
  }

  /** In a folder anything may lie about; what is named itself was meant. */
  tellForeign(): void {
    if (this.#isNamed) this.faults.push(...this.#foreign.faults());
  }

  get #isNamed(): boolean {
    return this.#source.found !== true;
  }
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

const bareList = {
  message: 'a list of CustomResourceDefinitions that is not the items of an object is no Kubernetes object',
  hint: "Print its items one after the other (jq '.[]'), or make it the items of an object with apiVersion v1 and kind List.",
};

const onlyIndex = {
  message: 'is only the index of the OpenAPI documents of a cluster',
  hint: 'Name those, such as what kubectl get --raw /openapi/v3/apis/apps/v1 prints, or read the cluster with --cluster.',
};

function unknownVersion(apiVersion: unknown): string {
  const known = 'a CustomResourceDefinition has "apiextensions.k8s.io/v1"';
  return apiVersion === undefined ? `apiVersion is missing: ${known}` : `${known}, not ${describe(apiVersion)}`;
}
