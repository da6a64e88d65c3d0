import { crdManifest } from '../crd-manifest.js';

const text = { type: 'string', maxLength: 10 };
const item = { type: 'object', required: ['a'], properties: { a: text, b: { type: 'integer' } } };

/** A schema with a field of each kind that CEL rules tell apart. */
const properties: Readonly<Record<string, object>> = {
  str: text,
  int: { type: 'integer' },
  num: { type: 'number' },
  flag: { type: 'boolean' },
  bytes: { type: 'string', format: 'byte' },
  dur: { type: 'string', format: 'duration' },
  time: { type: 'string', format: 'date-time' },
  either: { 'x-kubernetes-int-or-string': true },
  free: { 'x-kubernetes-preserve-unknown-fields': true },
  open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { known: text } },
  list: { type: 'array', maxItems: 5, items: text },
  ints: { type: 'array', maxItems: 5, items: { type: 'integer' } },
  objs: { type: 'array', maxItems: 5, items: item },
  keyed: {
    type: 'array',
    maxItems: 5,
    items: item,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['a'],
  },
  map: { type: 'object', maxProperties: 5, additionalProperties: text },
  maps: { type: 'object', maxProperties: 5, additionalProperties: { type: 'object', properties: { a: text } } },
  obj: { type: 'object', properties: { a: text, b: { type: 'integer' } } },
  like: { type: 'object', properties: { a: text, b: { type: 'integer' } } },
  resource: {
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    properties: { spec: { type: 'object', properties: { a: text } } },
  },
  whole: {
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: {
        type: 'object',
        properties: { name: { type: 'string' }, generateName: { type: 'string' }, labels: { type: 'object' } },
      },
    },
  },
  'a-b': text,
  'a.b': text,
  'a/b': text,
  a__b: text,
  namespace: text,
  in: text,
  'with space': text,
};

/** A rule as `x-kubernetes-validations` has it. A text is a rule with a message. */
export type Rule = string | Readonly<Record<string, unknown>>;

/**
 * A CRD with one rule.
 * @param place where the rule stands: `spec`, `spec.objs`, `spec.objs[]` (its items), `spec.maps{}` (its values), or `` for the root.
 */
export function crdWithRule(place: string, rule: Rule): Record<string, unknown> {
  const root: Node = {
    type: 'object',
    properties: { spec: { type: 'object', properties: JSON.parse(JSON.stringify(properties)) as Node } },
  };
  addRule(root, place, rule);
  return crdWithSchema(root);
}

/** Adds a rule to a schema, at a place as `crdWithRule` takes it. */
export function addRule(root: Node, place: string, rule: Rule): void {
  const node = nodeAt(root, place);
  const rules = (node['x-kubernetes-validations'] ??= []) as Rule[];
  rules.push(typeof rule === 'string' ? { rule, message: 'no' } : rule);
}

/** A CRD of one version. */
export function crdWithSchema(schema: Node): Record<string, unknown> {
  return { ...crdManifest('Ruled', schema, { group: 'test.example.dev' }) };
}

/** A node of a schema that is built. */
export type Node = Record<string, unknown>;

/** The node at a place as `crdWithRule` takes it. */
export function nodeAt(root: Node, place: string): Node {
  let node = root;
  for (const [, name, bracket] of place.matchAll(/(\w+)((?:\[\]|\{\})*)/g)) {
    node = (node['properties'] as Record<string, Node>)[name ?? ''] as Node;
    for (const one of bracket?.match(/../g) ?? []) node = node[one === '[]' ? 'items' : 'additionalProperties'] as Node;
  }
  return node;
}
