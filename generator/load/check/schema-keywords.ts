/** What the value of a keyword must be. */
export type KeywordValue =
  | 'any'
  | 'type'
  | 'text'
  | 'flag'
  | 'number'
  | 'count'
  | 'texts'
  | 'list'
  | 'map'
  | 'documentation'
  | 'rules'
  | 'schema'
  | 'schemas'
  | 'schema-map'
  | 'schema-or-flag'
  | 'schema-or-list';

/**
 * The keywords of `JSONSchemaProps`, the schema language of CRDs.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/#JSONSchemaProps
 */
export const keywords: ReadonlyMap<string, KeywordValue> = new Map<string, KeywordValue>([
  ['$ref', 'text'],
  ['$schema', 'text'],
  ['additionalItems', 'schema-or-flag'],
  ['additionalProperties', 'schema-or-flag'],
  ['allOf', 'schemas'],
  ['anyOf', 'schemas'],
  ['default', 'any'],
  ['definitions', 'schema-map'],
  ['dependencies', 'map'],
  ['description', 'text'],
  ['enum', 'list'],
  ['example', 'any'],
  ['exclusiveMaximum', 'flag'],
  ['exclusiveMinimum', 'flag'],
  ['externalDocs', 'documentation'],
  ['format', 'text'],
  ['id', 'text'],
  ['items', 'schema-or-list'],
  ['maxItems', 'count'],
  ['maxLength', 'count'],
  ['maxProperties', 'count'],
  ['maximum', 'number'],
  ['minItems', 'count'],
  ['minLength', 'count'],
  ['minProperties', 'count'],
  ['minimum', 'number'],
  ['multipleOf', 'number'],
  ['not', 'schema'],
  ['nullable', 'flag'],
  ['oneOf', 'schemas'],
  ['pattern', 'text'],
  ['patternProperties', 'schema-map'],
  ['properties', 'schema-map'],
  ['required', 'texts'],
  ['title', 'text'],
  ['type', 'type'],
  ['uniqueItems', 'flag'],
  ['x-kubernetes-embedded-resource', 'flag'],
  ['x-kubernetes-int-or-string', 'flag'],
  ['x-kubernetes-list-map-keys', 'texts'],
  ['x-kubernetes-list-type', 'text'],
  ['x-kubernetes-map-type', 'text'],
  ['x-kubernetes-preserve-unknown-fields', 'flag'],
  ['x-kubernetes-validations', 'rules'],
]);

/** The types that a schema node may have. */
export const jsonTypes: readonly string[] = ['string', 'integer', 'number', 'boolean', 'object', 'array'];

/** Words that other languages use for a type, and what a CRD calls it. */
export const otherTypeNames: ReadonlyMap<string, string> = new Map([
  ['str', 'string'],
  ['text', 'string'],
  ['int', 'integer'],
  ['int32', 'integer'],
  ['int64', 'integer'],
  ['long', 'integer'],
  ['float', 'number'],
  ['double', 'number'],
  ['bool', 'boolean'],
  ['map', 'object'],
  ['dict', 'object'],
  ['list', 'array'],
  ['slice', 'array'],
]);
