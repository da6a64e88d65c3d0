import { type JsonObject, isObject, objectOr, ownValue, stringOr } from './json.js';
import { listOf } from './crd-kind.js';
import { isBuiltInGroup } from './served-kind.js';
import type { FieldFault } from './status.js';

const types: ReadonlySet<unknown> = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);

/** Why a CustomResourceDefinition cannot be served. Its schemas are checked for what this server could not work with, not for all rules. */
export function crdFaults(crd: JsonObject): FieldFault[] {
  const spec = objectOr(crd['spec']);
  const names = objectOr(spec['names']);
  const faults: FieldFault[] = [];
  const needed = (field: string, value: unknown): string => {
    const text = stringOr(value) ?? '';
    if (text === '') faults.push({ reason: 'FieldValueRequired', field, message: 'Required value' });
    return text;
  };
  const group = needed('spec.group', spec['group']);
  const plural = needed('spec.names.plural', names['plural']);
  needed('spec.names.kind', names['kind']);
  const name = stringOr(objectOr(crd['metadata'])['name']) ?? '';
  if (name !== `${plural}.${group}`) {
    faults.push(wrong('metadata.name', name, 'must be spec.names.plural+"."+spec.group'));
  }
  if (group !== '' && isBuiltInGroup(group))
    faults.push(wrong('spec.group', group, 'is served by the API server itself'));
  if (spec['scope'] !== 'Namespaced' && spec['scope'] !== 'Cluster') {
    const message = `Unsupported value: ${JSON.stringify(spec['scope'] ?? '')}: supported values: "Cluster", "Namespaced"`;
    faults.push({ reason: 'FieldValueNotSupported', field: 'spec.scope', message });
  }
  return [...faults, ...versionFaults(listOf(spec['versions']))];
}

function versionFaults(versions: readonly JsonObject[]): FieldFault[] {
  const faults = versions.flatMap((version, index) => {
    const path = `spec.versions[${index}]`;
    const name = stringOr(version['name']) ?? '';
    const found: FieldFault[] = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)
      ? []
      : [wrong(`${path}.name`, name, 'must be a lowercase RFC 1123 label')];
    return [
      ...found,
      ...schemaFaults(objectOr(version['schema'])['openAPIV3Schema'], `${path}.schema.openAPIV3Schema`),
    ];
  });
  if (new Set(versions.map((version) => version['name'])).size !== versions.length) {
    faults.push(wrong('spec.versions', '', 'must contain unique version names'));
  }
  if (versions.filter((version) => version['storage'] === true).length !== 1) {
    faults.push(wrong('spec.versions', '', 'must have exactly one version marked as storage version'));
  }
  return faults;
}

function schemaFaults(raw: unknown, path: string): FieldFault[] {
  if (!isObject(raw)) return [];
  const faults: FieldFault[] = [];
  const type = ownValue(raw, 'type');
  if (type !== undefined && !types.has(type)) {
    const message = `Unsupported value: ${JSON.stringify(type)}: supported values: "array", "boolean", "integer", "number", "object", "string"`;
    faults.push({ reason: 'FieldValueNotSupported', field: `${path}.type`, message });
  }
  if (ownValue(raw, '$ref') !== undefined) {
    faults.push({ reason: 'FieldValueForbidden', field: `${path}.$ref`, message: 'Forbidden: $ref is not supported' });
  }
  for (const [key, inside] of Object.entries(objectOr(ownValue(raw, 'properties')))) {
    faults.push(...schemaFaults(inside, `${path}.properties[${key}]`));
  }
  for (const key of ['items', 'additionalProperties'])
    faults.push(...schemaFaults(ownValue(raw, key), `${path}.${key}`));
  return faults;
}

function wrong(field: string, value: string, why: string): FieldFault {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${why}` };
}
