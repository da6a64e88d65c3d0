import type { TypeNode } from '../resource.js';
import { numberNode, stringNode, support, union, unknownNode } from '../type-node.js';

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** Quantity is read as text, and may be written as a number too (F11). */
export const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

const openObject: TypeNode = { t: 'map', values: unknownNode };

const types: ReadonlyMap<string, TypeNode> = new Map([
  [quantity, { t: 'views', read: stringNode, manifest: union([stringNode, numberNode]) }],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', support('IntOrString')],
  // Any object: what it holds is the affair of whoever reads it.
  ['io.k8s.apimachinery.pkg.runtime.RawExtension', openObject],
  [`${meta}.FieldsV1`, openObject],
  [`${meta}.ObjectMeta`, support('EmbeddedMeta')],
]);

/** `JSONSchemaPropsOrBool` and its like say nothing in OpenAPI of what they take (F35). */
const alternatives: ReadonlyMap<string, (props: TypeNode) => TypeNode> = new Map([
  ['JSONSchemaPropsOrArray', (props: TypeNode): TypeNode => union([props, { t: 'array', items: props }])],
  ['JSONSchemaPropsOrBool', (props: TypeNode): TypeNode => union([props, { t: 'boolean' }])],
  ['JSONSchemaPropsOrStringArray', (props: TypeNode): TypeNode => union([props, { t: 'array', items: stringNode }])],
]);

/** The type of a definition whose schema says less than the API server knows, or that the runtime declares. */
export function specialType(id: string, of: (id: string) => TypeNode): TypeNode | undefined {
  const dot = id.lastIndexOf('.');
  const make = id.includes('.apiextensions.') ? alternatives.get(id.slice(dot + 1)) : undefined;
  return make === undefined ? types.get(id) : make(of(`${id.slice(0, dot)}.JSONSchemaProps`));
}
