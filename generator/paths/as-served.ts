import { isMap } from '../load/json-value.js';
import { withReturnedNulls } from '../model/openapi/returned-nulls.js';

/** Types that v2 knows as text only. */
const wider: ReadonlyMap<string, readonly string[]> = new Map([
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', ['integer', 'string']],
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', ['string', 'number']],
]);

/** A named schema of a document with what API servers of Kubernetes are known to answer besides: numbers, and null. */
export function asServed(name: string, schema: unknown): unknown {
  if (!isMap(schema)) return schema;
  const types = wider.get(name);
  if (types === undefined || schema['type'] !== 'string') return withReturnedNulls(name, schema);
  const { type: _, ...rest } = schema;
  return { ...rest, oneOf: types.map((type) => ({ type })) };
}
