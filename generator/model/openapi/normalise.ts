import type { OpenApiDocument } from '../../load/openapi/openapi-document.js';
import { asSchema, documentedDefault, field, type RawSchema } from '../raw-schema.js';

/**
 * A schema of an OpenAPI document as the lowering takes it: a reference that v3 wraps in `allOf` stands alone, and defaults are words
 * (F4: v3 has zero values that mean nothing, v2 lacks the real ones) unless they are those of a CRD. References stay references, so the
 * depth is that of the text.
 */
export function normalise(node: RawSchema, crds?: OpenApiDocument['crds']): RawSchema {
  const normaliseValue = (value: unknown): unknown => {
    const schema = asSchema(value);
    return schema === undefined ? value : normalise(schema, crds);
  };
  const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(node)) {
    switch (key) {
      case 'default':
        if (crds === 'v3') result[key] = value;
        else if (saysSomething(value)) result[documentedDefault] = value;
        break;
      case 'properties':
        result[key] = mapValues(value, normaliseValue);
        break;
      case 'items':
      case 'additionalProperties':
        result[key] = normaliseValue(value);
        break;
      case 'allOf':
        takeAllOf(result, value, normaliseValue);
        break;
      case 'anyOf':
      case 'oneOf':
        result[key] = Array.isArray(value) ? value.map(normaliseValue) : value;
        break;
      default:
        result[key] = value;
    }
  }
  return crds === 'v2' && lostItsType(result) ? { ...result, type: 'object', nullable: true } : result;
}

/** Of what may be null in a CRD v2 tells no type. What it leaves of a map or of a whole object shows that it is one. */
function lostItsType(node: RawSchema): boolean {
  if (field(node, 'type') !== undefined || field(node, '$ref') !== undefined) return false;
  return field(node, 'additionalProperties') !== undefined || field(node, 'x-kubernetes-embedded-resource') === true;
}

function mapValues(value: unknown, change: (schema: unknown) => unknown): unknown {
  const properties = asSchema(value);
  if (properties === undefined) return value;
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, change(schema)]));
}

function takeAllOf(result: Record<string, unknown>, value: unknown, change: (schema: unknown) => unknown): void {
  const [only, ...more] = Array.isArray(value) ? value.map(asSchema) : [];
  const ref = only === undefined || more.length > 0 ? undefined : field(only, '$ref');
  if (typeof ref === 'string') result['$ref'] = ref;
  else result['allOf'] = Array.isArray(value) ? value.map(change) : value;
}

/** Go prints the zero value of every field that has no default. */
function saysSomething(value: unknown): boolean {
  if (value === null || value === 0 || value === '' || value === false) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
