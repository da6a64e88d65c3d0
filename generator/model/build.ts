import type { Diagnostic } from '../diagnostics.js';
import type { Crd, CrdVersion } from '../load/crd.js';
import { apiVersionOf } from '../load/api-version.js';
import { createDocs } from './docs.js';
import { lower } from './lower.js';
import type { Lowering } from './lowering.js';
import { VisitMap, type Visit } from './node-order.js';
import { asSchema, type RawSchema } from './raw-schema.js';
import type { Docs, ResourceModel } from './resource.js';
import { rootNode, rootShape } from './root.js';
import { schemaPaths } from './schema-path.js';
import { ShapeTable } from './type-node.js';

/** Which versions of a CRD become modules. */
export type VersionChoice = 'served' | 'storage' | 'all';

/** What equal nodes of many CRDs come to, each looked at once. */
export type KnownTypes = Pick<Lowering, 'done' | 'members' | 'shapes' | 'docsOf'>;

/** Nothing is known yet. */
export function createKnownTypes(): KnownTypes {
  return { done: new VisitMap(), members: new VisitMap(), shapes: new ShapeTable(), docsOf: createDocs() };
}

/**
 * Lowers the chosen versions of a checked CRD into models; there may be none. What is wrong with a node that is known is not told again;
 * without `known` each version tells of its own.
 */
export function buildModels(
  crd: Crd,
  options: { readonly versions: VersionChoice; readonly known?: KnownTypes },
): { models: ResourceModel[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const models = crd.versions
    .filter((version) => isChosen(version, options.versions))
    .map((version) => buildModel(crd, version, { known: options.known ?? createKnownTypes(), diagnostics }));
  // What is wrong with the schema that all versions share is told once.
  return { models, diagnostics: [...new Map(diagnostics.map((one) => [`${one.path}: ${one.message}`, one])).values()] };
}

function isChosen(version: CrdVersion, choice: VersionChoice): boolean {
  switch (choice) {
    case 'served':
      return version.served;
    case 'storage':
      return version.storage;
    case 'all':
      return true;
  }
}

function buildModel(
  crd: Crd,
  version: CrdVersion,
  { known, diagnostics }: { readonly known: KnownTypes; readonly diagnostics: Diagnostic[] },
): ResourceModel {
  const node = rootNode(version.schema);
  const visit: Visit = { node, storage: storageOf(crd, version), openness: version.open ? 'open' : 'closed' };
  let paths: ReadonlyMap<RawSchema, string> | undefined;
  const lowering = lower(visit, {
    ...known,
    warn: (faulty, message) => {
      paths ??= schemaPaths(node);
      const path = `${placeOf(crd, version)}.openAPIV3Schema${paths.get(faulty) ?? ''}`;
      diagnostics.push({ severity: 'warning', message, file: crd.source.file, path });
    },
  });
  const { root, docs } = rootShape(visit, lowering, {
    apiVersion: apiVersionOf({ group: crd.group, version: version.name }),
    kind: crd.kind,
    scope: crd.scope,
    isStored: true,
  });
  return {
    origin: `CustomResourceDefinition ${crd.name}, version ${version.name}`,
    file: crd.source.file,
    group: crd.group,
    version: version.name,
    kind: crd.kind,
    plural: crd.plural,
    singular: crd.singular,
    listKind: crd.listKind,
    scope: crd.scope,
    shortNames: crd.shortNames,
    categories: crd.categories,
    subresources: version.subresources,
    printerColumns: version.printerColumns,
    selectableFields: version.selectableFields,
    docs: withDeprecation(docs, version),
    root,
  };
}

/** Where the schema of a version stands in its CRD. */
function placeOf(crd: Crd, version: CrdVersion): string {
  return version.sharesSchema === true ? 'spec.validation' : `spec.versions[${crd.versions.indexOf(version)}].schema`;
}

/** Whose defaults a read shows: with a webhook, or in the storage version itself, the version's own (V10). */
function storageOf(crd: Crd, version: CrdVersion): RawSchema | 'self' | undefined {
  if (crd.versions.length === 1 || crd.conversionWebhook || version.storage) return 'self';
  return asSchema(crd.versions.find(({ storage }) => storage)?.schema);
}

function withDeprecation(docs: Docs, version: CrdVersion): Docs {
  if (!version.deprecated) return docs;
  return { ...docs, deprecated: version.deprecationWarning ?? docs.deprecated ?? '' };
}
