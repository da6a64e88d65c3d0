import { didYouMean } from '../../did-you-mean.js';
import { field, isMap, stringField, type JsonMap } from '../json-value.js';
import { celNameOf, reservedWords } from './names.js';
import { ObjectFields } from './object-fields.js';
import { isGiven } from './resource-fields.js';
import { listOf, mapOf, simple, type CelType } from './types.js';

/** Levels of lists and maps of which the type is followed. */
const mostLevels = 200;

/** So many names of fields are compared with wrong ones for hints: of thousands of faults a hundred are shown. */
const mostCompared = 100_000;

const formats: ReadonlyMap<string | undefined, CelType> = new Map([
  ['byte', simple.bytes],
  ['duration', simple.duration],
  ['date', simple.timestamp],
  ['date-time', simple.timestamp],
]);

const scalars: ReadonlyMap<unknown, CelType> = new Map([
  ['boolean', simple.bool],
  ['number', simple.double],
  ['integer', simple.int],
]);

/** Whether a node is a resource inside another. */
export const isEmbedded = (node: JsonMap): boolean => field(node, 'x-kubernetes-embedded-resource') === true;

/**
 * The types that the nodes of one schema have for rules. Each field of an object has one of its own, whether or not its node stands
 * elsewhere too: to the API server the types of two fields are two.
 */
export class SchemaTypes {
  readonly #nodes = new Map<JsonMap, CelType | undefined>();
  readonly #resources = new Map<JsonMap, CelType | undefined>();
  readonly #fields = { ofNodes: new Map<JsonMap, ObjectFields>(), ofResources: new Map<JsonMap, ObjectFields>() };
  #objects = 0;
  #compared = 0;

  /**
   * The type of a node: undefined where rules cannot read it, dyn where nothing can be said.
   * @param isResource whether it is the root, or an embedded resource: rules know more of its fields than its schema does.
   */
  of(node: JsonMap, isResource: boolean): CelType | undefined {
    const known = isResource ? this.#resources : this.#nodes;
    if (known.has(node)) return known.get(node);
    const type = this.#find(node, isResource, 0);
    known.set(node, type);
    return type;
  }

  /** The fields of an object, which are the same each time. */
  fieldsOf(node: JsonMap, isResource: boolean): ObjectFields {
    const known = isResource ? this.#fields.ofResources : this.#fields.ofNodes;
    const fields = known.get(node) ?? new ObjectFields(node, isResource);
    known.set(node, fields);
    return fields;
  }

  #inner(value: unknown, level: number): CelType | undefined {
    if (!isMap(value)) return undefined;
    return level < mostLevels ? this.#find(value, isEmbedded(value), level + 1) : simple.dyn;
  }

  #find(node: JsonMap, isResource: boolean, level: number): CelType | undefined {
    if (field(node, 'x-kubernetes-int-or-string') === true) return simple.dyn;
    const type = field(node, 'type');
    if (type === 'array') return this.#list(field(node, 'items'), level);
    if (type === 'object') {
      const others = field(node, 'additionalProperties');
      return isMap(others) ? this.#map(others, level) : this.#object(node, isResource);
    }
    if (type === 'string') return formats.get(stringField(node, 'format')) ?? simple.string;
    // A type that no schema has is told elsewhere.
    return scalars.get(type) ?? (type === undefined ? undefined : simple.dyn);
  }

  #list(items: unknown, level: number): CelType | undefined {
    if (Array.isArray(items)) return simple.dyn;
    const item = this.#inner(items, level);
    return item === undefined ? undefined : listOf(item);
  }

  #map(others: JsonMap, level: number): CelType | undefined {
    const value = this.#inner(others, level);
    return value === undefined ? undefined : mapOf(simple.string, value);
  }

  /** An object. The types of its fields are found when a rule asks. */
  #object(node: JsonMap, isResource: boolean): CelType {
    this.#objects += 1;
    const fields = this.fieldsOf(node, isResource);
    const types = new Map<string, CelType | undefined>();
    return {
      kind: 'object',
      name: `object${this.#objects}`,
      params: [],
      fieldOf: (name) => {
        if (types.has(name)) return types.get(name);
        const type = this.#inner(fields.find(reservedWords.has(name) ? `__${name}__` : name), 0);
        types.set(name, type);
        return type;
      },
      hintFor: (name) => this.#hintFor(name, fields),
    };
  }

  #hintFor(name: string, fields: ObjectFields): string | undefined {
    this.#compared += Object.keys(fields.properties).length;
    return this.#compared > mostCompared ? undefined : hintFor(name, fields);
  }
}

function hintFor(name: string, fields: ObjectFields): string | undefined {
  if (isGiven(fields.node)) return 'Of metadata a rule can read name and generateName only.';
  const keys = Object.keys(fields.properties);
  const own = keys.includes(name) ? celNameOf(name) : undefined;
  if (own === name) return 'The schema does not say what the field holds, so rules cannot read it.';
  if (own === undefined && keys.includes(name)) return 'Rules cannot read a field of this name.';
  const dashed = keys.find((key) => key === name || key.startsWith(`${name}-`));
  const written = dashed === undefined ? undefined : celNameOf(dashed);
  if (written !== undefined) return `A rule writes "${dashed}" as ${written}.`;
  const guess = didYouMean(name, fields.names());
  return guess === undefined ? undefined : `Did you mean "${guess}"?`;
}
