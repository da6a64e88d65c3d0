import { noDocs } from './docs.js';
import type { Choice, Docs, Literal, Member, Shape, SupportType, TypeNode } from './resource.js';

export const stringNode: TypeNode = { t: 'string' };
export const numberNode: TypeNode = { t: 'number' };
export const booleanNode: TypeNode = { t: 'boolean' };
export const nullNode: TypeNode = { t: 'null' };
export const unknownNode: TypeNode = { t: 'unknown' };
export const neverNode: TypeNode = { t: 'never' };

/** A type that the runtime declares. */
export function support(name: SupportType): TypeNode {
  return { t: 'support', name };
}

/** A literal union; without a member nothing can be said but `never`. */
export function literals(values: readonly Literal[]): TypeNode {
  return values.length === 0 ? neverNode : { t: 'literals', values };
}

/** The type of a value of which only the JSON type is known. */
export function plainType(type: string): TypeNode {
  switch (type) {
    case 'string':
      return stringNode;
    case 'integer':
    case 'number':
      return numberNode;
    case 'boolean':
      return booleanNode;
    case 'null':
      return nullNode;
    case 'array':
      return { t: 'array', items: unknownNode };
    case 'object':
      return { t: 'map', values: unknownNode };
    default:
      return unknownNode;
  }
}

/** Lists in lists and maps in maps are followed this deep, until an object between gives a name to what it holds. */
const deepestList = 100;
const depths = new WeakMap<TypeNode, number>();

/** A list; what is thousands of levels deep no compiler reads, so its items may be anything. */
export function arrayOf(items: TypeNode): TypeNode {
  return withDepth(items, (inner) => ({ t: 'array', items: inner }));
}

/** A map; see `arrayOf`. */
export function mapOf(values: TypeNode): TypeNode {
  return withDepth(values, (inner) => ({ t: 'map', values: inner }));
}

function withDepth(inner: TypeNode, make: (inner: TypeNode) => TypeNode): TypeNode {
  const depth = depthOf(inner) + 1;
  if (depth > deepestList) return make(unknownNode);
  const node = make(inner);
  depths.set(node, depth);
  return node;
}

function depthOf(node: TypeNode): number {
  if (node.t !== 'union') return depths.get(node) ?? 0;
  return node.members.reduce((deepest, member) => Math.max(deepest, depthOf(member)), 0);
}

/** A union without doubles; `unknown` swallows the rest, `never` adds nothing. */
export function union(nodes: readonly TypeNode[]): TypeNode {
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) return only;
  const members = new Map<string, TypeNode>();
  const keys = new ShapeKeys();
  for (const node of nodes.flatMap((member) => (member.t === 'union' ? member.members : [member]))) {
    if (node.t === 'unknown') return unknownNode;
    if (node.t !== 'never') members.set(keys.ofType(node), node);
  }
  const [first, ...rest] = members.values();
  if (first === undefined) return neverNode;
  return rest.length === 0 ? first : { t: 'union', members: [first, ...rest] };
}

/** The types that a type is made of. Those of an object's fields are none of them: see `fieldTypes`. */
export function innerTypes(node: TypeNode): readonly TypeNode[] {
  switch (node.t) {
    case 'array':
      return [node.items];
    case 'map':
      return [node.values];
    case 'union':
      return node.members;
    case 'views':
      return [node.read, node.manifest];
    default:
      return [];
  }
}

/** Whether the read view of a type differs from its manifest view. */
export function viewsDiffer(node: TypeNode): boolean {
  if (node.t === 'object') return node.shape.viewsDiffer;
  if (node.t === 'ref') return node.to.viewsDiffer;
  return node.t === 'views' || innerTypes(node).some(viewsDiffer);
}

/** Whether there are literals in a type, or in the objects in it. Of a type that modules share nothing is known. */
export function holdsLiterals(node: TypeNode): boolean {
  if (node.t === 'object') return node.shape.holdsLiterals;
  return node.t === 'literals' || innerTypes(node).some(holdsLiterals);
}

/** How many fields the objects in a type have, with those below. */
function weightOf(node: TypeNode): number {
  return node.t === 'object' ? node.shape.weight : sumOfWeights(innerTypes(node));
}

