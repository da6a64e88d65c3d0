import { anyObject, askedOf, choiceOf, listed, type Names, noneOf, saysNothing } from './choice-words.js';
import { asSchema, type CombinationKey, type RawSchema, schemasIn } from './raw-schema.js';
import { dependenceOf, exclusionOf } from './refusal-words.js';
import { shortJson } from './short-json.js';

const noNames: Names = new Set();

/** A combination in words: a sentence for the common forms, else the schema itself. */
export function ruleOf(key: CombinationKey, value: unknown): string {
  return sentenceOf(key, value) ?? schemaText(key, value);
}

/** A combination as its schema. */
export function schemaText(key: CombinationKey, value: unknown): string {
  return `${key === 'not' ? 'Must not match' : `Must match (${key})`}: \`${shortJson(value, longest)}\`.`;
}

/**
 * A combination of fields that must or must not be there, as a sentence; `undefined` for anything else. `always` are fields that every
 * object has.
 */
export function sentenceOf(key: CombinationKey, value: unknown, always = noNames): string | undefined {
  if (key === 'not') return absenceOf(value);
  const branches = schemasIn(value);
  if (key === 'allOf') return absenceIn(branches);
  return choiceSentence(key, value, always) ?? exclusionOf(branches, always) ?? dependenceOf(key, branches);
}

function choiceSentence(key: 'anyOf' | 'oneOf', value: unknown, always: Names): string | undefined {
  const choice = choiceOf(key, value, { ...anyObject, always });
  if (choice === undefined) return undefined;
  const { count, list } = choice;
  return `${count.charAt(0).toUpperCase()}${count.slice(1)} one of ${list} ${count === 'at most' ? 'may' : 'must'} be set.`;
}

/** What a single branch of `allOf` says that must not be there, if that is all it says. */
function absenceIn([only, ...others]: readonly RawSchema[]): string | undefined {
  if (only === undefined || others.length > 0) return undefined;
  const { not, ...rest } = only;
  return not !== undefined && saysNothing(rest) ? absenceOf(not) : undefined;
}

/** What must not be there, as a sentence. */
function absenceOf(value: unknown): string | undefined {
  const not = asSchema(value) ?? {};
  const together = askedOf(not, anyObject);
  if (together !== undefined) {
    const [only, ...others] = together;
    return others.length === 0 ? `${only} must not be set.` : `${listed(together, 'and')} must not be set together.`;
  }
  const any = noneOf(not, anyObject);
  return any === undefined ? undefined : `None of ${listed(any, 'or')} may be set.`;
}

const longest = 300;
