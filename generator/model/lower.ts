import { enumFault, enumOf, hasEnum } from './enum.js';
import { childrenFirst, isLeaf, itemsVisit, type Visit } from './node-order.js';
import type { Lowered, Lowering } from './lowering.js';
import { objectType } from './object.js';
import { asSchema, field, flag, requiredOf, schemaList, typesOf, type RawSchema } from './raw-schema.js';
import type { TypeNode } from './resource.js';
import {
  arrayOf,
  booleanNode,
  literals,
  nullNode,
  numberNode,
  plainType,
  stringNode,
  support,
  union,
  unknownNode,
} from './type-node.js';
import { narrowByBranches, valueRules } from './value-branches.js';

/**
 * Lowers everything below `root`. The result answers for each visit below it, so that the caller can put the root object together
 * itself.
 */
export function lower(root: Visit, tools: Omit<Lowering, 'of'>): Lowering {
  const { done } = tools;
  const lowering: Lowering = {
    ...tools,
    of: (visit) => {
      const known = done.get(visit);
      if (known !== undefined) return known;
      if (isLeaf(visit.node)) return lowerNode(visit, lowering);
      tools.warn(visit.node, 'contains itself through a YAML alias');
      return { type: unknownNode, rules: [] };
    },
  };
  for (const visit of childrenFirst(root, done)) {
    if (visit !== root) done.set(visit, lowerNode(visit, lowering));
  }
  return lowering;
}

const plainTypes: ReadonlyMap<unknown, Lowered> = new Map(
  ['string', 'integer', 'number', 'boolean'].map((type) => [type, { type: plainType(type), rules: [] }]),
);

/** Most nodes are a type and a description: they need no questions. */
function plainLowered(node: RawSchema): Lowered | undefined {
  for (const key of Object.keys(node)) if (key !== 'type' && key !== 'description') return undefined;
  return plainTypes.get(field(node, 'type'));
}

function lowerNode(visit: Visit, lowering: Lowering): Lowered {
  const { node } = visit;
  const plain = plainLowered(node);
  if (plain !== undefined) return plain;
  const ref = lowering.refs === undefined ? undefined : field(node, '$ref');
  if (typeof ref === 'string' && lowering.refs !== undefined)
    return { type: withNull(lowering.refs(ref), node), rules: [] };
  const base = baseType(visit, lowering);
  const values = enumOf(node);
  // Beside an enum the server refuses null even where the node is nullable (V2).
  if (values !== undefined) {
    const fault = enumFault(node);
    if (fault !== undefined) lowering.warn(node, fault);
    return { type: narrowByBranches(literals(values), node), rules: base.rules };
  }
  const type = narrowByBranches(base.type, node);
  // The branches of a combination do not see a null.
  return { type: hasEnum(node) ? type : withNull(type, node), rules: base.rules };
}

/** The type, or null where the node is nullable (F14). */
export function withNull(type: TypeNode, node: RawSchema): TypeNode {
  return flag(node, 'nullable') ? union([type, nullNode]) : type;
}

function baseType(visit: Visit, lowering: Lowering): Lowered {
  const { node } = visit;
  if (flag(node, 'x-kubernetes-int-or-string')) return { type: support('IntOrString'), rules: valueRules(node) };
  const types = typesOf(node);
  if (types.length === 1 && types[0] === 'object') return objectType(visit, lowering);
  if (types.length === 0 && isUntypedObject(node)) {
    const { type, rules } = objectType(visit, lowering);
    // Without a type the fields bind objects only; beside preserve-unknown-fields the server takes any other value too.
    return { type: flag(node, 'x-kubernetes-preserve-unknown-fields') ? union([type, ...notAnObject]) : type, rules };
  }
  const rules = valueRules(node);
  if (types.length > 0) return { type: union(types.map((type) => typeNamed(type, visit, lowering))), rules };
  if (flag(node, 'x-kubernetes-preserve-unknown-fields')) {
    const said = typeOfBranches(node);
    // Other types in branches are not for CRDs, and do not tell what is kept.
    return { type: said.t === 'support' ? said : unknownNode, rules };
  }
  if (field(node, 'items') !== undefined) return { type: arrayType(visit, lowering), rules };
  return { type: typeOfBranches(node), rules };
}

const notAnObject = [plainType('array'), stringNode, numberNode, booleanNode];

function isUntypedObject(node: RawSchema): boolean {
  return (
    field(node, 'properties') !== undefined ||
    field(node, 'additionalProperties') !== undefined ||
    flag(node, 'x-kubernetes-embedded-resource') ||
    (flag(node, 'x-kubernetes-preserve-unknown-fields') && requiredOf(node).length > 0)
  );
}

function typeNamed(type: string, visit: Visit, lowering: Lowering): TypeNode {
  if (type === 'array') return arrayType(visit, lowering);
  return type === 'object' ? objectType(visit, lowering).type : plainType(type);
}

function arrayType(visit: Visit, lowering: Lowering): TypeNode {
  const items = asSchema(field(visit.node, 'items'));
  if (items === undefined) return { t: 'array', items: unknownNode };
  const { type } = lowering.of(itemsVisit(visit, items));
  return arrayOf(mayBeNull(items) ? union([type, nullNode]) : type);
}

/** Whether null is an item: where any type will do, only an enum of the item's own looks at it. */
function mayBeNull(items: RawSchema): boolean {
  return flag(items, 'x-kubernetes-preserve-unknown-fields') && typesOf(items).length === 0 && !hasEnum(items);
}

/** A node without a type of its own says it in its branches (F24): the union of what they take, formats apart. */
function typeOfBranches(node: RawSchema): TypeNode {
  const branches = [...schemaList(node, 'anyOf'), ...schemaList(node, 'oneOf')];
  if (branches.length === 0) return unknownNode;
  const type = union(
    branches.flatMap((branch) => (typesOf(branch).length === 0 ? [unknownNode] : typesOf(branch).map(plainType))),
  );
  const isIntOrString =
    type.t === 'union' && type.members.length === 2 && type.members.every(({ t }) => t === 'number' || t === 'string');
  return isIntOrString ? support('IntOrString') : type;
}
