import type { DeclarationBody } from './declaration.js';
import { noDocs } from './docs.js';
import type { Docs, Member, Shape, SharedType, TypeNode } from './resource.js';
import { singular } from './singular.js';

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
  readonly docs: Docs;
  /** `FooSpec` and `FooStatus` have their names for themselves. */
  readonly isContract: boolean;
}

/** The types below a declaration that may need a name. */
export function partsOf({
  body,
  contract,
}: {
  readonly body: OwnBody;
  readonly contract: Contract | undefined;
}): Part[] {
  if (body.t === 'alias') {
    // The literals of an enum have their name already: it is the alias itself.
    return body.type.t === 'literals' ? [] : partsWithoutField(body.type, 'item');
  }
  const siblings = new Map(body.shape.members.map(({ name, type }) => [name, type]));
  const parts = body.shape.members.flatMap((member) => partsOfMember(member, siblings, contract));
  if (body.shape.index !== undefined) parts.push(...partsWithoutField(body.shape.index, 'value'));
  return parts;
}

function partsWithoutField(type: TypeNode, step: string): Part[] {
  return namedParts(type).map(({ part, body }) => ({
    steps: [step],
    field: undefined,
    part,
    body,
    docs: noDocs,
    isContract: false,
  }));
}

function partsOfMember(
  member: Member,
  siblings: ReadonlyMap<string, TypeNode>,
  contract: Contract | undefined,
): Part[] {
  const field = member.name;
  if (contract !== undefined && (field === 'spec' || field === 'status')) return contractPart(member, contract);
  const named = namedParts(member.type);
  if (named.length === 0) return [];
  const whole = withoutNull(member.type);
  const step = whole.t === 'array' || whole.t === 'map' ? itemName(member, siblings) : field;
  const docs = whole.t === 'object' ? noDocs : { ...member.itemDocs, tags: [] };
  return named.map(({ part, body }, i) => ({
    steps: i === 0 ? [step] : [step, String(i + 1)],
    field,
    part,
    body,
    docs,
    isContract: false,
  }));
}

function contractPart({ name, type }: Member, { passedOn }: Contract): Part[] {
  const part = withoutNull(type);
  if (part.t === 'ref' && passedOn.includes(part.to)) return [];
  const at = { steps: [name], field: name, docs: noDocs, isContract: true };
  if (part.t === 'object') return [{ ...at, part: part.shape, body: { t: 'shape', shape: part.shape } }];
  return [{ ...at, part, body: { t: 'alias', type: part } }];
}

/** What one item of a list is called (`rules` is a `rule`), unless a field of that name stands beside it with another type to be named. */
function itemName({ name, type }: Member, siblings: ReadonlyMap<string, TypeNode>): string {
  const one = singular(name);
  const sibling = siblings.get(one);
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

function namedParts(type: TypeNode): Pick<Part, 'part' | 'body'>[] {
  switch (type.t) {
    case 'object':
      return [{ part: type.shape, body: { t: 'shape', shape: type.shape } }];
    case 'literals':
      return JSON.stringify(type.values).length > longestInlineUnion
        ? [{ part: type, body: { t: 'alias', type } }]
        : [];
    case 'array':
      return namedParts(type.items);
    case 'map':
      return namedParts(type.values);
    case 'union':
      return type.members.flatMap(namedParts);
    case 'views':
      return [...namedParts(type.read), ...namedParts(type.manifest)];
    default:
      return [];
  }
}
