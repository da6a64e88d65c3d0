import { type MemberOrder, MEMBERS } from '../wire/raw-object.js';
import type { Part } from './record.js';

/** Where the parts of an object come from. It is let go when all of them were parsed. */
export interface PartSource {
  parsePart(part: Part): unknown;
}

/** The parts of one object, each `UNREAD` until somebody looks at it. */
interface Parts extends Record<Part, unknown> {
  source: PartSource | undefined;
  unread: number;
}

/** What the accessors see: the object, something that inherits from it, or a proxy around it. So no private field can be used. */
interface HasParts {
  readonly [parts]: Parts;
}

type Member = (typeof MEMBERS)[number];

const UNREAD = Symbol('unread');
const parts = Symbol('parts');
const inspect = Symbol.for('nodejs.util.inspect.custom');

const properties: Readonly<Record<Part, PropertyDescriptor>> = {
  metadata: partProperty('metadata'),
  spec: partProperty('spec'),
  status: partProperty('status'),
};

/** Else Node's console would print `[Getter]`. */
const inspectProperty: PropertyDescriptor = {
  value: function plainCopy(this: object): object {
    return { ...this };
  },
  configurable: true,
  writable: true,
};

/** Objects of one kind have one order, or two: of a list and of a watch. */
const membersOfOrder = new Map<MemberOrder, readonly Member[]>();

/**
 * An object like the one that parsing it whole would give: of the same members in the same order, own and enumerable, and with no
 * prototype of its own. `metadata`, `spec` and `status` are accessors, which parse when they are looked at first, and always give
 * the same from then on.
 */
export function createObjectOfParts(
  order: MemberOrder,
  typeMeta: { readonly apiVersion: string; readonly kind: string },
  source: PartSource,
): object {
  const object: { kind?: string; apiVersion?: string } = {};
  const state: Parts = { metadata: UNREAD, spec: UNREAD, status: UNREAD, source, unread: 0 };
  for (const member of membersOf(order)) {
    if (member === 'kind') object.kind = typeMeta.kind;
    else if (member === 'apiVersion') object.apiVersion = typeMeta.apiVersion;
    else {
      Object.defineProperty(object, member, properties[member]);
      state.unread += 1;
    }
  }
  Object.defineProperty(object, parts, { value: state, configurable: true, writable: true });
  return Object.defineProperty(object, inspect, inspectProperty);
}

function partProperty(part: Part): PropertyDescriptor {
  return {
    get(this: HasParts): unknown {
      const state = this[parts];
      if (state[part] === UNREAD) setPart(state, part, state.source?.parsePart(part));
      return state[part];
    },
    set(this: HasParts, value: unknown): void {
      setPart(this[parts], part, value);
    },
    enumerable: true,
    configurable: true,
  };
}

function setPart(state: Parts, part: Part, value: unknown): void {
  if (state[part] === UNREAD) state.unread -= 1;
  if (state.unread === 0) state.source = undefined;
  state[part] = value;
}

function membersOf(order: MemberOrder): readonly Member[] {
  const known = membersOfOrder.get(order);
  if (known !== undefined) return known;
  const members = Array.from(String(order), (digit) => MEMBERS[Number(digit) - 1]).filter((one) => one !== undefined);
  membersOfOrder.set(order, members);
  return members;
}
