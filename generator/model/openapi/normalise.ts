import { asSchema, documentedDefault, field, type RawSchema } from '../raw-schema.js';

/**
 * A schema of an OpenAPI document as the lowering takes it: a reference that v3 wraps in `allOf` stands alone, and defaults are words
 * (F4: v3 has zero values that mean nothing, v2 lacks the real ones). References stay references, so the depth is that of the text.
 */
export function normalise(node: RawSchema): RawSchema {
  const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(node)) {
    switch (key) {
      case 'default':
        if (saysSomething(value)) result[documentedDefault] = value;
        break;
      case 'properties':
        result[key] = mapValues(value);
        break;
      case 'items':
      case 'additionalProperties':
        result[key] = normaliseValue(value);
        break;
      case 'allOf':
        takeAllOf(result, value);
        break;
      case 'anyOf':
      case 'oneOf':
        result[key] = Array.isArray(value) ? value.map(normaliseValue) : value;
        break;
      default:
        result[key] = value;
    }
  }
  return result;
}

function normaliseValue(value: unknown): unknown {
  const schema = asSchema(value);
  return schema === undefined ? value : normalise(schema);
}

function mapValues(value: unknown): unknown {
  const properties = asSchema(value);
  if (properties === undefined) return value;
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, normaliseValue(schema)]));
}

function takeAllOf(result: Record<string, unknown>, value: unknown): void {
  const [only, ...more] = Array.isArray(value) ? value.map(asSchema) : [];
  const ref = only === undefined || more.length > 0 ? undefined : field(only, '$ref');
  if (typeof ref === 'string') result['$ref'] = ref;
  else result['allOf'] = Array.isArray(value) ? value.map(normaliseValue) : value;
}

/** Go prints the zero value of every field that has no default. */
function saysSomething(value: unknown): boolean {
  if (value === null || value === 0 || value === '' || value === false) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
