import { checkFields, type Fields } from './check-fields.js';
import { isSubdomain } from './check-names.js';
import type { DocumentPath } from './document-path.js';
import type { FaultList } from './fault.js';
import { describe, field, isMap, quote, stringField, type JsonMap } from './json-value.js';

/** The metadata of a CRD, and what its spec says of it. */
export interface MetadataOf {
  readonly document: JsonMap;
  /** Where the CRD stands. */
  readonly path: DocumentPath;
  readonly faults: FaultList;
  readonly group: string;
  readonly plural: string;
  /** v1beta1 is not served: only the name is looked at. */
  readonly beta: boolean;
}

/** Checks the metadata of a CRD, and returns the name that it must have: warnings only, since no type depends on them. */
export function checkMetadata({ document, path, faults, group, plural, beta }: MetadataOf): string {
  const metadata = field(document, 'metadata') ?? {};
  const at = [...path, 'metadata'];
  const wanted = `${plural}.${group}`;
  if (!isMap(metadata)) {
    faults.warning(at, `metadata must be a map, not ${describe(metadata)}`);
    return wanted;
  }
  const name = stringField(metadata, 'name');
  if (name !== wanted) {
    const is = name === undefined ? 'is missing' : `is ${quote(name)}`;
    faults.warning([...at, 'name'], `name ${is}; the API server takes only ${quote(wanted)}`);
  }
  if (!beta) {
    const start = stringField(metadata, 'generateName') ?? '';
    if (start !== '' && start !== wanted)
      faults.warning([...at, 'generateName'], `generateName can only be ${quote(wanted)}: leave it out`);
    checkFields({ map: metadata, what: 'metadata', path: at, faults }, metadataFields);
    checkOwners(field(metadata, 'ownerReferences'), [...at, 'ownerReferences'], faults);
    checkTimes(metadata, at, faults);
    checkFinalizers(field(metadata, 'finalizers'), [...at, 'finalizers'], faults);
    checkLabels(field(metadata, 'labels'), [...at, 'labels'], { faults, areValuesNames: true });
    checkLabels(field(metadata, 'annotations'), [...at, 'annotations'], { faults, areValuesNames: false });
  }
  checkProtected(metadata, { path, group, faults });
  return wanted;
}

const metadataFields: Fields = {
  name: 'any',
  generateName: 'text',
  namespace: 'text',
  selfLink: 'text',
  uid: 'text',
  resourceVersion: 'text',
  generation: 'integer',
  creationTimestamp: 'text',
  deletionTimestamp: 'text',
  deletionGracePeriodSeconds: 'integer',
  labels: 'labels',
  annotations: 'labels',
  ownerReferences: 'list',
  finalizers: 'texts',
  managedFields: 'list',
};

const ownerFields: Fields = {
  apiVersion: 'text',
  kind: 'text',
  name: 'text',
  uid: 'text',
  controller: 'flag',
  blockOwnerDeletion: 'flag',
};

function checkOwners(owners: unknown, path: DocumentPath, faults: FaultList): void {
  const list: unknown[] = Array.isArray(owners) ? owners : [];
  for (const [i, owner] of list.entries()) {
    const at = [...path, i];
    if (!isMap(owner)) {
      faults.warning(at, `an owner must be a map, not ${describe(owner)}`);
      continue;
    }
    checkFields({ map: owner, what: 'an owner', path: at, faults }, ownerFields);
    const lacks = ['apiVersion', 'kind', 'name', 'uid'].filter((key) => (field(owner, key) ?? '') === '');
    if (lacks.length > 0) faults.warning(at, `an owner needs ${lacks.join(', ')}`);
  }
}

function checkTimes(metadata: JsonMap, path: DocumentPath, faults: FaultList): void {
  for (const key of ['creationTimestamp', 'deletionTimestamp']) {
    const time = stringField(metadata, key);
    if (time !== undefined && !/^\d{4}-\d\d-\d\dT/.test(time))
      faults.warning([...path, key], `${key} must be a time such as "2024-01-31T12:00:00Z", not ${quote(time)}`);
  }
}

const labelName = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
/** Of the keys and values of all annotations together. */
const mostBytes = 256 * 1024;

/** Labels and annotations: what their keys must be called, and the values of labels too. */
function checkLabels(
  map: unknown,
  path: DocumentPath,
  { faults, areValuesNames }: { readonly faults: FaultList; readonly areValuesNames: boolean },
): void {
  if (!isMap(map)) return;
  const what = areValuesNames ? 'label' : 'annotation';
  const texts = Object.entries(map).flat();
  const bytes = texts.reduce((sum: number, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), 0);
  if (!areValuesNames && bytes > mostBytes) faults.warning(path, `annotations have at most ${mostBytes} bytes`);
  for (const [key, value] of Object.entries(map)) {
    // The prefix of an annotation may have capitals.
    if (!isLabelKey(areValuesNames ? key : key.toLowerCase())) {
      const wanted = `${areValuesNames ? 'a' : 'an'} ${what} is called like "name" or "example.com/name"`;
      faults.warning([...path, key], `${wanted}, not ${quote(key)}`);
    }
    if (areValuesNames && typeof value === 'string' && value !== '' && !labelName.test(value)) {
      const wanted = 'the value of a label has up to 63 letters, digits, "-", "_" and ".", the first and last no sign';
      faults.warning([...path, key], `${wanted}: not ${quote(value)}`);
    }
  }
}

function checkFinalizers(finalizers: unknown, path: DocumentPath, faults: FaultList): void {
  const list: unknown[] = Array.isArray(finalizers) ? finalizers : [];
  for (const [i, one] of list.entries()) {
    const text = one ?? '';
    if (typeof text === 'string' && !isLabelKey(text))
      faults.warning([...path, i], `a finalizer is called like "example.com/name", not ${quote(text)}`);
  }
  if (list.includes('orphan') && list.includes('foregroundDeletion'))
    faults.warning(path, 'there is only one of the finalizers orphan and foregroundDeletion');
}

function isLabelKey(key: string): boolean {
  const parts = key.split('/');
  const [before, own] = parts.length === 2 ? parts : [undefined, key];
  return labelName.test(own ?? '') && (before === undefined || isSubdomain(before));
}

const approval = 'api-approved.kubernetes.io';

/** Groups of Kubernetes itself need an annotation (KEP-1111): a URL, or why there is none. */
function checkProtected(
  metadata: JsonMap,
  { path, group, faults }: { readonly path: DocumentPath; readonly group: string; readonly faults: FaultList },
): void {
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)) return;
  const annotations = field(metadata, 'annotations');
  const given = isMap(annotations) ? stringField(annotations, approval) : undefined;
  if (given === undefined || given === '') {
    const message = `the group ${quote(group)} is protected: the API server wants the annotation ${approval}`;
    faults.warning([...path, 'spec', 'group'], message);
  } else if (!given.startsWith('unapproved') && !/^[A-Za-z][-+.A-Za-z0-9]*:\/\/[^/?#]/.test(given)) {
    const message = `${approval} must be a URL, or begin with "unapproved", not ${quote(given)}`;
    faults.warning([...path, 'metadata', 'annotations', approval], message);
  }
}
