import {
  asSchema,
  field,
  flag,
  hasDefault,
  keepsUnknown,
  mapValues,
  propertiesOf,
  type RawSchema,
  requiredOf,
  schemaList,
  typesOf,
} from '../../generator/model/raw-schema.js';

/** A plain JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords that a normalised schema can be made without, to find out which of them a reader stumbles over. */
export const removable = ['oneOf', 'anyOf', 'allOf', 'not', 'enum', 'required', 'nullable'] as const;
export type Removable = (typeof removable)[number];

/** What a normalised schema is made of. */
export interface NormaliseOptions {
  readonly apiVersion: string;
  readonly kind: string;
  /** Keywords that are left out. */
  readonly without?: ReadonlySet<Removable>;
}

const anything: JsonSchema = {
  type: ['object', 'array', 'string', 'number', 'boolean', 'null'],
  additionalProperties: true,
  items: {},
};
const text: JsonSchema = { type: 'string' };

/**
 * Says in plain JSON Schema what a CRD's schema means for a manifest: what Kubernetes adds to the language is spelt out (int-or-string,
 * kept unknown fields, embedded resources, pruning, defaults, nullable, metadata), the rest stays as it is. What no type can say
 * (bounds, patterns, formats) and texts are left out.
 */
export function normalise(root: unknown, options: NormaliseOptions): JsonSchema {
  const node = asSchema(root) ?? {};
  const without = options.without ?? new Set<Removable>();
  const whole = objectOf({ ...node, type: 'object' }, without);
  const identity = {
    apiVersion: { type: 'string', enum: [options.apiVersion] },
    kind: { type: 'string', enum: [options.kind] },
  };
  const own = asSchema(whole['properties']) ?? {};
  const required = new Set(['apiVersion', 'kind', 'metadata', ...requiredOf(whole)]);
  return { ...whole, properties: { ...own, ...identity, metadata: objectMeta }, required: [...required] };
}

const objectMeta: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(
      ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'selfLink'].map((name) => [name, text]),
    ),
    generation: { type: 'integer' },
    deletionGracePeriodSeconds: { type: 'integer' },
    creationTimestamp: { type: ['string', 'null'] },
    deletionTimestamp: { type: ['string', 'null'] },
    labels: { type: ['object', 'null'], additionalProperties: text },
    annotations: { type: ['object', 'null'], additionalProperties: text },
    finalizers: { type: 'array', items: text },
    ownerReferences: { type: 'array', items: anything },
    managedFields: { type: 'array', items: anything },
  },
};

function nodeOf(node: RawSchema, without: ReadonlySet<Removable>): JsonSchema {
  const schema = withoutNull(node, without);
  const isNullable = flag(node, 'nullable') && !without.has('nullable') && enumOf(node, without) === undefined;
  if (!isNullable || schema === anything) return schema;
  return { ...schema, type: [...typesOf(schema), 'null'] };
}

function withoutNull(node: RawSchema, without: ReadonlySet<Removable>): JsonSchema {
  if (flag(node, 'x-kubernetes-int-or-string')) return withEnum({ type: ['integer', 'string'] }, node, without);
  const [type] = typesOf(node);
  if (type === undefined && flag(node, 'x-kubernetes-preserve-unknown-fields')) return anything;
  if (type === undefined && field(node, 'properties') === undefined && mapValues(node) === undefined) return anything;
  switch (type) {
    case undefined:
    case 'object':
      return objectOf({ ...node, type: 'object' }, without);
    case 'array':
      return { type, ...combinationsOf(node, without), items: itemsOf(node, without) };
    default:
      return withEnum({ type, ...combinationsOf(node, without) }, node, without);
  }
}

/** `preserve-unknown-fields` on a list opens its items, one level deep (V7). */
function itemsOf(node: RawSchema, without: ReadonlySet<Removable>): JsonSchema {
  const items = asSchema(field(node, 'items'));
  if (items === undefined) return anything;
  const isOpen = flag(node, 'x-kubernetes-preserve-unknown-fields');
  return nodeOf(isOpen ? { ...items, 'x-kubernetes-preserve-unknown-fields': true } : items, without);
}

function objectOf(node: RawSchema, without: ReadonlySet<Removable>): JsonSchema {
  const values = mapValues(node);
  const properties = propertiesOf(node);
  const isEmbedded = flag(node, 'x-kubernetes-embedded-resource');
  const own = Object.fromEntries(properties.map(([name, schema]) => [name, nodeOf(schema, without)]));
  const embedded = isEmbedded ? { apiVersion: text, kind: text, metadata: { ...objectMeta } } : {};
  const all = { ...own, ...embedded };
  const filledIn = new Set(properties.filter(([, schema]) => hasDefault(schema)).map(([name]) => name));
  const required = [...requiredOf(node), ...(isEmbedded ? ['apiVersion', 'kind'] : [])].filter(
    (name) => !filledIn.has(name),
  );
  return {
    type: 'object',
    ...combinationsOf(node, without),
    ...(Object.keys(all).length > 0 ? { properties: all } : {}),
    ...(required.length > 0 && !without.has('required') ? { required } : {}),
    additionalProperties:
      values !== undefined && properties.length === 0
        ? nodeOf(values, without)
        : keepsUnknown(node) || values !== undefined,
  };
}

/** Branches stay as they are, but for texts. */
function combinationsOf(node: RawSchema, without: ReadonlySet<Removable>): JsonSchema {
  const result: Record<string, unknown> = {};
  for (const key of ['oneOf', 'anyOf', 'allOf'] as const) {
    const branches = schemaList(node, key);
    if (branches.length > 0 && !without.has(key)) result[key] = branches.map(bare);
  }
  const not = asSchema(field(node, 'not'));
  if (not !== undefined && !without.has('not')) result['not'] = bare(not);
  return result;
}

const keptInBranches = new Set(['required', 'enum', 'type', 'items', 'additionalProperties']);

function bare(branch: RawSchema): JsonSchema {
  const result: Record<string, unknown> = combinationsOf(branch, new Set());
  for (const [key, value] of Object.entries(branch)) if (keptInBranches.has(key)) result[key] = value;
  const properties = propertiesOf(branch);
  if (properties.length > 0) {
    result['properties'] = Object.fromEntries(properties.map(([name, schema]) => [name, bare(schema)]));
  }
  return result;
}

function withEnum(schema: JsonSchema, node: RawSchema, without: ReadonlySet<Removable>): JsonSchema {
  const values = enumOf(node, without);
  return values === undefined ? schema : { ...schema, enum: values };
}

/** `enum: []` restricts nothing (V3). */
function enumOf(node: RawSchema, without: ReadonlySet<Removable>): unknown[] | undefined {
  const values = field(node, 'enum');
  return Array.isArray(values) && values.length > 0 && !without.has('enum') ? [...new Set<unknown>(values)] : undefined;
}
