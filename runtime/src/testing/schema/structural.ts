import { isObject, objectOr, ownValue, stringOr, stringsOf } from '../state/json.js';
import { readPattern } from './pattern.js';

/**
 * A structural schema, ready for use. Keys of `properties` are data and may be called anything.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export interface Structural {
  readonly type: string | undefined;
  readonly nullable: boolean;
  readonly intOrString: boolean;
  readonly preserveUnknown: boolean;
  readonly embedded: boolean;
  readonly properties: ReadonlyMap<string, Structural>;
  /** `true`: any value; a schema: values of it; `undefined`: none but `properties`. */
  readonly additional: Structural | true | undefined;
  readonly items: Structural | undefined;
  readonly hasDefault: boolean;
  readonly default: unknown;
  readonly listType: string | undefined;
  readonly listMapKeys: readonly string[];
  readonly rules: Rules;
}

/** What a schema asks of a value beyond its shape. Branches of `anyOf` and the like consist of rules alone. */
export interface Rules {
  readonly required: readonly string[];
  readonly enum: readonly unknown[] | undefined;
  readonly format: string | undefined;
  readonly pattern: RegExp | undefined;
  readonly patternText: string;
  readonly minimum: number | undefined;
  readonly exclusiveMinimum: boolean;
  readonly maximum: number | undefined;
  readonly exclusiveMaximum: boolean;
  readonly multipleOf: number | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly minProperties: number | undefined;
  readonly maxProperties: number | undefined;
  readonly allOf: readonly Structural[];
  readonly anyOf: readonly Structural[];
  readonly oneOf: readonly Structural[];
  readonly not: Structural | undefined;
}

/** Reads `openAPIV3Schema`. What is no schema at all counts as one that says nothing. */
export function readStructural(raw: unknown): Structural {
  const schema = objectOr(raw);
  const get = (key: string): unknown => ownValue(schema, key);
  const fallback = get('default');
  const type = stringOr(get('type'));
  return {
    // An empty type is none.
    type: type === '' ? undefined : type,
    nullable: get('nullable') === true,
    intOrString: get('x-kubernetes-int-or-string') === true,
    preserveUnknown: get('x-kubernetes-preserve-unknown-fields') === true,
    embedded: get('x-kubernetes-embedded-resource') === true,
    properties: new Map(
      Object.entries(objectOr(get('properties'))).map(([key, value]) => [key, readStructural(value)]),
    ),
    additional: readAdditional(get('additionalProperties')),
    items: isObject(get('items')) ? readStructural(get('items')) : undefined,
    // `default: null` is no default.
    hasDefault: fallback !== undefined && fallback !== null,
    default: fallback,
    listType: stringOr(get('x-kubernetes-list-type')),
    listMapKeys: stringsOf(get('x-kubernetes-list-map-keys')),
    rules: readRules(get),
  };
}

function readAdditional(raw: unknown): Structural | true | undefined {
  if (raw === true) return true;
  return isObject(raw) ? readStructural(raw) : undefined;
}

function readRules(get: (key: string) => unknown): Rules {
  const number = (key: string): number | undefined => {
    const value = get(key);
    return typeof value === 'number' ? value : undefined;
  };
  const branches = (key: string): Structural[] => {
    const value = get(key);
    return Array.isArray(value) ? value.map((branch) => readStructural(branch)) : [];
  };
  const members = get('enum');
  const pattern = stringOr(get('pattern'));
  return {
    required: stringsOf(get('required')),
    enum: Array.isArray(members) && members.length > 0 ? members : undefined,
    format: stringOr(get('format')),
    pattern: pattern === undefined ? undefined : readPattern(pattern),
    patternText: pattern ?? '',
    minimum: number('minimum'),
    exclusiveMinimum: get('exclusiveMinimum') === true,
    maximum: number('maximum'),
    exclusiveMaximum: get('exclusiveMaximum') === true,
    multipleOf: number('multipleOf'),
    minLength: number('minLength'),
    maxLength: number('maxLength'),
    minItems: number('minItems'),
    maxItems: number('maxItems'),
    minProperties: number('minProperties'),
    maxProperties: number('maxProperties'),
    allOf: branches('allOf'),
    anyOf: branches('anyOf'),
    oneOf: branches('oneOf'),
    not: isObject(get('not')) ? readStructural(get('not')) : undefined,
  };
}
