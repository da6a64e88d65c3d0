import { type Fields, formulaOf } from './branch-formula.js';
import { schemaText, sentenceOf } from './combination-rules.js';
import { choiceOfCount } from './counted-fields.js';
import { and, type Formula, isTautology, type Literal, simplify, type Term } from './formula.js';
import { possiblePart } from './possible-part.js';
import { type CombinationKey, combinationKeys, field, schemaList, type RawSchema } from './raw-schema.js';
import type { Choice, Condition } from './resource.js';
import { neverNode } from './type-node.js';

/** What `allOf`, `anyOf` and `oneOf` of an object come to (F21, F22). */
export interface Combinations {
  /** Conditions that hold for every object. */
  readonly always: readonly Condition[];
  readonly choices: readonly Choice[];
  /** In words: what the type cannot say. */
  readonly rules: readonly string[];
  /** Combinations that no object can meet, in words. */
  readonly impossible: readonly string[];
}

const none: Combinations = { always: [], choices: [], rules: [], impossible: [] };

/** More alternatives than this, over all choices of one object, are told in words. */
const mostAlternatives = 16;

interface Group {
  /** In words; `undefined` where every object meets it, as it has none of the fields. */
  readonly rule: string | undefined;
  /** Whether that is a sentence, and no schema. */
  readonly isSentence: boolean;
  terms: readonly Term[];
  readonly exact: boolean;
}

/** Reads the combinations of an object node; everything in them narrows declared fields only (V7). */
export function combine(node: RawSchema, fieldsOf: () => Fields): Combinations {
  // Most objects have none.
  if (!combinationKeys.some((key) => Object.hasOwn(node, key)) && choiceOfCount(node) === undefined) return none;
  const fields = fieldsOf();
  const groups = [...groupsOf(node, fields), ...countedGroup(node, fields)];
  const not = field(node, 'not');
  // What an object says that it is not is told in words.
  const opposite = not === undefined ? [] : [groupOf('not', not, { fields })];
  const rules = rulesOf(opposite);
  const impossible = rulesOf([...groups, ...opposite].filter(({ terms }) => terms.length === 0));
  if (groups.length === 0) return { ...none, rules, impossible };
  const open = groups.filter(({ terms }) => terms.length > 0);
  const always = promote(open);
  const choices: (readonly Term[])[] = [];
  let alternatives = 1;
  for (const group of open) {
    // A single term was promoted, which leaves an empty one; others say "`a`, or not `a`".
    const isTrivial = group.terms.length <= mostAlternatives && isTautology(group.terms);
    const isChoice = !isTrivial && alternatives * group.terms.length <= mostAlternatives;
    if (isChoice) {
      alternatives *= group.terms.length;
      choices.push(group.terms);
    }
    const isSaid = isChoice || isTrivial;
    // A union says which fields may meet, but takes some reading: a sentence is quicker, and hovers show it.
    if (!group.exact || !isSaid || (isChoice && group.isSentence)) rules.push(...rulesOf([group]));
  }
  return {
    always: conditionsOf(always, fields),
    choices: joined(choices, fields).map((terms) => ({
      alternatives: terms.map((term) => conditionsOf(term, fields)),
    })),
    rules,
    impossible,
  };
}

/**
 * Choices of which one may ask for a field of unknown type, and the other forbid it or give it a type, become one choice. To the compiler
 * `unknown` and a field that may be left out meet in a type with `undefined` in it, and such an object would not be assignable to its own
 * type.
 */
function joined(choices: readonly (readonly Term[])[], fields: Fields): (readonly Term[])[] {
  // Where no object meets them all, none is right whatever the type says: the later choice says nothing.
  return choices.reduce<(readonly Term[])[]>((all, choice) => withChoice(all, choice, fields) ?? all, []);
}

/** The choices with one more, joined with those that it clashes with; `undefined` where nothing meets it and them. */
function withChoice(
  choices: readonly (readonly Term[])[],
  terms: readonly Term[],
  fields: Fields,
): (readonly Term[])[] | undefined {
  const other = choices.find((one) => clash(terms, one, fields));
  if (other === undefined) return [...choices, terms];
  const both = and({ terms, exact: true }, { terms: other, exact: true }).terms;
  if (both.length === 0) return undefined;
  return withChoice(
    choices.filter((one) => one !== other),
    both,
    fields,
  );
}

function clash(a: readonly Term[], b: readonly Term[], fields: Fields): boolean {
  const names = new Set([...a, ...b].flatMap((term) => [...term.keys()]));
  return [...names].some((name) => {
    if ((fields.typeOf.get(name) ?? fields.index)?.t !== 'unknown') return false;
    const asks = (terms: readonly Term[]): boolean => terms.some((term) => isAsked(term.get(name)));
    const limits = (terms: readonly Term[]): boolean => terms.some((term) => isLimited(term.get(name)));
    return (asks(a) && limits(b)) || (limits(a) && asks(b));
  });
}

function isAsked(said: Literal | undefined): boolean {
  return said?.there === true && said.type === undefined;
}

function isLimited(said: Literal | undefined): boolean {
  return said !== undefined && said.there !== true && (said.there === false || said.type !== undefined);
}

function rulesOf(groups: readonly Group[]): string[] {
  return groups.map(({ rule }) => rule).filter((rule) => rule !== undefined);
}

