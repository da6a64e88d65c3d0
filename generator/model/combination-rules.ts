import { enumOf } from './enum.js';
import { asSchema, field, propertiesOf, requiredOf, schemaList, type RawSchema } from './raw-schema.js';
import { shortJson } from './short-json.js';

type Key = 'allOf' | 'anyOf' | 'oneOf' | 'not';

const noNames: ReadonlySet<string> = new Set();

/** A combination in words: a sentence for the common forms, else the schema itself. `always` are fields that every object has. */
export function ruleOf(key: Key, value: unknown, always = noNames): string {
  const said = sentenceOf(key, value, always);
  return said ?? `${key === 'not' ? 'Must not match' : `Must match (${key})`}: \`${shortJson(value, longest)}\`.`;
}

/** A combination of fields that must or must not be there, as a sentence; `undefined` for anything else. */
export function sentenceOf(key: Key, value: unknown, always = noNames): string | undefined {
  if (key === 'not') return absenceOf(value);
  const choice = key === 'allOf' ? undefined : choiceOf(key, value, { always, valueText });
  if (choice === undefined) return undefined;
  const { count, list } = choice;
  return `${count.charAt(0).toUpperCase()}${count.slice(1)} one of ${list} ${count === 'at most' ? 'may' : 'must'} be set.`;
}

/** How many of some fields there are. */
interface Choice {
  readonly count: 'exactly' | 'at least' | 'at most';
  readonly list: string;
}

/** What the branches of a choice are asked with. */
interface Reading {
  /** Fields that every object has. */
  readonly always: ReadonlySet<string>;
  /** What is said of the value of a field; `undefined` if no short words tell it. */
  readonly valueText: (name: string, node: RawSchema) => string | undefined;
}

function choiceOf(key: 'anyOf' | 'oneOf', value: unknown, reading: Reading): Choice | undefined {
  const branches = Array.isArray(value) ? value.map(asSchema).filter((branch) => branch !== undefined) : [];
  const asked = branches.map((branch) => askedTogether(branch, reading));
  const names = asked.filter((name) => name !== undefined);
  const [rest, ...more] = branches.filter((_, i) => asked[i] === undefined);
  if (names.length < 2 || more.length > 0) return undefined;
  const list = listed(names, 'or');
  if (rest === undefined) return { count: key === 'oneOf' ? 'exactly' : 'at least', list };
  return key === 'oneOf' && isNoneOf(names, rest, reading) ? { count: 'at most', list } : undefined;
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

/** The names in `anyOf: [{ required: [a] }, { required: [b] }]`, if that is all it says. */
function noneOf(not: RawSchema, { valueText }: Pick<Reading, 'valueText'>): string[] | undefined {
  const names = schemaList(not, 'anyOf').map((branch) => askedTogether(branch, { always: noNames, valueText }));
  const isAll = names.length > 1 && Object.keys(not).length === 1;
  return isAll && names.every((name) => name !== undefined) ? names : undefined;
}

/** The fields that a branch asks for, if that is all it says: `a`, or `type: A` with `a`. */
function askedTogether(branch: RawSchema, reading: Reading): string | undefined {
  const asked = askedOf(branch, reading);
  return asked && listed(asked, 'with');
}

const askingKeys = new Set(['required', 'properties', 'description', 'title', 'type']);

function askedOf(branch: RawSchema, { always, valueText }: Reading): string[] | undefined {
  const required = requiredOf(branch);
  // A field without a schema is only named, as in the policies of Cilium.
  const valued = new Map(propertiesOf(branch).filter(([, node]) => Object.keys(node).length > 0));
  // A branch that gives a value to a field holds without the field, too, which no short words tell.
  const isThere = [...valued.keys()].every((name) => required.includes(name) || always.has(name));
  const said = [...valued].map(([name, node]) => valueText(name, node)).filter((text) => text !== undefined);
  const isAll = said.length === valued.size && Object.keys(branch).every((key) => askingKeys.has(key));
  const asked = [...said, ...required.filter((name) => !valued.has(name)).map((name) => `\`${name}\``)];
  return isThere && isAll && asked.length > 0 ? asked : undefined;
}

/** A field with the words that it may have or the choice that it holds, if that is all a schema says of it. */
function valueText(name: string, node: RawSchema): string | undefined {
  if (Object.keys(node).length !== 1) return undefined;
  const choice = choiceOf('oneOf', field(node, 'oneOf'), held) ?? choiceOf('anyOf', field(node, 'anyOf'), held);
  return choice === undefined ? wordsText(name, node) : `\`${name}\` (with ${choice.count} one of ${choice.list})`;
}

/** A field with the words that it may have, if that is all a schema says of it. */
function wordsText(name: string, node: RawSchema): string | undefined {
  const members = Object.keys(node).length === 1 ? enumOf(node) : undefined;
  const isPlain = members?.every((member) => typeof member === 'string' && /^[A-Za-z][\w.-]*$/.test(member)) === true;
  return isPlain ? `\`${name}: ${members.join(' | ')}\`` : undefined;
}

const anyObject: Reading = { always: noNames, valueText };
/** A choice that a field holds. No other one is told within it: nobody could read that, and they may be thousands of levels deep. */
const held: Reading = { always: noNames, valueText: wordsText };

function listed(names: readonly string[], word: 'or' | 'and' | 'with'): string {
  if (word === 'with') return names.join(' with ');
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** Whether a branch asks for none of what the others ask for. */
function isNoneOf(names: readonly string[], branch: RawSchema, reading: Reading): boolean {
  const none = noneOf(asSchema(field(branch, 'not')) ?? {}, reading);
  return Object.keys(branch).length === 1 && none !== undefined && new Set([...names, ...none]).size === names.length;
}

const longest = 300;
