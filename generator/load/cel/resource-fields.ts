import { field, isMap, type JsonMap } from '../json-value.js';

/** Names of objects have no more characters, in a rule's eyes. */
const longestName = 253;

const given = new WeakSet<JsonMap>();

/** Whether it is the schema that rules have for a field of all resources, whatever is declared. */
export const isGiven = (node: JsonMap): boolean => given.has(node);

/** The properties that rules can read of a resource with such a schema: more than it declares, and less of metadata. */
export function resourceProperties(declared: JsonMap): JsonMap {
  if (saysAllOfResources(declared)) return declared;
  const own = field(declared, 'metadata');
  const inner = isMap(own) ? field(own, 'properties') : undefined;
  const names = isMap(inner) ? inner : {};
  const properties = {
    name: shortText(names, 'name', longestName),
    generateName: shortText(names, 'generateName', longestName - 1),
  };
  return {
    ...declared,
    kind: give({ type: 'string' }),
    apiVersion: give({ type: 'string' }),
    metadata: give({ type: 'object', properties }),
  };
}

function shortText(properties: JsonMap, name: string, longest: number): JsonMap {
  const node = field(properties, name);
  const maxLength = isMap(node) ? field(node, 'maxLength') : undefined;
  return give({ type: 'string', maxLength: typeof maxLength === 'number' ? Math.min(maxLength, longest) : longest });
}

function give(node: JsonMap): JsonMap {
  given.add(node);
  return node;
}

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
