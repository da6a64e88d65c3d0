import { and, andEach, exactlyOne, falsehood, type Formula, literal, not, or, truth } from './formula.js';
import { narrow } from './narrow.js';
import { asSchema, field, propertiesOf, requiredOf, schemaList, type RawSchema } from './raw-schema.js';
import type { TypeNode } from './resource.js';

/** What the branches of an object node have to know about its fields. */
export interface Fields {
  readonly typeOf: ReadonlyMap<string, TypeNode>;
  /** Fields that every object has: required ones, and those that the server fills in before it validates. */
  readonly always: ReadonlySet<string>;
  /** What the server fills in, whichever version it is asked in, for fields that every read has for it. */
  readonly filledIn: ReadonlyMap<string, readonly unknown[]>;
  /** Fields that only one version fills in, this one or the stored one: a read may lack what this one fills in, or show more (V10). */
  readonly filledInByOne: ReadonlyMap<string, 'this' | 'stored'>;
  /** Type of fields without a schema; `undefined` where the server keeps none. */
  readonly index: TypeNode | undefined;
}

/** Keys of a branch that restrict nothing. */
const silentKeys = new Set(['description', 'title', 'type', 'example', 'externalDocs', 'default', 'nullable']);
const deepestBranch = 8;

/** The condition that a branch puts on which fields are there. */
export function formulaOf(branch: RawSchema, at: { readonly fields: Fields; readonly depth: number }): Formula {
  if (at.depth > deepestBranch) return truth(false);
  const inner = { fields: at.fields, depth: at.depth + 1 };
  let result = truth(true);
  for (const key of Object.keys(branch)) {
    if (silentKeys.has(key)) continue;
    result = and(result, formulaOfKey(key, branch, inner));
  }
  return result;
}

function formulaOfKey(
  key: string,
  branch: RawSchema,
  at: { readonly fields: Fields; readonly depth: number },
): Formula {
  const branches = (): Formula[] => schemaList(branch, key).map((inner) => formulaOf(inner, at));
  switch (key) {
    case 'required':
      return andEach(requiredOf(branch).map((name) => presence(name, at.fields)));
    case 'properties':
      return andEach(propertiesOf(branch).map(([name, node]) => narrowing(name, node, at.fields)));
    case 'allOf':
      return branches().reduce(and, truth(true));
    case 'anyOf':
      return branches().length === 0 ? truth(true) : or(branches());
    case 'oneOf':
      return branches().length === 0 ? truth(true) : exactlyOne(branches());
    case 'not':
      return not(formulaOf(asSchema(field(branch, key)) ?? {}, at));
    default:
      return truth(false);
  }
}

function presence(name: string, fields: Fields): Formula {
  if (fields.filledInByOne.has(name)) return truth(false);
  if (fields.always.has(name)) return truth(true);
  if (!fields.typeOf.has(name) && fields.index === undefined) return falsehood;
  return literal(name, { there: true, type: undefined }, true);
}

function narrowing(name: string, branch: RawSchema, fields: Fields): Formula {
  if (Object.keys(branch).length === 0) return truth(true);
  const declared = fields.typeOf.get(name);
  // What the server drops is never there to be judged.
  if (declared === undefined && fields.index === undefined) return truth(true);
  // Beside an index of another type than `unknown` a field that may be left out does not compile.
  const base = declared ?? (fields.index?.t === 'unknown' ? fields.index : undefined);
  const type = base && narrow(base, branch);
  if (type === undefined || fields.filledInByOne.get(name) === 'stored') return truth(false);
  // Left out, the field gets a value that this branch does not take: so it must be there.
  const isWritten =
    type.t === 'literals' && fields.filledIn.get(name)?.every((value) => !isOneOf(type, value)) === true;
  return literal(name, { there: isWritten ? true : undefined, type }, false);
}

function isOneOf({ values }: { readonly values: readonly unknown[] }, value: unknown): boolean {
  return values.includes(value);
}
