import { asSchema, field, requiredOf, type RawSchema } from './raw-schema.js';

type Key = 'allOf' | 'anyOf' | 'oneOf' | 'not';

/** A combination in words: a sentence for the common forms, else the schema itself. */
export function ruleOf(key: Key, value: unknown): string {
  const said = sentenceOf(key, value);
  return said ?? `${key === 'not' ? 'Must not match' : `Must match (${key})`}: ${shortJson(value)}.`;
}

/** A combination of fields that must or must not be there, as a sentence; `undefined` for anything else. */
export function sentenceOf(key: Key, value: unknown): string | undefined {
  if (key !== 'anyOf' && key !== 'oneOf') return undefined;
  const branches = Array.isArray(value) ? value.map(asSchema).filter((branch) => branch !== undefined) : [];
  const names = branches.map(requiredTogether).filter((name) => name !== undefined);
  const [rest, ...more] = branches.filter((branch) => requiredTogether(branch) === undefined);
  if (names.length < 2 || more.length > 0) return undefined;
  const list = listed(names, 'or');
  if (rest === undefined) return `${key === 'oneOf' ? 'Exactly' : 'At least'} one of ${list} must be set.`;
  return key === 'oneOf' && isNoneOf(rest) ? `At most one of ${list} may be set.` : undefined;
}

/** The fields that a branch asks for, if that is all it says: `a`, or `a` with `b`. */
function requiredTogether(branch: RawSchema): string | undefined {
  const required = requiredOf(branch);
  const isAll = Object.keys(branch).every((key) => ['required', 'description', 'title', 'type'].includes(key));
  return isAll && required.length > 0
    ? listed(
        required.map((name) => `\`${name}\``),
        'with',
      )
    : undefined;
}

function listed(names: readonly string[], word: 'or' | 'with'): string {
  if (word === 'with') return names.join(' with ');
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

function isNoneOf(branch: RawSchema): boolean {
  return Object.keys(branch).length === 1 && field(branch, 'not') !== undefined;
}

const longest = 300;

function shortJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > longest ? `\`${json.slice(0, longest)} …\`` : `\`${json}\``;
}
