import { field, isMap, stringField, type JsonMap } from '../../json-value.js';
import { isEmbedded, type SchemaTypes } from '../schema-types.js';
import { Uncertain } from './size.js';

/** Levels of objects that are followed. */
const mostLevels = 200;

/** A node, and whether rules read it as a resource. */
export interface Readable {
  readonly node: JsonMap;
  readonly isResource: boolean;
}

/** A node that is not the root. */
export const readable = (node: JsonMap): Readable => ({ node, isResource: isEmbedded(node) });

const smallestTimes: ReadonlyMap<string | undefined, number> = new Map([
  ['duration', 3],
  ['date', 12],
  ['date-time', 21],
]);

/** The fewest bytes of a value, and how many levels of objects they were found in. */
interface Smallest {
  readonly bytes: number;
  readonly levels: number;
}

/** What the nodes of one schema say of the sizes of values, whichever bounds are assumed. Each node is looked at once. */
export class NodeSizes {
  readonly types: SchemaTypes;
  readonly #smallest = new Map<JsonMap, Smallest>();
  readonly #longestChoices = new Map<readonly unknown[], number>();

  constructor(types: SchemaTypes) {
    this.types = types;
  }

  /** The kind of values that a node has for rules; undefined where they cannot read it. */
  kindOf({ node, isResource }: Readable): string | undefined {
    if (field(node, 'x-kubernetes-int-or-string') === true) return 'either';
    const kind = this.types.of(node, isResource)?.kind;
    if (kind === 'dyn') throw new Uncertain();
    return kind;
  }

  /** The fewest bytes that a value has in JSON. */
  smallest(node: JsonMap): number {
    return this.#smallestOf(node, 0).bytes;
  }

  /** The bytes of the longest text of an `enum`. */
  longestOf(choices: readonly unknown[]): number {
    let longest = this.#longestChoices.get(choices);
    if (longest !== undefined) return longest;
    longest = 0;
    for (const one of choices) if (typeof one === 'string') longest = Math.max(longest, Buffer.byteLength(one));
    this.#longestChoices.set(choices, longest);
    return longest;
  }

  #smallestOf(node: JsonMap, level: number): Smallest {
    const known = this.#smallest.get(node);
    if (level + (known?.levels ?? 0) > mostLevels) throw new Uncertain();
    if (known !== undefined) return known;
    const smallest = this.#find(node, level);
    this.#smallest.set(node, smallest);
    return smallest;
  }

  #find(node: JsonMap, level: number): Smallest {
    const kind = this.kindOf(readable(node));
    switch (kind) {
      case 'object':
        return this.#smallestObject(node, level);
      case 'bool':
        return { bytes: 4, levels: 0 };
      case 'int':
      case 'double':
      case 'either':
        return { bytes: 1, levels: 0 };
      case 'duration':
      case 'timestamp':
        return { bytes: smallestTimes.get(stringField(node, 'format')) ?? 2, levels: 0 };
      default:
        return { bytes: 2, levels: 0 };
    }
  }

  #smallestObject(node: JsonMap, level: number): Smallest {
    const required = field(node, 'required');
    let [bytes, levels] = [2, 0];
    if (!Array.isArray(required)) return { bytes, levels };
    const { properties } = this.types.fieldsOf(node, isEmbedded(node));
    for (const name of new Set<unknown>(required)) {
      const child = typeof name === 'string' ? field(properties, name) : undefined;
      const isLeftOut = !isMap(child) || field(child, 'default') !== undefined;
      if (isLeftOut || this.kindOf(readable(child)) === undefined) continue;
      const inner = this.#smallestOf(child, level + 1);
      bytes += Buffer.byteLength(String(name)) + 4 + inner.bytes;
      levels = Math.max(levels, inner.levels + 1);
    }
    return { bytes, levels };
  }
}
