import { checkConversion } from './check-conversion.js';
import { checkFields, type Fields } from './check-fields.js';
import { checkMetadata, nameOf } from './check-metadata.js';
import { checkNames } from './check-names.js';
import { checkStatus } from './check-status.js';
import type { Faultless, RuledNode } from './schema-place.js';
import { checkShared, checkVersions, readFlag } from './check-versions.js';
import type { Crd, DocumentSource } from '../crd.js';
import type { DocumentPath } from '../document-path.js';
import type { FaultList } from '../fault.js';
import { describe, field, fieldAt, isMap, quote, type JsonMap } from '../json-value.js';

/** One CRD of a document, not checked yet. */
export interface CrdDocument {
  readonly document: JsonMap;
  /** `apiextensions.k8s.io/v1` or `apiextensions.k8s.io/v1beta1`. */
  readonly apiVersion: string;
  readonly source: DocumentSource;
  /** Where the CRD stands in its document. */
  readonly path: DocumentPath;
}

/**
 * Checks a CustomResourceDefinition: one fault for each thing that is wrong (F37, V19). Undefined where there were errors; with warnings
 * alone its module can be made. The nodes with CEL rules are added to `ruled`, for `checkCel`; those of a schema without a fault to
 * `faultless`, and what is in there is not looked at again.
 */
export function checkCrd(
  { document, apiVersion, source, path }: CrdDocument,
  faults: FaultList,
  ruled?: RuledNode[],
  faultless?: Faultless,
): Crd | undefined {
  const beta = apiVersion.endsWith('/v1beta1');
  const spec = field(document, 'spec');
  if (!isMap(spec)) {
    faults.error(
      [...path, 'spec'],
      spec === undefined ? 'spec is missing' : `spec must be a map, not ${describe(spec)}`,
    );
    return undefined;
  }
  const specPath = [...path, 'spec'];
  if (beta) {
    faults.warning(
      [...path, 'apiVersion'],
      'apiextensions.k8s.io/v1beta1 is not served since Kubernetes 1.22; read as well as can be',
    );
  }
  if (!beta) checkFields({ map: document, what: 'a CRD', path, faults }, documentFields);
  if (!beta) checkStatus(field(document, 'status'), [...path, 'status'], faults);
  checkSpecFields(spec, specPath, { beta, faults });
  const names = checkNames(spec, { path: specPath, beta, faults });
  const keepsAll = readFlag(spec, 'preserveUnknownFields', { path: specPath, faults });
  if (keepsAll && !beta) {
    faults.warning(
      [...specPath, 'preserveUnknownFields'],
      'preserveUnknownFields: true is not allowed in v1: every field is kept',
    );
  }
  // A `version` without `versions` is the old layout, whatever apiVersion says.
  const oldLayout = beta || (field(spec, 'versions') === undefined && field(spec, 'version') !== undefined);
  const context = { spec, path: specPath, beta: oldLayout, keepsAll, faults, ruled, faultless };
  const versions = checkVersions({ ...context, shared: checkShared(context) });
  const conversion = field(spec, 'conversion');
  if (!oldLayout) checkConversion(conversion, [...specPath, 'conversion'], faults);
  checkMetadata({ document, path, faults, names, beta });
  if (names === undefined || faults.failed) return undefined;
  return {
    source,
    name: nameOf(names),
    ...names,
    conversionWebhook: fieldAt(conversion, 'strategy') === 'Webhook',
    versions,
  };
}

const documentFields: Fields = { apiVersion: 'any', kind: 'any', metadata: 'any', spec: 'any', status: 'map' };
const specFields: Fields = {
  group: 'any',
  names: 'any',
  scope: 'any',
  versions: 'any',
  conversion: 'any',
  preserveUnknownFields: 'any',
};
/** Fields that v1beta1 has here, and v1 in each version. */
const betaFields: Fields = {
  version: 'any',
  validation: 'any',
  subresources: 'any',
  additionalPrinterColumns: 'any',
  selectableFields: 'any',
};

function checkSpecFields(
  spec: JsonMap,
  path: DocumentPath,
  { beta, faults }: { readonly beta: boolean; readonly faults: FaultList },
): void {
  for (const key of beta ? [] : Object.keys(spec).filter((name) => Object.hasOwn(betaFields, name))) {
    const message = `${quote(key)} is not a field of a CRD: it is one of v1beta1; in v1 it stands in each version`;
    faults.warning([...path, key], message);
  }
  // In v1 those of v1beta1 are told above.
  checkFields({ map: spec, what: 'a CRD', path, faults }, { ...specFields, ...betaFields });
}