/** One group for each combination that stands on its own: `anyOf`, `oneOf`, and every branch of `allOf`. */
function groupsOf(node: RawSchema, fields: Fields): Group[] {
  const groups: Group[] = [];
  // From the last to the first, without a call for each level: there may be thousands.
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next !== node) {
      const formula = formulaOf(withoutCombinations(next), { fields, depth: 1 });
      groups.push(groupOf('allOf', [next], { fields, formula }));
    }
    for (const key of ['oneOf', 'anyOf'] as const)
      if (schemaList(next, key).length > 0) groups.push(groupOf(key, field(next, key), { fields }));
    for (const branch of schemaList(next, 'allOf')) open.push(branch);
  }
  return groups.reverse();
}

/** What the number of fields says of an object that has only those that its schema names; a branch names some of them only. */
function countedGroup(node: RawSchema, fields: Fields): Group[] {
  const counted = fields.index === undefined ? choiceOfCount(node) : undefined;
  return counted === undefined ? [] : [groupOf(counted.key, counted.value, { fields })];
}

function groupOf(
  key: CombinationKey,
  value: unknown,
  {
    fields,
    formula: { terms, exact } = formulaOf({ [key]: value }, { fields, depth: 1 }),
  }: { readonly fields: Fields; readonly formula?: Formula },
): Group {
  // What all alternatives ask for is no part of the choice.
  const shared = terms.length > 1 ? saidByAll(terms) : undefined;
  const always = { has: (name: string) => fields.always.has(name) || shared?.get(name)?.there === true };
  const canBe = (name: string): boolean => fields.typeOf.has(name) || fields.index !== undefined;
  // What no object can meet is told with all names.
  const part = terms.length === 0 ? undefined : possiblePart({ [key]: value }, canBe);
  const said = part === undefined ? value : field(part, key);
  if (said === undefined) return { rule: undefined, isSentence: false, terms, exact };
  const sentence = sentenceOf(key, said, always);
  return { rule: sentence ?? schemaText(key, value), isSentence: sentence !== undefined, terms, exact };
}

function withoutCombinations(branch: RawSchema): RawSchema {
  return Object.fromEntries(Object.entries(branch).filter(([key]) => !['allOf', 'anyOf', 'oneOf'].includes(key)));
}

/** Takes out of the groups what leaves no choice, as all alternatives say it, until nothing more follows from it. */
function promote(groups: readonly Group[]): Term {
  const always = new Map<string, Literal>();
  const speaking = placesByField(groups);
  let open = groups;
  while (open.length > 0) {
    const decided = new Set<string>();
    for (const group of open) {
      const said = saidByAll(group.terms);
      if (said.size === 0) continue;
      // What contradicts the others is no reason to refuse what the server may still hold.
      if ([...said].some(([name, { there }]) => isOpposite(there, always.get(name)?.there))) group.terms = [new Map()];
      for (const [name, value] of said) {
        const known = always.get(name);
        if (known?.there === undefined && value.there !== undefined) decided.add(name);
        always.set(name, { there: known?.there ?? value.there, type: known?.type ?? value.type });
      }
      group.terms = group.terms.map((term) => new Map([...term].filter(([name]) => !said.has(name))));
    }
    const touched = new Set([...decided].flatMap((name) => speaking.get(name) ?? []));
    open = [...touched].sort((a, b) => a - b).flatMap((place) => groups[place] ?? []);
    for (const group of open) group.terms = given(group.terms, always);
  }
  return always;
}

/** The places of the groups that speak of a field, by its name. */
function placesByField(groups: readonly Group[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { terms }] of groups.entries()) {
    for (const name of new Set(terms.flatMap((term) => [...term.keys()]))) {
      const known = places.get(name);
      if (known === undefined) places.set(name, [place]);
      else known.push(place);
    }
  }
  return places;
}

/** What every alternative says, word for word. */
function saidByAll([first, ...more]: readonly Term[]): Term {
  if (first === undefined || more.length === 0) return first ?? new Map();
  const isShared = ([name, value]: readonly [string, Literal]): boolean =>
    value.type === undefined && more.every((term) => isSame(value, term.get(name)));
  return new Map([...first].filter(isShared));
}

function isOpposite(there: boolean | undefined, known: boolean | undefined): boolean {
  return there !== undefined && known !== undefined && there !== known;
}

function isSame(value: Literal, other: Literal | undefined): boolean {
  return other !== undefined && other.type === undefined && other.there === value.there;
}

/** The terms that are left when `always` holds anyway. */
function given(terms: readonly Term[], always: Term): Term[] {
  const left = terms.flatMap((term) => {
    const rest = new Map(term);
    for (const [name, value] of term) {
      const known = always.get(name);
      if (known?.there === undefined || value.there === undefined) continue;
      if (known.there !== value.there) return [];
      if (value.type === undefined) rest.delete(name);
    }
    return [rest];
  });
  // Nothing left: the groups contradict each other, which is no reason to refuse what the server may still hold.
  return left.length === 0 ? [new Map()] : simplify(left);
}

function conditionsOf(term: Term, fields: Fields): Condition[] {
  const order = new Map([...fields.typeOf.keys()].map((name, i) => [name, i]));
  const sorted = [...term].sort(([a], [b]) => (order.get(a) ?? -1) - (order.get(b) ?? -1));
  return sorted.map(([name, { there, type }]) => {
    if (there === false) return { name, is: 'absent', type: neverNode };
    const base = fields.typeOf.get(name) ?? fields.index ?? neverNode;
    return { name, is: there === true ? 'present' : 'narrowed', type: type ?? base };
  });
}
