import type { Declaration, DeclarationBody } from './declaration.js';
import { noDocs } from './docs.js';
import { byCodePoint } from './identifiers.js';
import { knownShapeName } from './known-shapes.js';
import type { Docs, Member, Shape, SharedType, TypeNode, View } from './resource.js';
import { singular } from './singular.js';
import { viewsDiffer } from './type-node.js';

/** A type that needs a name: the namer gives it. */
export interface Nest extends Declaration {
  /** Where it stands below the kind; empty for the root. */
  readonly path: readonly string[];
  readonly differs: boolean;
  readonly needsBase: boolean;
  names: { readonly [V in View]: string };
  baseNames: { readonly [V in View]: string } | undefined;
  readonly children: Map<string | undefined, Map<TypeNode | Shape, Nest>>;
  /** What the contract of a kind says of its `spec` and `status`; only the root of a kind has it. */
  readonly contract: NestRoot['contract'];
  /** Whether it goes by a name that everybody knows, wherever it stands. */
  readonly isWellKnown: boolean;
}

/** A place whose type is declared for another place: its name there means the same. */
export interface OtherPlace {
  readonly path: readonly string[];
  readonly nest: Nest;
}

/** The object at the top of a module, or of a shared type. */
export interface NestRoot {
  readonly root: Shape;
  readonly docs: Docs;
  /** For a kind: the types that have the name of its `spec` or `status` without its doing. */
  readonly contract: { readonly passedOn: readonly SharedType[] } | undefined;
}

/**
 * Objects with fewer fields than this, all levels and the alternatives of choices counted, are printed where they are used: to share
 * them is no gain.
 */
const leastSharedWeight = 5;
/** Literal unions longer than this, in characters, get a name. */
const longestInlineUnion = 90;

/**
 * Decides which types of a module are declared (F31): level by level, so that of equal ones the one nearest to the root is declared
 * and the others refer to it. The first is the root.
 */
export function nest({ root: shape, docs: rootDocs, contract }: NestRoot): Nest[] {
  const root = createNest({
    path: [],
    body: { t: 'shape', shape },
    docs: rootDocs,
    wellKnown: undefined,
    contract,
  });
  const shared = new Map<Shape | string, Nest>();
  const known = new Map<string, Shape>();
  const places = new Map<string, Nest>();
  const all = [root];
  let level = [root];
  while (level.length > 0) {
    const wanted = level.flatMap((parent) =>
      partsOf(parent, parent.path).map((found) => ({ found, parent, place: placeOf(found.path) })),
    );
    wanted.sort((a, b) => byCodePoint(a.place, b.place));
    level = [];
    for (const { found, parent, place } of wanted) {
      const { path, field, part, body, docs, isContract } = found;
      const wellKnown = isContract ? undefined : takeKnownName(known, body);
      const key = isContract ? undefined : sharingKey(body, wellKnown !== undefined);
      const equal = (key === undefined ? undefined : shared.get(key)) ?? twinOf(body, places.get(place));
      const child =
        equal ??
        createNest({ path: wellKnown === undefined ? path : [wellKnown], body, docs, wellKnown, contract: undefined });
      if (equal === undefined) {
        if (key !== undefined) shared.set(key, child);
        places.set(place, child);
        all.push(child);
        level.push(child);
      }
      const children = parent.children.get(field) ?? new Map<TypeNode | Shape, Nest>();
      parent.children.set(field, children.set(part, child));
    }
  }
  return all;
}

/** The declarations of a module in the order of reading: each before those that only it needs. */
export function readingOrder(root: Nest): Nest[] {
  const order = new Set<Nest>();
  const stack = [root];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (order.has(top)) continue;
    order.add(top);
    const { body } = top;
    const fields = body.t === 'shape' ? [...body.shape.members.map(({ name }) => name), undefined] : [undefined];
    const children = fields.flatMap((field) => [...(top?.children.get(field)?.values() ?? [])]);
    stack.push(...children.reverse());
  }
  return [...order];
}

