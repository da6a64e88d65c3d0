import { fieldAt, type JsonMap } from '../json-value.js';

/** Names of objects have no more characters, in a rule's eyes. */
const longestName = 253;

const given = new WeakSet<JsonMap>();

/** Whether it is the schema that rules have for a field of all resources, whatever is declared. */
export const isGiven = (node: JsonMap): boolean => given.has(node);

/** The properties that rules can read of a resource with such a schema: more than it declares, and less of metadata. */
export function resourceProperties(declared: JsonMap): JsonMap {
  if (saysAllOfResources(declared)) return declared;
  const inner = fieldAt(declared, 'metadata', 'properties');
  const properties = {
    name: shortText(inner, 'name', longestName),
    generateName: shortText(inner, 'generateName', longestName - 1),
  };
  return {
    ...declared,
    kind: give({ type: 'string' }),
    apiVersion: give({ type: 'string' }),
    metadata: give({ type: 'object', properties }),
  };
}

function shortText(properties: unknown, name: string, longest: number): JsonMap {
  const maxLength = fieldAt(properties, name, 'maxLength');
  return give({ type: 'string', maxLength: typeof maxLength === 'number' ? Math.min(maxLength, longest) : longest });
}

function give(node: JsonMap): JsonMap {
  given.add(node);
  return node;
}

/** Whether a schema declares all that every resource has: then what it declares counts, of metadata too. */
function saysAllOfResources(declared: JsonMap): boolean {
  const inner = fieldAt(declared, 'metadata', 'properties');
  return (
    fieldAt(declared, 'kind', 'type') === 'string' &&
    fieldAt(declared, 'apiVersion', 'type') === 'string' &&
    fieldAt(declared, 'metadata', 'type') === 'object' &&
    fieldAt(inner, 'name', 'type') === 'string' &&
    fieldAt(inner, 'generateName', 'type') === 'string'
  );
}
