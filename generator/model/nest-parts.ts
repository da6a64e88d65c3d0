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

/** A type below a declaration that may need a name. */
export interface Part {
  readonly path: readonly string[];
  readonly field: string | undefined;
  /** The node or shape that goes by the name. */
  readonly part: TypeNode | Shape;
  readonly body: DeclarationBody;
  readonly docs: Docs;
  /** `FooSpec` and `FooStatus` have their names for themselves. */
  readonly isContract: boolean;
}

/** The types below a declaration that may need a name, where it stands at `path`. */
export function partsOf(
  { body, contract }: { readonly body: DeclarationBody; readonly contract: Contract | undefined },
  path: readonly string[],
): Part[] {
  if (body.t === 'alias') {
    // The literals of an enum have their name already: it is the alias itself.
    if (body.type.t === 'literals') return [];
    return namedParts(body.type).map((found) => ({
      ...found,
      path: [...path, 'item'],
      field: undefined,
      docs: noDocs,
      isContract: false,
    }));
  }
  const siblings = new Map(body.shape.members.map(({ name, type }) => [name, type]));
  const parts = body.shape.members.flatMap((member) => partsOfMember(member, { path, siblings, contract }));
  if (body.shape.index !== undefined) {
    for (const found of namedParts(body.shape.index)) {
      parts.push({ ...found, path: [...path, 'value'], field: undefined, docs: noDocs, isContract: false });
    }
  }
  return parts;
}

function partsOfMember(
  member: Member,
  parent: {
    readonly path: readonly string[];
    readonly siblings: ReadonlyMap<string, TypeNode>;
    readonly contract: Contract | undefined;
  },
): Part[] {
  const field = member.name;
  if (parent.contract !== undefined && (field === 'spec' || field === 'status')) {
    const path = [field];
    const part = withoutNull(member.type);
    if (part.t === 'ref' && parent.contract.passedOn.includes(part.to)) return [];
    if (part.t === 'object')
      return [
        { path, field, part: part.shape, body: { t: 'shape', shape: part.shape }, docs: noDocs, isContract: true },
      ];
    return [{ path, field, part, body: { t: 'alias', type: part }, docs: noDocs, isContract: true }];
  }
  const whole = withoutNull(member.type);
  const isDirect = whole.t === 'object';
  const path = [...parent.path, whole.t === 'array' || whole.t === 'map' ? itemName(member, parent.siblings) : field];
  return namedParts(member.type).map((found, i) => ({
    ...found,
    path: i === 0 ? path : [...path, String(i + 1)],
    field,
    docs: isDirect ? noDocs : { ...member.itemDocs, tags: [], rules: member.itemDocs.rules },
    isContract: false,
  }));
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
