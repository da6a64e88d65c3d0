import type { Scope } from '../../resource.js';
import { type JsonObject, isObject, objectOr, ownValue, stringOr, stringsOf } from './json.js';
import type { FieldFault } from './status.js';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = new RegExp(`^${label}(\\.${label})*$`);
const qualifiedName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  `'${label}(\\.${label})*')`;
const nameText =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with " +
  "an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** All annotations of an object together, in bytes. */
const ANNOTATIONS_LIMIT = 256 * 1024;

/** What is wrong with the `metadata` of an object that is to be stored. */
export function metaFaults(meta: JsonObject, scope: Scope): FieldFault[] {
  return [
    ...nameFaults(stringOr(meta['name']) ?? ''),
    ...(scope === 'Namespaced' && (stringOr(meta['namespace']) ?? '') === ''
      ? [{ reason: 'FieldValueRequired', field: 'metadata.namespace', message: 'Required value' } as const]
      : []),
    ...labelFaults(objectOr(meta['labels'])),
    ...annotationFaults(objectOr(meta['annotations'])),
    ...stringsOf(meta['finalizers']).flatMap((finalizer) => keyFaults('metadata.finalizers', finalizer)),
    ...ownerFaults(meta['ownerReferences']),
  ];
}

function nameFaults(name: string): FieldFault[] {
  if (name === '') {
    return [
      {
        reason: 'FieldValueRequired',
        field: 'metadata.name',
        message: 'Required value: name or generateName is required',
      },
    ];
  }
  if (name.length > 253) return [invalid('metadata.name', name, 'must be no more than 253 bytes')];
  return subdomain.test(name) ? [] : [invalid('metadata.name', name, subdomainText)];
}

function labelFaults(labels: JsonObject): FieldFault[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const faults = keyFaults('metadata.labels', key);
    if (typeof value !== 'string') return faults;
    if (value.length > 63) faults.push(invalid('metadata.labels', value, 'must be no more than 63 bytes'));
    else if (!labelValue.test(value)) faults.push(invalid('metadata.labels', value, valueText));
    return faults;
  });
}

function annotationFaults(annotations: JsonObject): FieldFault[] {
  const faults = Object.keys(annotations).flatMap((key) => keyFaults('metadata.annotations', key.toLowerCase()));
  const size = Object.entries(annotations).reduce((sum, [key, value]) => sum + key.length + String(value).length, 0);
  if (size > ANNOTATIONS_LIMIT) {
    const message = `Too long: may not be more than ${ANNOTATIONS_LIMIT} bytes`;
    faults.push({ reason: 'FieldValueTooLong', field: 'metadata.annotations', message });
  }
  return faults;
}

/** A key is a name, or a DNS subdomain, a slash and a name. */
function keyFaults(field: string, key: string): FieldFault[] {
  const slash = key.indexOf('/');
  const [prefix, name] = slash === -1 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  const faults: FieldFault[] = [];
  if (prefix !== undefined && !subdomain.test(prefix)) {
    faults.push(invalid(field, key, prefix === '' ? 'prefix part must be non-empty' : `prefix part ${subdomainText}`));
  }
  if (name.length > 63) faults.push(invalid(field, key, 'name part must be no more than 63 bytes'));
  else if (!qualifiedName.test(name))
    faults.push(invalid(field, key, name === '' ? 'name part must be non-empty' : nameText));
  return faults;
}

function ownerFaults(raw: unknown): FieldFault[] {
  const owners = Array.isArray(raw) ? raw.filter(isObject) : [];
  const faults = owners.flatMap((owner, index) =>
    ['apiVersion', 'kind', 'name', 'uid']
      .filter((key) => (stringOr(ownValue(owner, key)) ?? '') === '')
      .map((key): FieldFault => {
        const field = `metadata.ownerReferences[${index}].${key}`;
        return { reason: 'FieldValueRequired', field, message: 'Required value: must not be empty' };
      }),
  );
  if (owners.filter((owner) => owner['controller'] === true).length > 1) {
    faults.push(invalid('metadata.ownerReferences', '', 'Only one reference can have Controller set to true'));
  }
  return faults;
}

function invalid(field: string, value: string, why: string): FieldFault {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${why}` };
}
