import { inherited } from '../emit/field.js';
import { isMap, type JsonMap } from '../load/json-value.js';
import { anyValue } from './schema-words.js';

/** Choices of more branches are not printed: nobody could read their type. */
const mostBranches = 16;
/** What a branch may say besides, without asking for more. */
const besides: ReadonlySet<string> = new Set(['required', 'title', 'description']);

/**
 * With branches that only ask for fields in words of which the printing tool makes types, as it makes none of those: what all of `allOf`
 * ask for is required, and a choice (`oneOf: [{ required: [a] }, { required: [b] }]`) is one of objects. `isKept` says of a keyword whether
 * references lead into it.
 */
export function withRequiredChoices(schema: JsonMap, isKept: (key: string) => boolean): JsonMap {
  const all = isKept('allOf') ? schema : withRequiredOfAll(schema);
  if (all['type'] !== 'object') return all;
  const choices = ['oneOf', 'anyOf'].flatMap((key) => {
    const names = isKept(key) ? undefined : fieldsOfBranches(all[key]);
    return names === undefined ? [] : [[key, names.map((own) => branchType(own, key === 'oneOf' ? names : []))]];
  });
  // Of an object that says nothing of its fields the tool prints the choice alone, which is closed.
  return choices.length === 0 ? all : { properties: {}, ...all, ...(Object.fromEntries(choices) as JsonMap) };
}

function withRequiredOfAll(schema: JsonMap): JsonMap {
  const { allOf, ...rest } = schema;
  if (!Array.isArray(allOf)) return schema;
  const asked = allOf.flatMap((branch: unknown) => onlyRequired(branch) ?? []);
  if (asked.length === 0) return schema;
  const left = allOf.filter((branch: unknown) => onlyRequired(branch) === undefined);
  const own: unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  return { ...rest, required: [...new Set([...own, ...asked])], ...(left.length > 0 && { allOf: left }) };
}

/** The fields that each branch of a choice asks for; `undefined` where one says anything else. */
function fieldsOfBranches(branches: unknown): (readonly string[])[] | undefined {
  if (!Array.isArray(branches) || branches.length === 0 || branches.length > mostBranches) return undefined;
  const found = branches.flatMap((branch: unknown) => {
    const names = onlyRequired(branch);
    return names === undefined ? [] : [names];
  });
  return found.length === branches.length ? found : undefined;
}

/** The fields of a branch that asks for nothing but them. */
function onlyRequired(branch: unknown): readonly string[] | undefined {
  if (!isMap(branch) || Object.keys(branch).some((key) => !besides.has(key))) return undefined;
  const { required } = branch;
  const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
  return names.length > 0 ? names : undefined;
}

/** An object with the fields of one branch. `exclusive` are those of all branches of which only one may be met. */
function branchType(own: readonly string[], exclusive: readonly (readonly string[])[]): JsonMap {
  // A branch of two fields does not forbid each of them to the others.
  const others = exclusive.every(({ length }) => length === 1) ? exclusive.flat() : [];
  // What every object inherits is there for TypeScript.
  const refused = others.filter((name) => !own.includes(name) && !inherited.has(name));
  const fields = [
    ...own.map((name) => `${JSON.stringify(name)}: ${anyValue}`),
    ...new Set(refused.map((name) => `${JSON.stringify(name)}?: never`)),
  ];
  return { tsType: `{ ${fields.join('; ')} }` };
}
