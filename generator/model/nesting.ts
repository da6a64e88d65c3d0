import { byText } from '../by-text.js';
import type { Declaration } from './declaration.js';
import { type Contract, type OwnBody, type Part, partsOf } from './nest-parts.js';
import type { Docs, Shape, TypeNode, View } from './resource.js';
import { viewsDiffer } from './type-node.js';

/** A type that needs a name: the namer gives it. */
export interface Nest extends Declaration {
  /** Where it stands below the kind; empty for the root. */
  readonly path: readonly string[];
  /** The same as a text. */
  readonly place: string;
  readonly differs: boolean;
  readonly needsBase: boolean;
  names: { readonly [V in View]: string };
  baseNames: { readonly [V in View]: string } | undefined;
  readonly children: Map<string | undefined, Map<TypeNode | Shape, Nest>>;
  /** Only the root of a kind has it. */
  readonly contract: Contract | undefined;
  /** Whether it goes by a name that everybody knows, wherever it stands. */
  readonly isWellKnown: boolean;
  /** The types below it that may need a name. */
  readonly parts: readonly Part[];
}

/** A place whose type is declared for another place: its name there means the same. */
export interface OtherPlace {
  readonly path: readonly string[];
  readonly place: string;
  readonly nest: Nest;
}

/** The object at the top of a module, or of a shared type. */
export interface NestRoot {
  readonly root: Shape;
  readonly docs: Docs;
  /** Only a kind has it. */
  readonly contract: Contract | undefined;
}

/**
 * Objects with fewer fields than this, all levels and the alternatives of choices counted, are shared only where they have one name:
 * a `ref` that is called like a `target` is harder to read than the few lines that it saves.
 */
const leastSharedWeight = 5;

/**
 * Decides which types of a module are declared (F31): level by level, so that of equal ones the one nearest to the root is declared
 * and the others refer to it. What a user writes goes first: no type of `spec` is called after a place in `status`. The first is the
 * root.
 */
export function nest({ root: shape, docs, contract }: NestRoot): readonly [Nest, ...Nest[]] {
  const root = createNest({ path: [], place: '', body: { t: 'shape', shape }, docs, isWellKnown: false, contract });
  const found: Found = { shared: new Shared(), known: new Map(), places: new Map() };
  const all: [Nest, ...Nest[]] = [root];
  const below = nestsBelow([root], found);
  // The conditions of `status` have their well-known name before others that are deep in `spec`.
  takeKnownNames(found.known, partsBelow(below));
  const isSpec = ({ path: [first] }: Nest): boolean => contract !== undefined && first === 'spec';
  for (const start of [below.filter(isSpec), below.filter((one) => !isSpec(one))]) {
    for (let level = start; level.length > 0; level = nestsBelow(level, found)) for (const one of level) all.push(one);
  }
  return all;
}

/** What is declared so far. */
interface Found {
  readonly shared: Shared;
  /** Which shape has a well-known name. */
  readonly known: Map<string, TypeNode | Shape>;
  readonly places: Map<string, Nest>;
}

/** Declarations by what equal ones have in common. */
class Shared {
  readonly #nests = new Map<Shape | string, Map<string, Nest>>();

  find({ what, name }: SharingKey): Nest | undefined {
    return this.#nests.get(what)?.get(name);
  }

  add({ what, name }: SharingKey, nest: Nest): void {
    const nests = this.#nests.get(what) ?? new Map<string, Nest>();
    if (!nests.has(name)) this.#nests.set(what, nests.set(name, nest));
  }
}

interface FoundPart {
  readonly part: Part;
  readonly parent: Nest;
  readonly path: readonly string[];
  readonly place: string;
}

/** The parts of some types, those with the shortest names first. */
function partsBelow(level: readonly Nest[]): FoundPart[] {
  return level
    .filter(({ body }) => body.t !== 'sibling')
    .flatMap((parent) =>
      parent.parts.map((part) => {
        const path = [...parent.path, ...part.steps];
        return { part, parent, path, place: placeOf(path) };
      }),
    )
    .sort((a, b) => a.place.length - b.place.length || byText(a.place, b.place));
}

/** Of two versions of a well-known type, as may be embedded in one CRD, the first has the name. */
function takeKnownNames(known: Map<string, TypeNode | Shape>, parts: readonly FoundPart[]): void {
  const inOrder = parts
    .filter(({ part }) => part.knownAs !== undefined && !part.isContract)
    .sort((a, b) => byText(a.place, b.place));
  for (const {
    part: { knownAs = '', part },
  } of inOrder) {
    if (!known.has(knownAs)) known.set(knownAs, part);
  }
}

/** Declares what the types of one level hold and is not declared yet; of equal ones that with the shortest name. */
function nestsBelow(level: readonly Nest[], { shared, known, places }: Found): Nest[] {
  const created: Nest[] = [];
  const parts = partsBelow(level);
  takeKnownNames(known, parts);
  for (const { part: found, parent, path, place } of parts) {
    const { field, part, body, knownAs, docs, isContract } = found;
    const wellKnown = !isContract && knownAs !== undefined && known.get(knownAs) === part ? knownAs : undefined;
    const key = sharingKey(body, wellKnown === undefined ? path.at(-1) : undefined);
    const there = places.get(place);
    const equal = isContract || key === undefined ? undefined : (shared.find(key) ?? twinOf(body, there));
    const child =
      equal === undefined
        ? createNest({
            path: wellKnown === undefined ? path : [wellKnown],
            place: wellKnown ?? place,
            body,
            docs,
            isWellKnown: wellKnown !== undefined,
            contract: undefined,
          })
        : standIn(equal, { parent, path, place, docs, there });
    // A well-known type has its own name, even where the spec is one.
    if (equal === undefined && key !== undefined && !(isContract && knownAs !== undefined)) shared.add(key, child);
    if (child !== equal && child !== there) {
      places.set(place, child);
      created.push(child);
    }
    const children = parent.children.get(field) ?? new Map<TypeNode | Shape, Nest>();
    parent.children.set(field, children.set(part, child));
  }
  return created;
}

