import { countsAsAbsent } from './as-server-reads.js';
import { checkCompleteness } from './check-completeness.js';
import { field, fieldAt, isMap, quote } from '../json-value.js';
import { keywords } from './schema-keywords.js';
import { hasFields, isOpen, typeOf } from './schema-node.js';
import { placeBelow, type SchemaPlace, type SchemaReport } from './schema-place.js';

/** What only the root of a schema must keep to (V19). */
export function checkRoot(place: SchemaPlace, report: SchemaReport): void {
  const { node } = place;
  const type = typeOf(node);
  if (type === undefined ? !isOpen(node) : type !== 'object')
    report.warning(place, 'the root of the schema must have type: object', 'type');
  if (field(node, 'nullable') === true) report.warning(place, 'the root of the schema cannot be nullable', 'nullable');
  const additional = field(node, 'additionalProperties');
  // Beside properties a schema or false is a fault anywhere, which is told elsewhere.
  if (additional === true || (additional !== undefined && !hasFields(node))) {
    report.warning(place, 'the root of the schema cannot have additionalProperties', 'additionalProperties');
  }
  checkCompleteness(place, report);
  const metadata = checkOwnFields(place, report).find(({ steps }) => steps[1] === 'metadata');
  if (metadata !== undefined) checkMetadata(metadata, report);
}

/** What a schema says of the fields that every resource has: their types are given. The places of those fields. */
export function checkOwnFields(place: SchemaPlace, report: SchemaReport): SchemaPlace[] {
  const places: SchemaPlace[] = [];
  for (const [name, type] of [
    ['apiVersion', 'string'],
    ['kind', 'string'],
    ['metadata', 'object'],
  ] as const) {
    const own = fieldAt(place.node, 'properties', name);
    if (!isMap(own)) continue;
    const at = placeBelow(place, own, ['properties', name]);
    const given = typeOf(own);
    // Without any it has a warning of its own.
    if (given !== type && (given !== undefined || isOpen(own)))
      report.warning(at, `${name} must have type: ${type}`, 'type');
    places.push(at);
  }
  return places;
}

const notWithStatus = [
  'default',
  'enum',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'maxProperties',
  'minProperties',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
];
/** With something in them these are a fault of their own anywhere. */
const notEvenEmptyWithStatus = ['definitions', 'patternProperties'];

/** What the root cannot say beside the status subresource, for which the server takes `properties.status` alone. */
export function checkRootWithStatus(place: SchemaPlace, report: SchemaReport): void {
  const isSaid = (key: string): boolean => field(place.node, key) !== undefined && field(place.node, key) !== false;
  const isEmpty = (key: string): boolean => {
    const value = field(place.node, key);
    return isMap(value) && Object.keys(value).length === 0;
  };
  for (const key of [...notWithStatus.filter(isSaid), ...notEvenEmptyWithStatus.filter(isEmpty)]) {
    report.warning(place, `the root of the schema cannot have ${key} where there is a status subresource`, key);
  }
}

/** Of `metadata` a schema may restrict the name only; the server knows the rest itself. */
function checkMetadata(place: SchemaPlace, report: SchemaReport): void {
  const { node } = place;
  const inner = field(node, 'properties');
  const names = isMap(inner) ? Object.keys(inner).filter((key) => key !== 'name' && key !== 'generateName') : [];
  if (names.length > 0) {
    const message = `may only restrict name and generateName, not ${names.map(quote).join(', ')}`;
    report.warning(place, message, 'properties');
  }
  for (const key of Object.keys(node)) {
    if (key === 'type' || key === 'properties' || key === 'default' || saysNothing(key, node[key])) continue;
    report.warning(place, `may only restrict name and generateName: ${key} is not allowed`, key);
  }
}

/** Whether the server sees no difference between a keyword with this value and its absence. */
function saysNothing(key: string, value: unknown): boolean {
  if (countsAsAbsent(key, value)) return true;
  const kind = keywords.get(key);
  if (value === '') return kind === 'text';
  if (value === false) return kind === 'flag';
  if (Array.isArray(value)) return value.length === 0 && (kind === 'schemas' || kind === 'list');
  return kind === 'schema-map' && isMap(value) && Object.keys(value).length === 0;
}
