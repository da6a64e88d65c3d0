import { checkEach, checkFields, type Fields, type FieldsOf } from './check-fields.js';
import { isSubdomain, type CheckedNames } from './check-names.js';
import type { PartReport } from '../fault.js';
import { describe, field, isMap, quote, sameValue, stringField, textAt, type JsonMap } from '../json-value.js';

/** The metadata of a CRD, and what its spec says of it. */
export interface MetadataOf {
  readonly document: JsonMap;
  /** Of the whole CRD. */
  readonly report: PartReport;
  /** `undefined` where one of them cannot be used. */
  readonly names: Pick<CheckedNames, 'group' | 'plural'> | undefined;
  /** v1beta1 is not served: only the name is looked at. */
  readonly beta: boolean;
}

/** The name that a CRD must have. */
export function nameOf({ group, plural }: Pick<CheckedNames, 'group' | 'plural'>): string {
  return `${plural}.${group}`;
}

/** Checks the metadata of a CRD: warnings only, since no type depends on them. */
export function checkMetadata({ document, report, names, beta }: MetadataOf): void {
  const metadata = field(document, 'metadata') ?? {};
  const at = report.below('metadata');
  if (!isMap(metadata)) return at.warning(`metadata must be a map, not ${describe(metadata)}`);
  if (names !== undefined) checkName(metadata, at, { wanted: nameOf(names), beta });
  if (!beta) checkObjectMeta(metadata, at);
  if (names !== undefined) checkProtected(metadata, names.group, report);
}

/** Checks the metadata of any object, but for its name. `areOthersDropped`: unknown fields are no fault. */
export function checkObjectMeta(metadata: JsonMap, report: PartReport, areOthersDropped = false): void {
  const at = (key: string, what: string): Omit<FieldsOf, 'map'> => ({
    what,
    report: report.below(key),
    areOthersDropped,
  });
  checkFields({ map: metadata, what: 'metadata', report, areOthersDropped }, metadataFields);
  checkOwners(field(metadata, 'ownerReferences'), at('ownerReferences', 'an owner'));
  checkEach(field(metadata, 'managedFields'), at('managedFields', 'an entry of managedFields'), managerFields);
  checkFinalizers(field(metadata, 'finalizers'), report.below('finalizers'));
  checkLabels(field(metadata, 'labels'), report.below('labels'));
  checkAnnotations(field(metadata, 'annotations'), report.below('annotations'));
}

function checkName(
  metadata: JsonMap,
  report: PartReport,
  { wanted, beta }: { readonly wanted: string; readonly beta: boolean },
): void {
  const name = stringField(metadata, 'name');
  if (name !== wanted) {
    const is = name === undefined ? 'is missing' : `is ${quote(name)}`;
    report.below('name').warning(`name ${is}; the API server takes only ${quote(wanted)}`);
  }
  const start = stringField(metadata, 'generateName') ?? '';
  if (!beta && start !== '' && start !== wanted)
    report.below('generateName').warning(`generateName can only be ${quote(wanted)}: leave it out`);
}

const metadataFields: Fields = {
  name: 'any',
  generateName: 'text',
  namespace: 'text',
  selfLink: 'text',
  uid: 'text',
  resourceVersion: 'text',
  generation: 'integer',
  creationTimestamp: 'time',
  deletionTimestamp: 'time',
  deletionGracePeriodSeconds: 'integer',
  labels: 'labels',
  annotations: 'labels',
  ownerReferences: 'list',
  finalizers: 'texts',
  managedFields: 'list',
};

/** Whether the metadata of an object has a field of this name. */
export function isMetadataField(name: string): boolean {
  return Object.hasOwn(metadataFields, name);
}

const ownerFields: Fields = {
  apiVersion: 'text',
  kind: 'text',
  name: 'text',
  uid: 'text',
  controller: 'flag',
  blockOwnerDeletion: 'flag',
};

const managerFields: Fields = {
  manager: 'text',
  operation: 'text',
  apiVersion: 'text',
  time: 'time',
  fieldsType: 'text',
  fieldsV1: 'any',
  subresource: 'text',
};