/** Places up to this many fields below the kind have a name of their own, even where another place declares their type. */
const surelyNamed = 3;
/** The places below those too, level by level, as long as there are no more than this in all. */
const mostOtherPlaces = 400;

/**
 * The places whose type is declared elsewhere. Each has its name all the same: so a new field, equal to one that is there, takes no name
 * away from it, whichever of the two is declared.
 */
export function otherPlaces(nests: readonly Nest[]): OtherPlace[] {
  const places: OtherPlace[] = [];
  let level = nests
    .filter((nest) => nest.path.length === 0 || nest.isWellKnown)
    .map((nest): OtherPlace => ({ path: nest.path, nest }));
  for (let depth = 1; level.length > 0; depth += 1) {
    const below = level.flatMap(({ nest, path }) => partsBelow(nest, path));
    const others = new Map(
      below
        .filter(({ isContract, nest, path }) => !isContract && placeOf(nest.path) !== placeOf(path))
        .map((other) => [placeOf(other.path), other]),
    );
    if (depth > surelyNamed && places.length + others.size > mostOtherPlaces) break;
    places.push(...others.values());
    level = below;
  }
  return places;
}

/** A path as a text that can be compared. */
export function placeOf(path: readonly string[]): string {
  return path.join('\0');
}

function partsBelow(nest: Nest, at: readonly string[]): (OtherPlace & Pick<Part, 'isContract'>)[] {
  return partsOf(nest, at).flatMap(({ path, field, part, isContract }) => {
    const child = nest.children.get(field)?.get(part);
    return child === undefined || child.isWellKnown ? [] : [{ path, nest: child, isContract }];
  });
}

function createNest({
  path,
  body,
  docs,
  wellKnown,
  contract,
}: Pick<Nest, 'path' | 'body' | 'docs' | 'contract'> & { readonly wellKnown: string | undefined }): Nest {
  const children: Nest['children'] = new Map();
  return {
    path,
    body,
    docs,
    differs: body.t === 'shape' ? body.shape.viewsDiffer : viewsDiffer(body.type),
    needsBase: body.t === 'shape' && body.shape.choices.length > 0,
    names: { read: '', manifest: '' },
    baseNames: undefined,
    children,
    contract,
    isWellKnown: wellKnown !== undefined,
    find: (field, part) => children.get(field)?.get(part),
  };
}

/** What has the same place and is the same: one item of a list, and a field beside the list that is called as one item of it. */
function twinOf(body: DeclarationBody, there: Nest | undefined): Nest | undefined {
  return body.t === 'shape' && there?.body.t === 'shape' && there.body.shape === body.shape ? there : undefined;
}

interface Part {
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
function partsOf({ body, contract }: Nest, path: readonly string[]): Part[] {
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
  parent: { readonly path: readonly string[]; readonly siblings: ReadonlyMap<string, TypeNode> } & Pick<
    Nest,
    'contract'
  >,
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

/** The well-known name of a shape, unless another shape of the module has it: two versions of a type may be embedded in one CRD. */
function takeKnownName(known: Map<string, Shape>, body: DeclarationBody): string | undefined {
  if (body.t !== 'shape') return undefined;
  const name = knownShapeName(body.shape);
  if (name === undefined) return undefined;
  const owner = known.get(name) ?? body.shape;
  known.set(name, owner);
  return owner === body.shape ? name : undefined;
}

/** What equal declarations have in common; `undefined` for those that are better repeated. */
function sharingKey(body: DeclarationBody, isKnown: boolean): Shape | string | undefined {
  if (body.t === 'alias') return body.type.t === 'literals' ? JSON.stringify(body.type.values) : undefined;
  const { shape } = body;
  const size = shape.choices.reduce((sum, { alternatives }) => sum + alternatives.length, shape.weight);
  return isKnown || size >= leastSharedWeight ? shape : undefined;
}
