import { asSchema, field, requiredOf, schemaList, type RawSchema } from './raw-schema.js';

type Key = 'allOf' | 'anyOf' | 'oneOf' | 'not';

/** A combination in words: a sentence for the common forms, else the schema itself. */
export function ruleOf(key: Key, value: unknown): string {
  const said = sentenceOf(key, value);
  return said ?? `${key === 'not' ? 'Must not match' : `Must match (${key})`}: ${shortJson(value)}.`;
}

/** A combination of fields that must or must not be there, as a sentence; `undefined` for anything else. */
export function sentenceOf(key: Key, value: unknown): string | undefined {
  if (key === 'not') return absenceOf(value);
  if (key === 'allOf') return undefined;
  const branches = Array.isArray(value) ? value.map(asSchema).filter((branch) => branch !== undefined) : [];
  const names = branches.map(requiredTogether).filter((name) => name !== undefined);
  const [rest, ...more] = branches.filter((branch) => requiredTogether(branch) === undefined);
  if (names.length < 2 || more.length > 0) return undefined;
  const list = listed(names, 'or');
  if (rest === undefined) return `${key === 'oneOf' ? 'Exactly' : 'At least'} one of ${list} must be set.`;
  return key === 'oneOf' && isNoneOf(names, rest) ? `At most one of ${list} may be set.` : undefined;
}

/** What must not be there, as a sentence. */
function absenceOf(value: unknown): string | undefined {
  const not = asSchema(value) ?? {};
  const together = requiredTogether(not);
  const names = requiredOf(not).map((name) => `\`${name}\``);
  if (together !== undefined) {
    return names.length === 1 ? `${together} must not be set.` : `${listed(names, 'and')} must not be set together.`;
  }
  const any = noneOf(not);
  return any === undefined ? undefined : `None of ${listed(any, 'or')} may be set.`;
}

/** The names in `anyOf: [{ required: [a] }, { required: [b] }]`, if that is all it says. */
function noneOf(not: RawSchema): string[] | undefined {
  const names = schemaList(not, 'anyOf').map(requiredTogether);
  const isAll = names.length > 1 && Object.keys(not).length === 1;
  return isAll && names.every((name) => name !== undefined) ? names : undefined;
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

function listed(names: readonly string[], word: 'or' | 'and' | 'with'): string {
  if (word === 'with') return names.join(' with ');
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** Whether a branch asks for none of what the others ask for. */
function isNoneOf(names: readonly string[], branch: RawSchema): boolean {
  const none = noneOf(asSchema(field(branch, 'not')) ?? {});
  return Object.keys(branch).length === 1 && none !== undefined && new Set([...names, ...none]).size === names.length;
}

const longest = 300;

function shortJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > longest ? `\`${json.slice(0, longest)} …\`` : `\`${json}\``;
}
