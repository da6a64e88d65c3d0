import type { DeclarationBody } from './declaration.js';
import { noDocs } from './docs.js';
import type { Docs, Member, Shape, SharedType, TypeNode } from './resource.js';
import { knownShapeName } from './known-shapes.js';
import { singular } from './singular.js';
import { innerTypes } from './type-node.js';

/** Literal unions longer than this, in characters, get a name. */
const longestInlineUnion = 90;

/** What the contract of a kind says of its `spec` and `status`: the types that have their names without its doing. */
export interface Contract {
  readonly passedOn: readonly SharedType[];
}

/** What stands in the schema itself. */
export type OwnBody = Exclude<DeclarationBody, { readonly t: 'sibling' }>;

/** A type below a declaration that may need a name. */
export interface Part {
  /** The way there from the declaration: the names of one or two fields. */
  readonly steps: readonly string[];
  readonly field: string | undefined;
  /** The node or shape that goes by the name. */
  readonly part: TypeNode | Shape;
  readonly body: OwnBody;
  /** The name that everybody knows it by. */
  readonly knownAs: string | undefined;
  readonly docs: Docs;
  /** `FooSpec` and `FooStatus` have their names for themselves. */
  readonly isContract: boolean;
}

interface Declared {
  readonly body: OwnBody;
  readonly contract: Contract | undefined;
}

/** Equal shapes are one, and stand in many modules. */
const known = new WeakMap<Shape, readonly Part[]>();

/** The types below a declaration that may need a name. */
export function partsOf(declared: Declared): readonly Part[] {
  const { body, contract } = declared;
  if (body.t === 'alias' || contract !== undefined) return findParts(declared);
  const before = known.get(body.shape);
  if (before !== undefined) return before;
  const parts = findParts(declared);
  known.set(body.shape, parts);
  return parts;
}

function findParts({ body, contract }: Declared): Part[] {
  if (body.t === 'alias') {
    // The literals of an enum have their name already: it is the alias itself.
    return body.type.t === 'literals' ? [] : partsWithoutField(body.type, 'item');
  }
  const { members } = body.shape;
  let types: Map<string, TypeNode> | undefined;
  // Few objects have a list whose items need a name.
  const siblings: Siblings = (name) => (types ??= new Map(members.map((one) => [one.name, one.type]))).get(name);
  const parts = members.flatMap((member) => partsOfMember(member, siblings, contract));
  if (body.shape.index !== undefined) parts.push(...partsWithoutField(body.shape.index, 'value'));
  return parts;
}

function partsWithoutField(type: TypeNode, step: string): Part[] {
  return namedParts(type).map(({ part, body, knownAs }) => ({
    steps: [step],
    field: undefined,
    part,
    body,
    knownAs,
    docs: noDocs,
    isContract: false,
  }));
}

/** The type of the field of that name in the same object. */
type Siblings = (name: string) => TypeNode | undefined;

function partsOfMember(member: Member, siblings: Siblings, contract: Contract | undefined): Part[] {
  const field = member.name;
  if (contract !== undefined && (field === 'spec' || field === 'status')) return contractPart(member, contract);
  const named = namedParts(member.type);
  if (named.length === 0) return [];
  const whole = withoutNull(member.type);
  const step = whole.t === 'array' || whole.t === 'map' ? itemName(member, siblings) : field;
  const docs = whole.t === 'object' ? noDocs : { ...member.itemDocs, tags: [] };
  return named.map(({ part, body, knownAs }, i) => ({
    steps: i === 0 ? [step] : [step, String(i + 1)],
    field,
    part,
    body,
    knownAs,
    docs,
    isContract: false,
  }));
}

function contractPart({ name, type }: Member, { passedOn }: Contract): Part[] {
  const part = withoutNull(type);
  if (part.t === 'ref' && passedOn.includes(part.to)) return [];
  const at = { steps: [name], field: name, docs: noDocs, isContract: true };
  if (part.t === 'object') return [{ ...at, ...ofShape(part.shape) }];
  return [{ ...at, part, body: { t: 'alias', type: part }, knownAs: undefined }];
}

/** What one item of a list is called (`rules` is a `rule`), unless a field of that name stands beside it with another type to be named. */
function itemName({ name, type }: Member, siblings: Siblings): string {
  const one = singular(name);
  const sibling = siblings(one);
  if (sibling === undefined || one === name) return one;
  const [items] = namedParts(type);
  return namedParts(sibling).every(({ part }) => part === items?.part) ? one : name;
}

/** The type of a field that may be null, without the null. */
function withoutNull(type: TypeNode): TypeNode {
  if (type.t !== 'union') return type;
  const [only, ...more] = type.members.filter(({ t }) => t !== 'null');
  return only !== undefined && more.length === 0 ? only : type;
}

/** Whether a type gets a name of its own, above which its docs stand. */
export function hasName(type: TypeNode): boolean {
  const whole = withoutNull(type);
  return whole.t !== 'array' && whole.t !== 'map' && namedParts(whole).length > 0;
}

type NamedPart = Pick<Part, 'part' | 'body' | 'knownAs'>;

function ofShape(shape: Shape): NamedPart {
  return { part: shape, body: { t: 'shape', shape }, knownAs: knownShapeName(shape) };
}

function namedParts(type: TypeNode): NamedPart[] {
  switch (type.t) {
    case 'object':
      return [ofShape(type.shape)];
    case 'literals':
      return JSON.stringify(type.values).length > longestInlineUnion
        ? [{ part: type, body: { t: 'alias', type }, knownAs: undefined }]
        : [];
    default:
      return innerTypes(type).flatMap(namedParts);
  }
}
