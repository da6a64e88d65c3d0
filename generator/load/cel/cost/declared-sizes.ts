import { field, isMap, stringField, type JsonMap } from '../../json-value.js';
import type { SchemaPlace } from '../../check/schema-place.js';
import { isGiven } from '../resource-fields.js';
import { isEmbedded } from '../schema-types.js';
import { readable, type NodeSizes, type Readable } from './node-sizes.js';
import { endless, product, Uncertain } from './size.js';

/** A request has no more bytes. */
const requestBytes = 3 * 1024 * 1024;
/** The keyword that bounds a text, a list or a map. */
export type BoundKey = 'maxLength' | 'maxItems' | 'maxProperties';

/** A text, list or map whose bound matters to a cost. */
export interface Bounded {
  readonly node: JsonMap;
  readonly key: BoundKey;
  /** Where it stands: some steps below a place, such as `names`, `[]`, `*`. */
  readonly place: SchemaPlace;
  readonly steps: readonly string[];
}

const largestTimes: ReadonlyMap<string | undefined, number> = new Map([
  ['duration', 32],
  ['date', 12],
  ['date-time', 32],
]);

/** The sizes that a schema allows below the place of a rule, as the API server estimates them: what has no bound fills a request. */
export class DeclaredSizes {
  readonly #place: SchemaPlace;
  readonly #nodes: NodeSizes;
  readonly #bounds: ReadonlyMap<JsonMap, number>;
  /** All whose bound was asked for, and can be given. */
  readonly asked = new Map<JsonMap, Bounded>();

  /** @param bounds bounds to assume where the schema has none or larger ones. */
  constructor(place: SchemaPlace, nodes: NodeSizes, bounds: ReadonlyMap<JsonMap, number> = new Map()) {
    this.#place = place;
    this.#nodes = nodes;
    this.#bounds = bounds;
  }

  /** The largest size of what stands at some steps below; undefined where the API server knows none. */
  largestAt(steps: readonly string[]): number | undefined {
    let at: Readable | 'key' = this.#root;
    const names: string[] = [];
    for (const step of steps) {
      const next: { to: Readable | 'key'; name: string } | undefined = at === 'key' ? undefined : this.#step(at, step);
      if (next === undefined) return undefined;
      at = next.to;
      names.push(next.name);
    }
    return at === 'key' ? 0 : this.#largest(at, names);
  }

  /** How often what stands there can be there in one object. */
  times(): number {
    let times = 1;
    let isBounded = true;
    for (let { above } = this.#place; above !== undefined; above = above.above) {
      const key = repeatedBy(above.node);
      if (key === undefined) continue;
      const bound = this.#bound({ node: above.node, key, place: above, steps: [] });
      if (bound === undefined) isBounded = false;
      else times = product(times, bound);
    }
    return isBounded ? times : Math.floor(requestBytes / (this.#nodes.smallest(this.#place.node) + 1));
  }

  get #root(): Readable {
    const { node, above } = this.#place;
    return { node, isResource: above === undefined || isEmbedded(node) };
  }

  #step({ node, isResource }: Readable, step: string): { to: Readable | 'key'; name: string } | undefined {
    const type = this.#nodes.kindOf({ node, isResource });
    if (step === '@keys') return type === 'map' ? { to: 'key', name: step } : undefined;
    if (step === '@items' || step === '@values') {
      const isList = type === 'list';
      const inner = isList || type === 'map' ? field(node, isList ? 'items' : 'additionalProperties') : undefined;
      return isMap(inner) ? { to: readable(inner), name: isList ? '[]' : '*' } : undefined;
    }
    if (type !== 'object') return undefined;
    const fields = this.#nodes.types.fieldsOf(node, isResource);
    const key = fields.keyOf(step);
    const child = fields.find(step);
    // What rules cannot read has no size.
    if (key === undefined || child === undefined || this.#nodes.kindOf(readable(child)) === undefined) return undefined;
    return { to: readable(child), name: key };
  }

  #largest({ node, isResource }: Readable, steps: readonly string[]): number {
    const kind = this.#nodes.kindOf({ node, isResource });
    switch (kind) {
      case 'list': {
        const bound = this.#boundBelow(node, 'maxItems', steps);
        return bound ?? Math.floor((requestBytes - 2) / (this.#smallestIn(node, 'items') + 1));
      }
      case 'map': {
        const bound = this.#boundBelow(node, 'maxProperties', steps);
        return bound ?? Math.floor((requestBytes - 2) / (this.#smallestIn(node, 'additionalProperties') + 6));
      }
      case 'bytes':
        return this.#boundBelow(node, 'maxLength', steps) ?? requestBytes - 2;
      case 'string':
      case 'either':
        return this.#longest(node, kind, steps);
      case 'duration':
      case 'timestamp':
        return largestTimes.get(stringField(node, 'format')) ?? endless;
      default:
        return 0;
    }
  }

  /** In bytes, of which a character has up to four. */
  #longest(node: JsonMap, kind: 'string' | 'either', steps: readonly string[]): number {
    const choices = kind === 'string' ? field(node, 'enum') : undefined;
    const hasChoices = Array.isArray(choices) && choices.length > 0;
    if (hasChoices && field(node, 'maxLength') === undefined) return this.#nodes.longestOf(choices);
    const bound = this.#boundBelow(node, 'maxLength', steps);
    return bound === undefined ? requestBytes - 2 : bound * 4;
  }

  #boundBelow(node: JsonMap, key: BoundKey, steps: readonly string[]): number | undefined {
    return this.#bound({ node, key, place: this.#place, steps });
  }

  #bound(bounded: Bounded): number | undefined {
    const { node, key } = bounded;
    if (!this.asked.has(node) && !isGiven(node)) this.asked.set(node, bounded);
    const declared = field(node, key) ?? Infinity;
    if (typeof declared !== 'number') throw new Uncertain();
    const bound = Math.min(declared, this.#bounds.get(node) ?? Infinity);
    if (bound === Infinity) return undefined;
    if (bound > Number.MAX_SAFE_INTEGER / 4) throw new Uncertain();
    return Math.max(bound, 0);
  }

  #smallestIn(node: JsonMap, key: string): number {
    const inner = field(node, key);
    if (!isMap(inner)) throw new Uncertain();
    return this.#nodes.smallest(inner);
  }
}

/** The keyword that says how often what is inside a node can be there; undefined where that is once. */
function repeatedBy(node: JsonMap): BoundKey | undefined {
  const type = field(node, 'type');
  if (type === 'array') return 'maxItems';
  return type === 'object' && field(node, 'additionalProperties') !== undefined ? 'maxProperties' : undefined;
}
