/** A node of an `openAPIV3Schema` as it stands in the document. Its keys are data: read them with the functions here only. */
export type RawSchema = Readonly<Record<string, unknown>>;

/** The value as a schema node, or `undefined` where it is none. */
export function asSchema(value: unknown): RawSchema | undefined {
  // An object that is no array is a map of unknown values: nothing is claimed about its fields.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RawSchema) : undefined;
}

/** An own field of a node: `constructor` and `__proto__` are keys like any other, and nothing is inherited. */
export function field(node: RawSchema, key: string): unknown {
  return Object.hasOwn(node, key) ? node[key] : undefined;
}

/** A field that counts only when it is literally `true`. */
export function flag(node: RawSchema, key: string): boolean {
  return field(node, key) === true;
}

/** A field that holds schema nodes, as in `anyOf`. */
export function schemaList(node: RawSchema, key: string): RawSchema[] {
  return schemasIn(field(node, key));
}

/** The schema nodes in a list. */
export function schemasIn(value: unknown): RawSchema[] {
  return Array.isArray(value) ? value.map(asSchema).filter((node) => node !== undefined) : [];
}

/** The keywords that combine schemas. */
export const combinationKeys = ['allOf', 'anyOf', 'oneOf', 'not'] as const;
export type CombinationKey = (typeof combinationKeys)[number];

/** The entries of `properties`: names with their nodes. */
export function propertiesOf(node: RawSchema): [name: string, schema: RawSchema][] {
  const properties = asSchema(field(node, 'properties'));
  if (properties === undefined) return [];
  return Object.keys(properties).map((name) => [name, asSchema(properties[name]) ?? {}]);
}

/** The node of one field, where the schema has one. */
export function propertyOf(node: RawSchema, name: string): RawSchema | undefined {
  const properties = asSchema(field(node, 'properties'));
  return properties && asSchema(field(properties, name));
}

/** The names in `required`, each once. */
export function requiredOf(node: RawSchema): string[] {
  return textsOf(node, 'required');
}

/** A field that holds texts, each once; anything else in it is left out. */
export function textsOf(node: RawSchema, key: string): string[] {
  const value = field(node, key);
  if (!Array.isArray(value)) return [];
  return [...new Set(value.filter((text) => typeof text === 'string'))];
}

/** Whether the server fills the field in when it is missing; `default: null` does nothing (V20). */
export function hasDefault(node: RawSchema): boolean {
  const value = field(node, 'default');
  return value !== undefined && value !== null;
}

/** The types that a node names: none, one, or (outside structural schemas) several. */
export function typesOf(node: RawSchema): string[] {
  const type = field(node, 'type');
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((name) => typeof name === 'string') : [];
}

/** Whether fields without a schema are kept: the flag of structural schemas, or `additionalProperties: true`. */
export function keepsUnknown(node: RawSchema): boolean {
  return flag(node, 'x-kubernetes-preserve-unknown-fields') || field(node, 'additionalProperties') === true;
}

/** The node of a map's values, or `undefined` where the node is no map. */
export function mapValues(node: RawSchema): RawSchema | undefined {
  return asSchema(field(node, 'additionalProperties'));
}

/** A default that is told to people and changes nothing else: what OpenAPI documents say of built-in kinds (F4). */
export const documentedDefault = 'x-kube-gen-documented-default';
