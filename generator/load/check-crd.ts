import { didYouMean } from '../did-you-mean.js';
import { checkNames } from './check-names.js';
import type { RuledNode } from './check-schema.js';
import { checkShared, checkVersions, readFlag } from './check-versions.js';
import type { Crd, DocumentSource } from './crd.js';
import type { DocumentPath } from './document-path.js';
import type { FaultList } from './fault.js';
import { describe, field, isMap, quote, stringField, type JsonMap } from './json-value.js';

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
 * alone its module can be made. The nodes with CEL rules are added to `ruled`, for `checkRules`.
 */
export function checkCrd(
  { document, apiVersion, source, path }: CrdDocument,
  faults: FaultList,
  ruled?: RuledNode[],
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
  checkFields(spec, specPath, { beta, faults });
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
  const context = { spec, path: specPath, beta: oldLayout, keepsAll, faults, ruled };
  checkShared(context);
  const versions = checkVersions(context);
  if (names === undefined || faults.failed) return undefined;
  const conversion = field(spec, 'conversion');
  const name = checkName(document, { path, wanted: `${names.plural}.${names.group}`, faults });
  checkProtected(document, { path: specPath, group: names.group, faults });
  return {
    source,
    name,
    ...names,
    conversionWebhook: isMap(conversion) && field(conversion, 'strategy') === 'Webhook',
    versions,
  };
}

const specFields = ['group', 'names', 'scope', 'versions', 'conversion', 'preserveUnknownFields'];
const betaFields = [
  ...specFields,
  'version',
  'validation',
  'subresources',
  'additionalPrinterColumns',
  'selectableFields',
];

function checkFields(
  spec: JsonMap,
  path: DocumentPath,
  { beta, faults }: { readonly beta: boolean; readonly faults: FaultList },
): void {
  const known = beta ? betaFields : specFields;
  for (const key of Object.keys(spec)) {
    if (known.includes(key)) continue;
    const guess = didYouMean(key, known);
    const help = betaFields.includes(key)
      ? ': it is one of v1beta1; in v1 it stands in each version'
      : guess === undefined
        ? ' and has no effect'
        : ` and has no effect. Did you mean ${quote(guess)}?`;
    faults.warning([...path, key], `${quote(key)} is not a field of a CRD${help}`);
  }
}

function checkName(
  document: JsonMap,
  { path, wanted, faults }: { readonly path: DocumentPath; readonly wanted: string; readonly faults: FaultList },
): string {
  const metadata = field(document, 'metadata');
  const name = isMap(metadata) ? stringField(metadata, 'name') : undefined;
  if (name !== wanted) {
    const is = name === undefined ? 'is missing' : `is ${quote(name)}`;
    faults.warning([...path, 'metadata', 'name'], `metadata.name ${is}; the API server takes only ${quote(wanted)}`);
  }
  return wanted;
}

/** Groups of Kubernetes itself need an annotation (KEP-1111). */
function checkProtected(
  document: JsonMap,
  { path, group, faults }: { readonly path: DocumentPath; readonly group: string; readonly faults: FaultList },
): void {
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)) return;
  const metadata = field(document, 'metadata');
  const annotations = isMap(metadata) ? field(metadata, 'annotations') : undefined;
  if (isMap(annotations) && field(annotations, 'api-approved.kubernetes.io') !== undefined) return;
  faults.warning(
    [...path, 'group'],
    `the group ${quote(group)} is protected: the API server wants the annotation api-approved.kubernetes.io`,
  );
}
