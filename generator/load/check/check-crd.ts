import { checkConversion } from './check-conversion.js';
import { checkFields, type Fields } from './check-fields.js';
import { checkMetadata, nameOf } from './check-metadata.js';
import { checkNames } from './check-names.js';
import { checkStatus } from './check-status.js';
import type { Faultless, RuledNode } from './schema-place.js';
import { checkShared, checkVersions, readFlag } from './check-versions.js';
import type { Crd, DocumentSource } from '../crd.js';
import type { DocumentPath } from '../document-path.js';
import { PartReport, type FaultList } from '../fault.js';
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
  const whole = new PartReport(path, faults);
  const report = whole.below('spec');
  const spec = field(document, 'spec');
  if (!isMap(spec)) {
    report.error(spec === undefined ? 'spec is missing' : `spec must be a map, not ${describe(spec)}`);
    return undefined;
  }
  if (beta) {
    const message = 'apiextensions.k8s.io/v1beta1 is not served since Kubernetes 1.22; read as well as can be';
    whole.below('apiVersion').warning(message);
  } else {
    checkFields({ map: document, what: 'a CRD', report: whole }, documentFields);
    checkStatus(field(document, 'status'), whole.below('status'));
  }
  checkSpecFields(spec, report, beta);
  const names = checkNames(spec, report, beta);
  const keepsAll = readFlag(spec, 'preserveUnknownFields', report);
  if (keepsAll && !beta) {
    const message = 'preserveUnknownFields: true is not allowed in v1: every field is kept';
    report.below('preserveUnknownFields').warning(message);
  }
  // A `version` without `versions` is the old layout, whatever apiVersion says.
  const oldLayout = beta || (field(spec, 'versions') === undefined && field(spec, 'version') !== undefined);
  const context = { spec, report, beta: oldLayout, keepsAll, faults, ruled, faultless };
  const versions = checkVersions({ ...context, shared: checkShared(context) });
  const conversion = field(spec, 'conversion');
  if (!oldLayout) checkConversion(conversion, report.below('conversion'));
  checkMetadata({ document, report: whole, names, beta });
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

function checkSpecFields(spec: JsonMap, report: PartReport, beta: boolean): void {
  for (const key of beta ? [] : Object.keys(spec).filter((name) => Object.hasOwn(betaFields, name))) {
    const message = `${quote(key)} is not a field of a CRD: it is one of v1beta1; in v1 it stands in each version`;
    report.below(key).warning(message);
  }
  // In v1 those of v1beta1 are told above.
  checkFields({ map: spec, what: 'a CRD', report }, { ...specFields, ...betaFields });
}
