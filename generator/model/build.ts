import type { Diagnostic } from '../diagnostics.js';
import type { Crd, CrdVersion } from '../load/crd.js';
import { apiVersionOf } from './api-version.js';
import { lower } from './lower.js';
import type { Lowering } from './lowering.js';
import type { Visit } from './node-order.js';
import { asSchema, type RawSchema } from './raw-schema.js';
import type { Docs, ResourceModel } from './resource.js';
import { rootNode, rootShape } from './root.js';
import { schemaPath } from './schema-path.js';
import { ShapeTable } from './type-node.js';

/** Which versions of a CRD become modules. */
export type VersionChoice = 'served' | 'storage' | 'all';

/** Lowers the chosen versions of a checked CRD into models; there may be none. */
export function buildModels(
  crd: Crd,
  options: { readonly versions: VersionChoice; readonly docsOf: Lowering['docsOf'] },
): { models: ResourceModel[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const models = crd.versions
    .filter((version) => isChosen(version, options.versions))
    .map((version) => buildModel(crd, version, { docsOf: options.docsOf, diagnostics }));
  return { models, diagnostics };
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
  { docsOf, diagnostics }: Pick<Lowering, 'docsOf'> & { readonly diagnostics: Diagnostic[] },
): ResourceModel {
  const node = rootNode(version.schema);
  const visit: Visit = { node, storage: storageOf(crd, version), openness: version.open ? 'open' : 'closed' };
  const lowering = lower(visit, {
    shapes: new ShapeTable(),
    docsOf,
    warn: (faulty, message) => {
      const path = `spec.versions[${crd.versions.indexOf(version)}].schema.openAPIV3Schema${schemaPath(node, faulty)}`;
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

/** Whose defaults a read shows: with a webhook, or in the storage version itself, the version's own (V10). */
function storageOf(crd: Crd, version: CrdVersion): RawSchema | 'self' | undefined {
  if (crd.versions.length === 1 || crd.conversionWebhook || version.storage) return 'self';
  return asSchema(crd.versions.find(({ storage }) => storage)?.schema);
}

function withDeprecation(docs: Docs, version: CrdVersion): Docs {
  if (!version.deprecated) return docs;
  return { ...docs, deprecated: version.deprecationWarning ?? docs.deprecated ?? '' };
}
