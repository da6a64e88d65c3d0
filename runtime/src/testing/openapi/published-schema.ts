import { type JsonObject, isObject } from '../state/json.js';
import { metaNames, schemaRef } from './meta-schemas.js';

/** A schema of a CRD as its OpenAPI document has it: what `x-kubernetes-` extensions mean is also said in words of OpenAPI. */
export function publishedSchema(schema: JsonObject): JsonObject {
  const shown = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, publishedPart(key, value)]));
  if (schema['x-kubernetes-int-or-string'] === true && shown['anyOf'] === undefined && shown['allOf'] === undefined) {
    shown['anyOf'] = [{ type: 'integer' }, { type: 'string' }];
  }
  if (schema['x-kubernetes-embedded-resource'] !== true) return shown;
  const { properties } = shown;
  return {
    ...shown,
    required: ['kind', 'apiVersion'],
    properties: {
      ...(isObject(properties) ? properties : {}),
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { allOf: [schemaRef(metaNames.objectMeta)] },
    },
  };
}

function publishedPart(key: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  if (key === 'items' || key === 'additionalProperties') return publishedSchema(value);
  if (key !== 'properties') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => [name, isObject(inside) ? publishedSchema(inside) : inside]),
  );
}
