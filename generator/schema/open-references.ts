import { isMap, type JsonMap } from '../load/json-value.js';
import { below, valueAt } from '../load/json-pointer.js';
import { anyValue, typing } from './schema-words.js';

interface Place {
  readonly refersTo: RefersTo;
  readonly pointer: string;
}

/** What is known of the schema that a reference leads to, with those that this one refers to. */
export interface Referred {
  readonly isObject: boolean;
  /** Whether it takes no other fields. */
  readonly isClosed: boolean;
}

/** Looks at what a reference leads to. */
export type RefersTo = (ref: string) => Referred;

/** Each schema is looked at once, in however long a row of references it stands. */
export function createRefersTo(bundle: JsonMap): RefersTo {
  const known = new Map<string, Referred>();
  return (start) => {
    const row: { readonly ref: string; readonly target: JsonMap }[] = [];
    let referred: Referred | undefined;
    for (let ref: unknown = start; typeof ref === 'string' && referred === undefined;) {
      referred = known.get(ref);
      const target = referred === undefined ? valueAt(ref.slice(1), bundle) : undefined;
      if (!isMap(target)) break;
      row.push({ ref, target });
      ref = target['$ref'];
    }
    referred ??= { isObject: false, isClosed: false };
    for (const { ref, target } of row.reverse()) {
      referred = {
        isObject: referred.isObject || target['type'] === 'object',
        isClosed: referred.isClosed || target['additionalProperties'] === false,
      };
      known.set(ref, referred);
    }
    return referred;
  };
}

/**
 * The printing tool makes a copy of what a reference leads to, with the words beside it instead of the same there, and gives up where the
 * copy leads back to itself. So the reference goes into a branch of its own. The root, which cannot be a reference, takes what it leads to.
 * Beside a closed schema the fields are closed, too, as TypeScript takes all keys where one of two types does.
 */
export function openReference(schema: JsonMap, { refersTo, pointer }: Place): JsonMap {
  const { $ref, ...beside } = schema;
  if (typeof $ref !== 'string' || Object.keys(beside).length === 0) return schema;
  const referred = refersTo($ref);
  const rest = referred.isObject ? withRequiredFields(beside) : beside;
  const hasFields = isMap(rest['properties']) || isMap(rest['patternProperties']);
  if (pointer === '' && !hasFields) return schema;
  const opened = { ...(hasFields && referred.isClosed ? { additionalProperties: false } : {}), ...rest };
  const free = freeBranch(rest);
  if (free !== undefined) return { ...opened, [free]: [{ $ref }] };
  const { allOf } = rest;
  return { ...opened, allOf: [...(Array.isArray(allOf) ? (allOf as unknown[]) : []), { $ref }] };
}

/** The printing tool takes only fields that are listed as required. */
function withRequiredFields(schema: JsonMap): JsonMap {
  const { required, properties } = schema;
  if (!Array.isArray(required) || required.length === 0) return schema;
  const fields = required.map((name): [string, unknown] => [String(name), { tsType: anyValue }]);
  return { ...schema, properties: { ...Object.fromEntries(fields), ...(isMap(properties) ? properties : {}) } };
}

/** A word for a branch that the schema does not have. */
function freeBranch(schema: JsonMap): string | undefined {
  return ['anyOf', 'oneOf'].find((key) => !Object.hasOwn(schema, key));
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
