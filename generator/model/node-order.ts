import { asSchema, field, flag, mapValues, propertyOf, type RawSchema } from './raw-schema.js';

/**
 * How much an object node keeps of what it does not name: `closed` as the node itself says, `open-once` below an array with
 * preserve-unknown-fields (it opens the items one level, through lists of lists, V7), `open` everywhere below (`preserveUnknownFields: true`, F7).
 */
export type Openness = 'closed' | 'open-once' | 'open';

/** One visit of a schema node. The same node means something else under another parent, so the visit is the unit, not the node. */
export interface Visit {
  readonly node: RawSchema;
  /**
   * The node at the same place of the storage version, where its defaults decide what a read shows (V10): `'self'` when they are
   * this node's own, `undefined` when the storage version has nothing there.
   */
  readonly storage: RawSchema | 'self' | undefined;
  readonly openness: Openness;
}

/** The node of a property's, an item's or a map value's own visit, seen from the visit of its parent. */
export function propertyVisit(parent: Visit, name: string, node: RawSchema): Visit {
  return child(parent, node, (storage) => propertyOf(storage, name));
}

/** See `propertyVisit`. */
export function itemsVisit(parent: Visit, node: RawSchema): Visit {
  const visit = child(parent, node, (storage) => field(storage, 'items'));
  if (parent.openness === 'open') return visit;
  const opens = parent.openness === 'open-once' || flag(parent.node, 'x-kubernetes-preserve-unknown-fields');
  return opens ? { ...visit, openness: 'open-once' } : visit;
}

/** See `propertyVisit`. */
export function valuesVisit(parent: Visit, node: RawSchema): Visit {
  return child(parent, node, mapValues);
}

function child(parent: Visit, node: RawSchema, inStorage: (storage: RawSchema) => unknown): Visit {
  const storage = parent.storage === 'self' ? 'self' : parent.storage && asSchema(inStorage(parent.storage));
  return {
    node,
    storage: storage === node ? 'self' : storage,
    openness: parent.openness === 'open' ? 'open' : 'closed',
  };
}

/** Whether there are no nodes below: most of a schema is leaves, and they need no place in the order. */
export function isLeaf(node: RawSchema): boolean {
  for (const key of Object.keys(node)) {
    if (key === 'properties' || key === 'items' || key === 'additionalProperties') return false;
  }
  return true;
}

function branchVisits(visit: Visit): Visit[] {
  const visits: Visit[] = [];
  const properties = asSchema(field(visit.node, 'properties')) ?? {};
  for (const name of Object.keys(properties)) {
    const node = asSchema(properties[name]);
    if (node !== undefined && !isLeaf(node)) visits.push(propertyVisit(visit, name, node));
  }
  const items = asSchema(field(visit.node, 'items'));
  if (items !== undefined && !isLeaf(items)) visits.push(itemsVisit(visit, items));
  const values = mapValues(visit.node);
  if (values !== undefined && !isLeaf(values)) visits.push(valuesVisit(visit, values));
  return visits;
}

/**
 * Results by visit: the same node in the same circumstances is done once, in however many places it stands. It keeps the nodes: a
 * `WeakMap` costs each collection of garbage some time.
 */
export class VisitMap<R> {
  /** Nearly all visits. */
  readonly #plain = new Map<RawSchema, R>();
  readonly #others = new Map<RawSchema, { visit: Visit; result: R }[]>();

  get(visit: Visit): R | undefined {
    if (isPlain(visit)) return this.#plain.get(visit.node);
    return this.#others.get(visit.node)?.find((entry) => isSame(entry.visit, visit))?.result;
  }

  set(visit: Visit, result: R): void {
    if (isPlain(visit)) {
      this.#plain.set(visit.node, result);
      return;
    }
    const entries = this.#others.get(visit.node);
    const entry = entries?.find((candidate) => isSame(candidate.visit, visit));
    if (entry !== undefined) entry.result = result;
    else if (entries !== undefined) entries.push({ visit, result });
    else this.#others.set(visit.node, [{ visit, result }]);
  }
}

function isPlain({ storage, openness }: Visit): boolean {
  return storage === 'self' && openness === 'closed';
}

function isSame(a: Visit, b: Visit): boolean {
  return a.storage === b.storage && a.openness === b.openness;
}

/**
 * All visits of nodes that have nodes below them and no result yet, children before parents, without recursion: schemas may be thousands
 * of levels deep.
 * A node that contains itself (a YAML alias can do that) is met again as a visit that has no result yet.
 */
export function childrenFirst(root: Visit, done: VisitMap<unknown>): Visit[] {
  const seen = new VisitMap<true>();
  const order: Visit[] = [];
  const stack: { visit: Visit; entered: boolean }[] = [{ visit: root, entered: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.entered) {
      order.push(top.visit);
      continue;
    }
    if (seen.get(top.visit) === true || done.get(top.visit) !== undefined) continue;
    seen.set(top.visit, true);
    stack.push({ visit: top.visit, entered: true });
    for (const visit of branchVisits(top.visit).reverse()) stack.push({ visit, entered: false });
  }
  return order;
}
