import { definitionName } from '../../load/openapi/reference.js';
import { docsOf, withRules } from '../docs.js';
import { lower, withNull } from '../lower.js';
import type { Lowered, Lowering } from '../lowering.js';
import { VisitMap, type Visit } from '../node-order.js';
import { objectParts } from '../object.js';
import { asSchema, field, type RawSchema } from '../raw-schema.js';
import type { Docs, Member, Shape, SharedType, TypeNode } from '../resource.js';
import { ShapeTable, support, unknownNode } from '../type-node.js';
import { reaching, type Definition, type DefinitionSet } from './definition-set.js';
import type { Home } from './homes.js';
import { normalise } from './normalise.js';
import { quantity, specialType } from './special-types.js';

/** So many definitions that are no objects are followed from one to the next. */
const longestWay = 100;

/** Lowers definitions one by one; references between them stay references. */
export interface DefinitionLowering {
  /** What a reference to the definition stands for. */
  typeOf(id: string): TypeNode;
  /** The object behind a shared type. */
  shapeOf(type: SharedType): { shape: Shape; docs: Docs };
  /** Lowers what stands below a node, as `lower` does. */
  below(node: RawSchema, storage?: Visit['storage']): { visit: Visit; lowering: Lowering };
}

/** `kinds` holds the definitions that are the schemas of resources: those are named after what they are when they are embedded. */
export function definitionLowering(
  definitions: DefinitionSet,
  { kinds, homeOf }: { readonly kinds: ReadonlySet<string>; readonly homeOf: (id: string) => Home },
): DefinitionLowering {
  const differing = reaching(definitions, [quantity]);
  const known = new Map<string, TypeNode>();
  const open = new Set<string>();

  const below: DefinitionLowering['below'] = (node, storage) => {
    const visit: Visit = { node, storage, openness: 'closed' };
    const refs = (ref: string): TypeNode => typeOf(definitionName(ref) ?? '');
    const known = { done: new VisitMap<Lowered>(), members: new VisitMap<Member>(), shapes: new ShapeTable() };
    return { visit, lowering: lower(visit, { ...known, docsOf, warn: () => undefined, refs }) };
  };

  const decide = (definition: Definition): TypeNode => {
    const { id, schema } = definition;
    if (isObject(schema)) return withNull({ t: 'ref', to: sharedType(id) }, schema);
    if (field(schema, 'type') === 'object' && field(schema, 'additionalProperties') === undefined) {
      // An empty struct of Kubernetes takes no field; of others it is not known what they take.
      return id.startsWith('io.k8s.') ? support('EmptyObject') : { t: 'map', values: unknownNode };
    }
    const { visit, lowering } = below({ properties: { value: normalise(schema) }, type: 'object' });
    return objectParts(visit, lowering).parts.members[0]?.type ?? unknownNode;
  };

  const sharedType = (id: string): SharedType => {
    const word = id.slice(id.lastIndexOf('.') + 1);
    return { id, ...homeOf(id), name: kinds.has(id) ? `Embedded${word}` : word, viewsDiffer: differing.has(id) };
  };

  const typeOf = (id: string): TypeNode => {
    const done = known.get(id);
    if (done !== undefined) return done;
    const definition = definitions.get(id);
    // A definition that is no object and contains itself has no type that could be written down; nor has a way of hundreds of such.
    if (definition === undefined || open.has(id) || open.size >= longestWay) return unknownNode;
    open.add(id);
    const type = specialType(id, typeOf) ?? decide(definition);
    open.delete(id);
    known.set(id, type);
    return type;
  };

  return {
    typeOf,
    below,
    shapeOf: ({ id }) => {
      const node = normalise(definitions.get(id)?.schema ?? {});
      const { visit, lowering } = below(node);
      const { parts, rules } = objectParts(visit, lowering);
      return { shape: lowering.shapes.shapeOf(parts), docs: withRules(docsOf(node), rules) };
    },
  };
}

function isObject(schema: RawSchema): boolean {
  const properties = asSchema(field(schema, 'properties'));
  return properties !== undefined && Object.keys(properties).length > 0;
}
