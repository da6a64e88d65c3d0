import { didYouMean } from '../../did-you-mean.js';
import { field, isMap, stringField, type JsonMap } from '../json-value.js';
import { celNameOf } from './names.js';
import { reservedWords } from './parse.js';
import { listOf, mapOf, simple, type CelType } from './types.js';

/** Levels of lists and maps of which the type is followed. */
const mostLevels = 200;

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

/** The types that the nodes of one schema have for rules, each made once. */
export class SchemaTypes {
  readonly #nodes = new Map<JsonMap, CelType | undefined>();
  readonly #resources = new Map<JsonMap, CelType | undefined>();
  #objects = 0;

  /**
   * The type of a node: undefined where rules cannot read it, dyn where nothing can be said.
   * @param isResource whether it is the root, or an embedded resource: rules know more of its fields than its schema does.
   */
  of(node: JsonMap, isResource: boolean, level = 0): CelType | undefined {
    if (level > mostLevels) return simple.dyn;
    const known = isResource ? this.#resources : this.#nodes;
    if (known.has(node)) return known.get(node);
    const type = this.#find(node, isResource, level);
    known.set(node, type);
    return type;
  }

  #inner(value: unknown, level: number): CelType | undefined {
    if (!isMap(value)) return undefined;
    return this.of(value, field(value, 'x-kubernetes-embedded-resource') === true, level + 1);
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
    const properties = field(node, 'properties');
    const declared = isMap(properties) ? properties : {};
    const given = isResource && !saysAllOfResources(declared) ? fieldsOfResources : undefined;
    let names: ReadonlyMap<string, string> | undefined;
    return {
      kind: 'object',
      name: `object${this.#objects}`,
      params: [],
      fieldOf: (name) => {
        const written = reservedWords.has(name) ? `__${name}__` : name;
        const own = celNameOf(name) === written ? field(declared, name) : undefined;
        const find = (): unknown => field(declared, (names ??= propertyNames(declared)).get(written) ?? '');
        return given?.get(name) ?? this.#inner(own ?? find(), 0);
      },
      hintFor: (name) => hintFor(name, declared, [...propertyNames(declared).keys(), ...(given?.keys() ?? [])]),
    };
  }
}

/** The properties by the names that rules have for them. */
function propertyNames(declared: JsonMap): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const key of Object.keys(declared)) {
    const name = celNameOf(key);
    if (name !== undefined) names.set(name, key);
  }
  return names;
}

const fieldsOfMetadata: ReadonlyMap<string, CelType> = new Map([
  ['name', simple.string],
  ['generateName', simple.string],
]);

/** What a rule can read of a resource whatever its schema says. */
const fieldsOfResources: ReadonlyMap<string, CelType> = new Map([
  ['apiVersion', simple.string],
  ['kind', simple.string],
  [
    'metadata',
    {
      kind: 'object',
      name: 'metadata',
      params: [],
      fieldOf: (name) => fieldsOfMetadata.get(name),
      hintFor: () => 'Of metadata a rule can read name and generateName only.',
    },
  ],
]);

/** Whether a schema declares all that every resource has: then what it declares counts, of metadata too. */
function saysAllOfResources(declared: JsonMap): boolean {
  const typeOf = (properties: unknown, name: string): unknown => {
    const node = isMap(properties) ? field(properties, name) : undefined;
    return isMap(node) ? field(node, 'type') : undefined;
  };
  const metadata = field(declared, 'metadata');
  const inner = isMap(metadata) ? field(metadata, 'properties') : undefined;
  return (
    typeOf(declared, 'kind') === 'string' &&
    typeOf(declared, 'apiVersion') === 'string' &&
    typeOf(declared, 'metadata') === 'object' &&
    typeOf(inner, 'name') === 'string' &&
    typeOf(inner, 'generateName') === 'string'
  );
}

function hintFor(name: string, declared: JsonMap, names: readonly string[]): string | undefined {
  const keys = Object.keys(declared);
  const own = keys.includes(name) ? celNameOf(name) : undefined;
  if (own === name) return 'The schema does not say what the field holds, so rules cannot read it.';
  if (own === undefined && keys.includes(name)) return 'Rules cannot read a field of this name.';
  const dashed = keys.find((key) => key === name || key.startsWith(`${name}-`));
  const written = dashed === undefined ? undefined : celNameOf(dashed);
  if (written !== undefined) return `A rule writes "${dashed}" as ${written}.`;
  const guess = didYouMean(name, names);
  return guess === undefined ? undefined : `Did you mean "${guess}"?`;
}
