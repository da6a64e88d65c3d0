import { enumOf } from './enum.js';
import { asSchema, field, propertiesOf, requiredOf, schemaList, schemasIn, type RawSchema } from './raw-schema.js';

/** Names that may be many: only asked for one by one. */
export type Names = Pick<ReadonlySet<string>, 'has'>;

const noNames: Names = new Set();

/** How many of some fields there are. */
export interface Choice {
  readonly count: 'exactly' | 'at least' | 'at most';
  readonly list: string;
}

/** What the branches of a choice are asked with. */
export interface Reading {
  /** Fields that every object has. */
  readonly always: Names;
  /** What is said of the value of a field; `undefined` if no short words tell it. */
  readonly valueText: (name: string, node: RawSchema) => string | undefined;
}

/** The choice that branches say; `undefined` where they say anything else. */
export function choiceOf(key: 'anyOf' | 'oneOf', value: unknown, reading: Reading): Choice | undefined {
  const branches = schemasIn(value);
  const asked = branches.map((branch) => askedTogether(branch, reading));
  const names = asked.filter((name) => name !== undefined);
  const [rest, ...more] = branches.filter((_, i) => asked[i] === undefined);
  if (names.length < 2 || new Set(names).size < names.length || more.length > 0) return undefined;
  const list = listed(names, 'or');
  if (rest === undefined) return { count: key === 'oneOf' ? 'exactly' : 'at least', list };
  return key === 'oneOf' && isNoneOf(names, rest, reading) ? { count: 'at most', list } : undefined;
}

/** The names in `anyOf: [{ required: [a] }, { required: [b] }]`, if that is all it says. */
export function noneOf(not: RawSchema, { valueText }: Pick<Reading, 'valueText'>): string[] | undefined {
  const names = schemaList(not, 'anyOf').map((branch) => askedTogether(branch, { always: noNames, valueText }));
  const isAll = names.length > 1 && Object.keys(not).length === 1;
  return isAll && names.every((name) => name !== undefined) ? names : undefined;
}

/** The fields that a branch asks for, if that is all it says: `a`, or `type: A` with `a`. */
function askedTogether(branch: RawSchema, reading: Reading): string | undefined {
  const asked = askedOf(branch, reading);
  return asked && listed(asked, 'with');
}

const silentKeys: ReadonlySet<string> = new Set(['description', 'title', 'type']);

/** Whether a branch asks for nothing. */
export function saysNothing(branch: RawSchema): boolean {
  return Object.keys(branch).every((key) => silentKeys.has(key));
}

/** Whether a name can be read between the marks of code in a sentence. */
function isWord(name: string): boolean {
  return /^[^`\p{C}\p{Z}]+$/u.test(name);
}

function isAsking(key: string): boolean {
  return key === 'required' || key === 'properties' || silentKeys.has(key);
}

/** The fields that a branch asks for, each by itself, if that is all it says. */
export function askedOf(branch: RawSchema, { always, valueText }: Reading): string[] | undefined {
  const required = new Set(requiredOf(branch));
  // A field without a schema is only named, as in the policies of Cilium.
  const valued = new Map(propertiesOf(branch).filter(([, node]) => Object.keys(node).length > 0));
  // A branch that gives a value to a field holds without the field, too, which no short words tell.
  const isThere = [...valued.keys()].every((name) => required.has(name) || always.has(name));
  const said = [...valued].map(([name, node]) => valueText(name, node)).filter((text) => text !== undefined);
  const isAll =
    said.length === valued.size && Object.keys(branch).every(isAsking) && [...required, ...valued.keys()].every(isWord);
  const names = [...required].filter((name) => !valued.has(name));
  const more = names.filter((name) => !always.has(name));
  // A branch that asks for nothing else names even those that every object has.
  const asked = [...said, ...(more.length + said.length > 0 ? more : names).map((name) => `\`${name}\``)];
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
  if (members === undefined || members.length === 0) return undefined;
  const isPlain = members.every((member) => typeof member === 'string' && /^[A-Za-z][\w.-]*$/.test(member));
  return isPlain ? `\`${name}: ${members.join(' | ')}\`` : undefined;
}

/** Any object is asked, whatever fields it has. */
export const anyObject: Reading = { always: noNames, valueText };
/** A choice that a field holds. No other one is told within it: nobody could read that, and they may be thousands of levels deep. */
const held: Reading = { always: noNames, valueText: wordsText };

/** Names in a row. */
export function listed(names: readonly string[], word: 'or' | 'and' | 'with'): string {
  if (word === 'with' || names.length < 2) return names.join(' with ');
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** Whether a branch asks for none of what the others ask for. */
function isNoneOf(names: readonly string[], branch: RawSchema, reading: Reading): boolean {
  const none = noneOf(asSchema(field(branch, 'not')) ?? {}, reading);
  if (Object.keys(branch).length > 1 || none?.length !== names.length) return false;
  return new Set([...names, ...none]).size === names.length;
}
