import { field, isMap, stringField, type JsonMap } from '../../json-value.js';
import type { SchemaPlace } from '../../check/schema-place.js';
import { isGiven } from '../resource-fields.js';
import { isEmbedded, type SchemaTypes } from '../schema-types.js';
import { endless, product, Uncertain } from './size.js';

/** A request has no more bytes. */
const requestBytes = 3 * 1024 * 1024;
/** Levels of objects that are followed. */
const mostLevels = 200;

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

/** A node, and whether rules read it as a resource. */
interface Readable {
  readonly node: JsonMap;
  readonly isResource: boolean;
}

const timeSizes: ReadonlyMap<string | undefined, { readonly smallest: number; readonly largest: number }> = new Map([
  ['duration', { smallest: 3, largest: 32 }],
  ['date', { smallest: 12, largest: 12 }],
  ['date-time', { smallest: 21, largest: 32 }],
]);

/** The sizes that a schema allows below the place of a rule, as the API server estimates them: what has no bound fills a request. */
export class DeclaredSizes {
  readonly #place: SchemaPlace;
  readonly #types: SchemaTypes;
  readonly #bounds: ReadonlyMap<JsonMap, number>;
  /** All whose bound was asked for, and can be given. */
  readonly asked = new Map<JsonMap, Bounded>();

  /** @param bounds bounds to assume where the schema has none or larger ones. */
  constructor(place: SchemaPlace, types: SchemaTypes, bounds: ReadonlyMap<JsonMap, number> = new Map()) {
    this.#place = place;
    this.#types = types;
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
    return isBounded ? times : Math.floor(requestBytes / (this.#smallest(this.#root, 0) + 1));
  }

  get #root(): Readable {
    const { node, above } = this.#place;
    return { node, isResource: above === undefined || isEmbedded(node) };
  }

  #step({ node, isResource }: Readable, step: string): { to: Readable | 'key'; name: string } | undefined {
    const type = this.#kind({ node, isResource });
    if (step === '@keys') return type === 'map' ? { to: 'key', name: step } : undefined;
    if (step === '@items' || step === '@values') {
      const isList = type === 'list';
      const inner = isList || type === 'map' ? field(node, isList ? 'items' : 'additionalProperties') : undefined;
      return isMap(inner) ? { to: readable(inner), name: isList ? '[]' : '*' } : undefined;
    }
    if (type !== 'object') return undefined;
    const fields = this.#types.fieldsOf(node, isResource);
    const key = fields.keyOf(step);
    const child = fields.find(step);
    // What rules cannot read has no size.
    if (key === undefined || child === undefined || this.#kind(readable(child)) === undefined) return undefined;
    return { to: readable(child), name: key };
  }

  #kind({ node, isResource }: Readable): string | undefined {
    if (field(node, 'x-kubernetes-int-or-string') === true) return 'either';
    const kind = this.#types.of(node, isResource)?.kind;
    if (kind === 'dyn') throw new Uncertain();
    return kind;
  }

  #largest({ node, isResource }: Readable, steps: readonly string[]): number {
    const kind = this.#kind({ node, isResource });
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
        return timeSizes.get(stringField(node, 'format'))?.largest ?? endless;
      default:
        return 0;
    }
  }

  /** In bytes, of which a character has up to four. */
  #longest(node: JsonMap, kind: 'string' | 'either', steps: readonly string[]): number {
    const choices = kind === 'string' ? field(node, 'enum') : undefined;
    const hasChoices = Array.isArray(choices) && choices.length > 0;
    if (hasChoices && field(node, 'maxLength') === undefined) {
      return Math.max(...choices.map((choice) => (typeof choice === 'string' ? Buffer.byteLength(choice) : 0)));
    }
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
    return this.#smallest(readable(inner), 0);
  }

  /** The fewest bytes that it has in JSON. */
  #smallest(at: Readable, level: number): number {
    if (level > mostLevels) throw new Uncertain();
    const kind = this.#kind(at);
    switch (kind) {
      case 'object':
        return this.#smallestObject(at, level);
      case 'bool':
        return 4;
      case 'int':
      case 'double':
      case 'either':
        return 1;
      case 'duration':
      case 'timestamp':
        return timeSizes.get(stringField(at.node, 'format'))?.smallest ?? 2;
      default:
        return 2;
    }
  }

  #smallestObject({ node, isResource }: Readable, level: number): number {
    const required = field(node, 'required');
    let bytes = 2;
    if (!Array.isArray(required)) return bytes;
    const { properties } = this.#types.fieldsOf(node, isResource);
    for (const name of new Set<unknown>(required)) {
      const child = typeof name === 'string' ? field(properties, name) : undefined;
      if (!isMap(child) || field(child, 'default') !== undefined || this.#kind(readable(child)) === undefined) continue;
      bytes += Buffer.byteLength(String(name)) + 4 + this.#smallest(readable(child), level + 1);
    }
    return bytes;
  }
}

const readable = (node: JsonMap): Readable => ({ node, isResource: isEmbedded(node) });

/** The keyword that says how often what is inside a node can be there; undefined where that is once. */
function repeatedBy(node: JsonMap): BoundKey | undefined {
  const type = field(node, 'type');
  if (type === 'array') return 'maxItems';
  return type === 'object' && field(node, 'additionalProperties') !== undefined ? 'maxProperties' : undefined;
}
