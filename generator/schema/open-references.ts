import { isMap, type JsonMap } from '../load/json-value.js';
import { below, stepsOf } from './references.js';
import { typing } from './schema-words.js';

interface Place {
  readonly bundle: JsonMap;
  readonly pointer: string;
}

/**
 * The printing tool makes a copy of what a reference leads to, with the words beside it instead of the same there, and gives up where the
 * copy leads back to itself. So the reference goes into a branch of its own. The root, which cannot be a reference, takes what it leads to.
 * Beside a closed schema the fields are closed, too, as TypeScript takes all keys where one of two types does.
 */
export function openReference(schema: JsonMap, { bundle, pointer }: Place): JsonMap {
  const { $ref, ...beside } = schema;
  if (typeof $ref !== 'string' || Object.keys(beside).length === 0) return schema;
  const targets = targetsOf($ref, bundle);
  const rest = targets.some(({ type }) => type === 'object') ? withRequiredFields(beside) : beside;
  const hasFields = isMap(rest['properties']) || isMap(rest['patternProperties']);
  if (pointer === '' && !hasFields) return schema;
  const isClosed = hasFields && targets.some((target) => target['additionalProperties'] === false);
  const opened = { ...(isClosed ? { additionalProperties: false } : {}), ...rest };
  const free = freeBranch(rest);
  if (free !== undefined) return { ...opened, [free]: [{ $ref }] };
  const { allOf } = rest;
  return { ...opened, allOf: [...(Array.isArray(allOf) ? (allOf as unknown[]) : []), { $ref }] };
}

/** The printing tool takes only fields that are listed as required. */
function withRequiredFields(schema: JsonMap): JsonMap {
  const { required, properties } = schema;
  if (!Array.isArray(required) || required.length === 0) return schema;
  const fields = required.map((name): [string, unknown] => [String(name), { tsType: 'unknown' }]);
  return { ...schema, properties: { ...Object.fromEntries(fields), ...(isMap(properties) ? properties : {}) } };
}

/** The schema that a reference leads to, and those that this one refers to. */
function targetsOf(start: string, bundle: JsonMap): JsonMap[] {
  const targets: JsonMap[] = [];
  for (let ref: unknown = start; typeof ref === 'string';) {
    const target = valueAt(ref.slice(1), bundle);
    if (!isMap(target)) break;
    targets.push(target);
    ref = target['$ref'];
  }
  return targets;
}

/** A word for a branch that the schema does not have. */
function freeBranch(schema: JsonMap): string | undefined {
  return ['anyOf', 'oneOf'].find((key) => !Object.hasOwn(schema, key));
}

function valueAt(pointer: string, bundle: JsonMap): unknown {
  let value: unknown = bundle;
  for (const key of stepsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonMap)[key];
  }
  return value;
}

/**
 * `allOf` with references, which may lead back to the schema, in a branch of its own: the printing tool gives up where they do and the
 * schema says something besides.
 */
export function separateAllOf(
  schema: JsonMap,
  { pointer, targets }: { readonly pointer: string; readonly targets: ReadonlySet<string> },
): JsonMap {
  const { allOf, ...rest } = schema;
  const says = (key: string): boolean => Object.hasOwn(rest, key) && !(key === 'type' && rest['type'] === 'object');
  if (allOf === undefined || !typing.some(says)) return schema;
  const free = freeBranch(rest);
  if (free === undefined || targets.has(below(pointer, 'allOf')) || !JSON.stringify(allOf).includes('"$ref"'))
    return schema;
  return { ...rest, [free]: [{ allOf }] };
}
