import { field, isMap, type JsonMap } from '../json-value.js';
import { celNameOf } from './names.js';
import { resourceProperties } from './resource-fields.js';

/** The fields of an object, by the names that rules have for them. */
export class ObjectFields {
  readonly node: JsonMap;
  readonly properties: JsonMap;
  #keys: ReadonlyMap<string, string> | undefined;

  constructor(node: JsonMap, isResource: boolean) {
    this.node = node;
    const properties = field(node, 'properties');
    const declared = isMap(properties) ? properties : {};
    this.properties = isResource ? resourceProperties(declared) : declared;
  }

  /** The key of a field. */
  keyOf(name: string): string | undefined {
    // Nearly all have the name that they have in the schema.
    if (Object.hasOwn(this.properties, name) && celNameOf(name) === name) return name;
    return this.#named().get(name);
  }

  /** The schema of a field. */
  find(name: string): JsonMap | undefined {
    const key = this.keyOf(name);
    const node = key === undefined ? undefined : field(this.properties, key);
    return isMap(node) ? node : undefined;
  }

  /** All names. */
  names(): string[] {
    return [...this.#named().keys()];
  }

  #named(): ReadonlyMap<string, string> {
    return (this.#keys ??= new Map(
      Object.keys(this.properties).flatMap((key) => {
        const name = celNameOf(key);
        return name === undefined ? [] : [[name, key] as const];
      }),
    ));
  }
}
