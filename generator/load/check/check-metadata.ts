import { checkEach, checkFields, type Fields, type FieldsOf } from './check-fields.js';
import { isSubdomain, type CheckedNames } from './check-names.js';
import type { DocumentPath } from '../document-path.js';
import type { FaultList } from '../fault.js';
import { describe, field, isMap, quote, sameValue, stringField, textAt, type JsonMap } from '../json-value.js';

/** The metadata of a CRD, and what its spec says of it. */
export interface MetadataOf {
  readonly document: JsonMap;
  /** Where the CRD stands. */
  readonly path: DocumentPath;
  readonly faults: FaultList;
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
export function checkMetadata({ document, path, faults, names, beta }: MetadataOf): void {
  const metadata = field(document, 'metadata') ?? {};
  const at = [...path, 'metadata'];
  if (!isMap(metadata)) return faults.warning(at, `metadata must be a map, not ${describe(metadata)}`);
  if (names !== undefined) checkName(metadata, at, { wanted: nameOf(names), beta, faults });
  if (!beta) checkObjectMeta({ metadata, path: at, faults });
  if (names !== undefined) checkProtected(metadata, { path, group: names.group, faults });
}

/** Checks the metadata of any object, but for its name. */
export function checkObjectMeta({
  metadata,
  path,
  faults,
  areOthersDropped,
}: {
  readonly metadata: JsonMap;
  readonly path: DocumentPath;
  readonly faults: FaultList;
  /** Whether unknown fields are no fault. */
  readonly areOthersDropped?: boolean;
}): void {
  const of = { faults, areOthersDropped };
  checkFields({ ...of, map: metadata, what: 'metadata', path }, metadataFields);
  checkOwners(field(metadata, 'ownerReferences'), { ...of, what: 'an owner', path: [...path, 'ownerReferences'] });
  const managers = { ...of, what: 'an entry of managedFields', path: [...path, 'managedFields'] };
  checkEach(field(metadata, 'managedFields'), managers, managerFields);
  checkFinalizers(field(metadata, 'finalizers'), [...path, 'finalizers'], faults);
  checkLabels(field(metadata, 'labels'), [...path, 'labels'], { faults, areValuesNames: true });
  checkLabels(field(metadata, 'annotations'), [...path, 'annotations'], { faults, areValuesNames: false });
}

function checkName(
  metadata: JsonMap,
  path: DocumentPath,
  { wanted, beta, faults }: { readonly wanted: string; readonly beta: boolean; readonly faults: FaultList },
): void {
  const name = stringField(metadata, 'name');
  if (name !== wanted) {
    const is = name === undefined ? 'is missing' : `is ${quote(name)}`;
    faults.warning([...path, 'name'], `name ${is}; the API server takes only ${quote(wanted)}`);
  }
  const start = stringField(metadata, 'generateName') ?? '';
  if (!beta && start !== '' && start !== wanted)
    faults.warning([...path, 'generateName'], `generateName can only be ${quote(wanted)}: leave it out`);
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

function checkOwners(owners: unknown, of: Omit<FieldsOf, 'map'>): void {
  const { path, faults } = of;
  const each = checkEach(owners, of, ownerFields);
  for (const [at, owner] of each) {
    const lacks = ['apiVersion', 'kind', 'name', 'uid'].filter((key) => (field(owner, key) ?? '') === '');
    if (lacks.length > 0) faults.warning(at, `an owner needs ${lacks.join(', ')}`);
    const apiVersion = stringField(owner, 'apiVersion') ?? '';
    if (apiVersion !== '' && !/^(?:[^/]*\/)?[^/]+$/.test(apiVersion))
      faults.warning(
        [...at, 'apiVersion'],
        `apiVersion is "<group>/<version>" or "<version>", not ${quote(apiVersion)}`,
      );
    if (/^\/?v1$/.test(apiVersion) && field(owner, 'kind') === 'Event') faults.warning(at, 'no Event can be an owner');
  }
  checkControllers(
    each.map(([, owner]) => owner),
    path,
    faults,
  );
}

/** One owner at most is the controller; what is there twice counts once. */
function checkControllers(owners: readonly JsonMap[], path: DocumentPath, faults: FaultList): void {
  const controllers = owners.filter((owner) => field(owner, 'controller') === true);
  if (!controllers.every((owner) => sameValue(owner, controllers[0])))
    faults.warning(path, 'only one of the owners can have controller: true');
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
  const given = textAt(metadata, 'annotations', approval);
  if (given === undefined || given === '') {
    const message = `the group ${quote(group)} is protected: the API server wants the annotation ${approval}`;
    faults.warning([...path, 'spec', 'group'], message);
  } else if (!given.startsWith('unapproved') && !/^[A-Za-z][-+.A-Za-z0-9]*:\/\/[^/?#]/.test(given)) {
    const message = `${approval} must be a URL, or begin with "unapproved", not ${quote(given)}`;
    faults.warning([...path, 'metadata', 'annotations', approval], message);
  }
}