/** The declarations of a module in the order of reading: each before those that only it needs. */
export function readingOrder(root: Nest): Nest[] {
  const order = new Set<Nest>();
  const stack = [root];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (order.has(top)) continue;
    order.add(top);
    // What a sibling holds comes after the type that it is.
    if (top.body.t === 'sibling') continue;
    for (let i = top.parts.length - 1; i >= 0; i -= 1) {
      const child = childAt(top, top.parts[i]);
      if (child !== undefined) stack.push(child);
    }
  }
  return [...order];
}

/** Places up to this many fields below the kind have a name of their own, even where another place declares their type. */
const surelyNamed = 3;
/** The places below those too, level by level, as long as there are no more than this in all: far more than modules of operators have. */
const mostOtherPlaces = 1_000;

/**
 * The places whose type is declared elsewhere. Each has its name all the same: so a new field, equal to one that is there, takes no name
 * away from it, whichever of the two is declared.
 */
export function otherPlaces(nests: readonly Nest[]): OtherPlace[] {
  const places: OtherPlace[] = [];
  let level = nests
    .filter((nest) => nest.path.length === 0 || nest.isWellKnown)
    .map((nest): OtherPlace => ({ path: nest.path, place: nest.place, nest }));
  for (let depth = 1; level.length > 0; depth += 1) {
    const below = level.flatMap(({ nest, path }) => placesBelow(nest, path));
    const others = new Map(
      below
        .filter(({ isContract, nest, place }) => !isContract && nest.place !== place)
        .map((other) => [other.place, other]),
    );
    if (depth > surelyNamed && places.length + others.size > mostOtherPlaces) break;
    for (const other of others.values()) places.push(other);
    level = below;
  }
  return places;
}

function placeOf(path: readonly string[]): string {
  return path.join('\0');
}

function placesBelow(nest: Nest, at: readonly string[]): (OtherPlace & Pick<Part, 'isContract'>)[] {
  return nest.parts.flatMap((part) => {
    const child = childAt(nest, part);
    if (child === undefined || child.isWellKnown) return [];
    const path = [...at, ...part.steps];
    return [{ path, place: placeOf(path), nest: child, isContract: part.isContract }];
  });
}

function childAt(nest: Nest, part: Part | undefined): Nest | undefined {
  return part && nest.children.get(part.field)?.get(part.part);
}

function createNest({
  path,
  place,
  body,
  docs,
  isWellKnown,
  contract,
}: Pick<Nest, 'path' | 'place' | 'docs' | 'isWellKnown' | 'contract'> & { readonly body: OwnBody }): Nest {
  const children: Nest['children'] = new Map();
  return {
    path,
    place,
    body,
    docs,
    differs: body.t === 'shape' ? body.shape.viewsDiffer : viewsDiffer(body.type),
    needsBase: body.t === 'shape' && body.shape.choices.length > 0,
    names: { read: '', manifest: '' },
    baseNames: undefined,
    children,
    contract,
    isWellKnown,
    parts: partsOf({ body, contract }),
    find: (field, part) => children.get(field)?.get(part),
  };
}

/**
 * Whether two fields of one object have this type, as `livenessProbe` and `readinessProbe` do: each is then called after itself. A union
 * cannot be, since an interface cannot extend it.
 */
function standsBeside(one: Nest, parent: Nest, path: readonly string[]): boolean {
  const isBelow = (other: readonly string[]): boolean =>
    other.length === parent.path.length + 1 && parent.path.every((step, i) => other[i] === step);
  const isObject = one.body.t === 'shape' && !one.needsBase && !one.isWellKnown;
  return isObject && isBelow(one.path) && isBelow(path) && one.path.at(-1) !== path.at(-1);
}

/** What stands for a declaration at a place: itself, or beside it one of its own that is called after the place. */
function standIn(
  one: Nest,
  {
    parent,
    there,
    ...at
  }: Pick<Nest, 'path' | 'place' | 'docs'> & { readonly parent: Nest; readonly there: Nest | undefined },
): Nest {
  if (!standsBeside(one, parent, at.path)) return one;
  if (there?.body.t === 'sibling' && there.body.of === one) return there;
  return { ...one, ...at, body: { t: 'sibling', of: one }, names: { read: '', manifest: '' } };
}

/** What has the same place and is the same: one item of a list, and a field beside the list that is called as one item of it. */
function twinOf(body: OwnBody, there: Nest | undefined): Nest | undefined {
  return body.t === 'shape' && there?.body.t === 'shape' && there.body.shape === body.shape ? there : undefined;
}

interface SharingKey {
  readonly what: Shape | string;
  /** The name that small ones must have in common, too. */
  readonly name: string;
}

/** What equal declarations have in common; `undefined` for what is never shared. */
function sharingKey(body: OwnBody, name: string | undefined): SharingKey | undefined {
  if (body.t === 'alias') {
    return body.type.t === 'literals' ? { what: JSON.stringify(body.type.values), name: '' } : undefined;
  }
  const { shape } = body;
  const size = shape.choices.reduce((sum, { alternatives }) => sum + alternatives.length, shape.weight);
  return { what: shape, name: size >= leastSharedWeight ? '' : (name ?? '') };
}