function checkOwners(list: unknown, of: Omit<FieldsOf, 'map'>): void {
  const owners = checkEach(list, of, ownerFields);
  for (const { map: owner, report } of owners) {
    const lacks = ['apiVersion', 'kind', 'name', 'uid'].filter((key) => (field(owner, key) ?? '') === '');
    if (lacks.length > 0) report.warning(`an owner needs ${lacks.join(', ')}`);
    const apiVersion = stringField(owner, 'apiVersion') ?? '';
    if (apiVersion !== '' && !/^(?:[^/]*\/)?[^/]+$/.test(apiVersion)) {
      const message = `apiVersion is "<group>/<version>" or "<version>", not ${quote(apiVersion)}`;
      report.below('apiVersion').warning(message);
    }
    if (/^\/?v1$/.test(apiVersion) && field(owner, 'kind') === 'Event') report.warning('no Event can be an owner');
  }
  // One owner at most is the controller; what is there twice counts once.
  const controllers = owners.map(({ map }) => map).filter((owner) => field(owner, 'controller') === true);
  if (!controllers.every((owner) => sameValue(owner, controllers[0])))
    of.report.warning('only one of the owners can have controller: true');
}

const labelName = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
/** Of the keys and values of all annotations together. */
const mostBytes = 256 * 1024;

function checkLabels(labels: unknown, report: PartReport): void {
  for (const [key, value] of Object.entries(isMap(labels) ? labels : {})) {
    if (!isLabelKey(key)) report.below(key).warning(`a label ${calledLike}, not ${quote(key)}`);
    if (typeof value === 'string' && value !== '' && !labelName.test(value)) {
      const wanted = 'the value of a label has up to 63 letters, digits, "-", "_" and ".", the first and last no sign';
      report.below(key).warning(`${wanted}: not ${quote(value)}`);
    }
  }
}

const calledLike = 'is called like "name" or "example.com/name"';

function checkAnnotations(annotations: unknown, report: PartReport): void {
  const map = isMap(annotations) ? annotations : {};
  const texts = Object.entries(map).flat();
  const bytes = texts.reduce((sum: number, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), 0);
  if (bytes > mostBytes) report.warning(`annotations have at most ${mostBytes} bytes`);
  for (const key of Object.keys(map)) {
    // The prefix of an annotation may have capitals.
    if (!isLabelKey(key.toLowerCase())) report.below(key).warning(`an annotation ${calledLike}, not ${quote(key)}`);
  }
}

function checkFinalizers(finalizers: unknown, report: PartReport): void {
  const list: unknown[] = Array.isArray(finalizers) ? finalizers : [];
  for (const [i, one] of list.entries()) {
    const text = one ?? '';
    if (typeof text === 'string' && !isLabelKey(text))
      report.below(i).warning(`a finalizer is called like "example.com/name", not ${quote(text)}`);
  }
  if (list.includes('orphan') && list.includes('foregroundDeletion'))
    report.warning('there is only one of the finalizers orphan and foregroundDeletion');
}

function isLabelKey(key: string): boolean {
  const parts = key.split('/');
  const [before, own] = parts.length === 2 ? parts : [undefined, key];
  return labelName.test(own ?? '') && (before === undefined || isSubdomain(before));
}

const approval = 'api-approved.kubernetes.io';

/** Groups of Kubernetes itself need an annotation (KEP-1111): a URL, or why there is none. */
function checkProtected(metadata: JsonMap, group: string, report: PartReport): void {
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)) return;
  const given = textAt(metadata, 'annotations', approval);
  if (given === undefined || given === '') {
    const message = `the group ${quote(group)} is protected: the API server wants the annotation ${approval}`;
    report.below('spec', 'group').warning(message);
  } else if (!given.startsWith('unapproved') && !/^[A-Za-z][-+.A-Za-z0-9]*:\/\/[^/?#]/.test(given)) {
    const message = `${approval} must be a URL, or begin with "unapproved", not ${quote(given)}`;
    report.below('metadata', 'annotations', approval).warning(message);
  }
}