function sumOfWeights(types: readonly TypeNode[]): number {
  return types.reduce((sum, type) => sum + weightOf(type), 0);
}

/** Text that is equal for equal types and shapes; shapes below count by identity, so it stays short. */
class ShapeKeys {
  readonly #ids = new Map<Shape, number>();
  readonly #texts = new Map<string, number>();
  readonly #members = new Map<Member, string>();

  ofType(node: TypeNode): string {
    switch (node.t) {
      case 'support':
        return `support ${node.name}`;
      case 'literals':
        return `literals ${JSON.stringify(node.values)}`;
      case 'array':
        return `array(${this.ofType(node.items)})`;
      case 'map':
        return `map(${this.ofType(node.values)})`;
      case 'union':
        return `union(${node.members.map((member) => this.ofType(member)).join()})`;
      case 'views':
        return `views(${this.ofType(node.read)},${this.ofType(node.manifest)})`;
      case 'object':
        return `object ${this.#idOf(node.shape)}`;
      case 'ref':
        return `ref ${node.to.id}`;
      default:
        return node.t;
    }
  }

  ofParts(parts: ShapeParts): string {
    let key = parts.index === undefined ? '' : `[${this.ofType(parts.index)}]`;
    for (const member of parts.members) key += this.#ofMember(member);
    for (const { alternatives } of parts.choices) {
      key += JSON.stringify(alternatives.map((all) => all.map((one) => [one.name, one.is, this.ofType(one.type)])));
    }
    return key;
  }

  #ofMember(member: Member): string {
    const known = this.#members.get(member);
    if (known !== undefined) return known;
    const { name, type, required, docs, itemDocs } = member;
    let key = `\n${this.#textId(name)} ${Number(required.read)}${Number(required.manifest)}${this.ofType(type)}`;
    if (docs !== noDocs) key += ` ${this.#ofDocs(docs)}`;
    if (itemDocs !== noDocs) key += `*${this.#ofDocs(itemDocs)}`;
    this.#members.set(member, key);
    return key;
  }

  #ofDocs({ description, deprecated, rules, tags }: Docs): string {
    let key = `${this.#textId(description)}${deprecated === undefined ? '' : `!${this.#textId(deprecated)}`}`;
    for (const rule of rules) key += `-${this.#textId(rule)}`;
    for (const [name, text] of tags) key += `@${name}${this.#textId(text)}`;
    return key;
  }

  /** Texts are long and many: in keys they go by number. */
  #textId(text: string): number {
    return idIn(this.#texts, text);
  }

  #idOf(shape: Shape): number {
    return idIn(this.#ids, shape);
  }
}

/** The number of something, in the order of asking. */
function idIn<T>(ids: Map<T, number>, one: T): number {
  const known = ids.get(one);
  if (known !== undefined) return known;
  const { size } = ids;
  ids.set(one, size);
  return size;
}

/** What makes a shape; the rest follows from it. */
export interface ShapeParts {
  readonly members: readonly Member[];
  readonly index: TypeNode | undefined;
  readonly choices: readonly Choice[];
}

/** The types of an object's fields, those without a name included. */
export function fieldTypes({ members, index }: Pick<ShapeParts, 'members' | 'index'>): TypeNode[] {
  const types = members.map(({ type }) => type);
  return index === undefined ? types : [...types, index];
}

/** The types that the choices of an object give to its fields. */
export function choiceTypes({ choices }: Pick<ShapeParts, 'choices'>): TypeNode[] {
  return choices.flatMap(({ alternatives }) => alternatives.flat().map(({ type }) => type));
}

/** Makes shapes so that equal ones, docs included, are the same object. */
export class ShapeTable {
  readonly #keys = new ShapeKeys();
  readonly #shapes = new Map<string, Shape>();

  shapeOf(parts: ShapeParts): Shape {
    const key = this.#keys.ofParts(parts);
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const types = [...fieldTypes(parts), ...choiceTypes(parts)];
    const shape: Shape = {
      ...parts,
      viewsDiffer: parts.members.some(({ required }) => required.read !== required.manifest) || types.some(viewsDiffer),
      holdsLiterals: types.some(holdsLiterals),
      weight: parts.members.length + sumOfWeights(fieldTypes(parts)),
    };
    this.#shapes.set(key, shape);
    return shape;
  }
}
