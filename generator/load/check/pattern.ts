import { patternFault } from './pattern-fault.js';
import { escapeAt, itemAt, repeatAt } from './pattern-items.js';

/** What a pattern is made of. The `size` is how many states it comes to when its repetitions are written out. */
type Part = { readonly size: number } & (
  | { readonly is: 'char'; readonly test: (char: string) => boolean }
  | { readonly is: 'place'; readonly holds: Holds }
  | { readonly is: 'all' | 'any'; readonly parts: readonly Part[] }
  | { readonly is: 'repeat'; readonly of: Part; readonly least: number; readonly most: number | undefined }
);
/** Whether it holds between two characters; there is none before the first and after the last. */
type Holds = (before: string | undefined, after: string | undefined) => boolean;

/** Deeper groups are nobody's, and would cost the stack. */
const deepestGroup = 100;

/** More states times characters are not looked at; so many take a tenth of a second. */
const mostSteps = 500_000;

/** Whether `matches` knows the answer for every text of that length. */
export function isJudged(pattern: string, length: number): boolean {
  const part = partOf(pattern);
  return part !== undefined && isSmall(part, length);
}

/**
 * Whether a text has the pattern in it; `undefined` where that is not known. As RE2 does, this looks at each character once, in all states
 * at a time: to the expressions of JavaScript, which go back and forth, a short pattern can be hours of work.
 */
export function matches(pattern: string, text: string): boolean | undefined {
  const part = partOf(pattern);
  if (part === undefined || !isSmall(part, text.length)) return undefined;
  const end: State = { to: [] };
  const start = statesOf(part, end);
  const chars = Array.from(text);
  let reached = new Set<State>();
  for (let i = 0; i <= chars.length; i++) {
    const [before, after] = [chars[i - 1], chars[i]];
    const next = new Set<State>();
    // A match may begin anywhere. A set tells of what is added while one walks through it.
    for (const state of reached.add(start)) {
      if (state === end) return true;
      if (state.holds?.(before, after) === false) continue;
      if (state.test === undefined) for (const one of state.to) reached.add(one);
      else if (after !== undefined && state.test(after)) for (const one of state.to) next.add(one);
    }
    reached = next;
  }
  return false;
}

function isSmall(part: Part, length: number): boolean {
  return part.size * (length + 1) <= mostSteps;
}

interface State {
  /** What the next character must be; without it the state costs no character. */
  readonly test?: (char: string) => boolean;
  readonly holds?: Holds;
  readonly to: State[];
}

/** The state in which the part begins, when it goes on to `next`. */
function statesOf(part: Part, next: State): State {
  switch (part.is) {
    case 'char':
      return { test: part.test, to: [next] };
    case 'place':
      return { holds: part.holds, to: [next] };
    case 'all':
      return part.parts.reduceRight((after, one) => statesOf(one, after), next);
    case 'any':
      return { to: part.parts.map((one) => statesOf(one, next)) };
    case 'repeat':
      return repeated(part.of, part.least, part.most, next);
  }
}

function repeated(of: Part, least: number, most: number | undefined, next: State): State {
  let start = next;
  if (most === undefined) {
    start = { to: [next] };
    start.to.push(statesOf(of, start));
  }
  for (let i = least; i < (most ?? 0); i++) start = { to: [next, statesOf(of, start)] };
  for (let i = 0; i < least; i++) start = statesOf(of, start);
  return start;
}

/** An open group: its branches up to the last, and what there is of that one. */
interface Group {
  readonly branches: Part[];
  parts: Part[];
}

/** A pattern in its parts, or `undefined` where RE2 cannot read it, or knows more of it than is known here: flags, classes of Unicode. */
function partOf(pattern: string): Part | undefined {
  if (patternFault(pattern) !== undefined) return undefined;
  const lastName = pattern.lastIndexOf(':]');
  const groups: Group[] = [{ branches: [], parts: [] }];
  for (let at = 0; at < pattern.length;) {
    const group = groups.at(-1);
    const repeat = repeatAt(pattern, at);
    const item = repeat ?? itemAt(pattern, at, lastName);
    if (group === undefined || item.fault !== undefined || groups.length > deepestGroup) return undefined;
    const text = pattern.slice(at, item.end);
    at = item.end;
    if ('least' in item) group.parts.push(repeatOf(group.parts.pop() ?? all([]), item.least, item.most));
    else if (item.is === 'bar') {
      group.branches.push(all(group.parts));
      group.parts = [];
    } else if (item.is === 'close') {
      groups.pop();
      groups.at(-1)?.parts.push(anyOf(group));
    } else if (item.is === 'open' && !/^\(\?[^:P<]/.test(text)) groups.push({ branches: [], parts: [] });
    else {
      const part = item.is === 'item' ? itemOf(text) : undefined;
      if (part === undefined) return undefined;
      group.parts.push(part);
    }
  }
  const [whole] = groups;
  return whole && anyOf(whole);
}

function all(parts: readonly Part[]): Part {
  return { is: 'all', parts, size: sizeOf(parts) };
}

function anyOf({ branches, parts }: Group): Part {
  const last = all(parts);
  return branches.length === 0
    ? last
    : { is: 'any', parts: [...branches, last], size: sizeOf(branches) + last.size + branches.length };
}

const sizeOf = (parts: readonly Part[]): number => parts.reduce((size, one) => size + one.size, 1);

function repeatOf(of: Part, least: number, most: number | undefined): Part {
  return { is: 'repeat', of, least, most, size: 1 + (of.size + 1) * (most ?? least + 1) };
}

const isWord = (char: string | undefined): boolean => char !== undefined && /\w/.test(char);
const isStart: Holds = (before) => before === undefined;
const isEnd: Holds = (_before, after) => after === undefined;

const places: ReadonlyMap<string, Holds> = new Map([
  ['^', isStart],
  [String.raw`\A`, isStart],
  ['$', isEnd],
  [String.raw`\z`, isEnd],
  [String.raw`\b`, (before, after): boolean => isWord(before) !== isWord(after)],
  [String.raw`\B`, (before, after): boolean => isWord(before) === isWord(after)],
]);

/** One place, one character or one class of them. */
function itemOf(text: string): Part | undefined {
  const holds = places.get(text);
  if (holds !== undefined) return { is: 'place', holds, size: 1 };
  const test = testOf(text);
  return test && { is: 'char', test, size: 1 };
}

function testOf(text: string): ((char: string) => boolean) | undefined {
  if (/^(?:\.|\[|\\[dswDSW]$)/.test(text)) {
    const expression = asRegExp(text);
    return expression && ((char): boolean => expression.test(char));
  }
  if (!text.startsWith('\\')) return (char) => char === text;
  const escape = /^\\[pPQ]/.test(text) ? undefined : escapeAt(text, 0);
  if (escape === undefined || escape.fault !== undefined) return undefined;
  const own = String.fromCodePoint(escape.code);
  return (char) => char === own;
}

/** To RE2 these are all spaces that there are, and a dot is anything but a line end; to JavaScript there are more of both. */
const characters: ReadonlyMap<string, string> = new Map([
  ['\\s', '\\t\\n\\f\\r '],
  ['\\S', '\\0-\\x08\\v\\x0e-\\x1f!-\\u{10ffff}'],
  ['.', '\\0-\\x09\\v-\\u{10ffff}'],
]);

/** A dot or a class as an expression, or `undefined` where JavaScript reads it in another way than RE2, or not at all. */
function asRegExp(text: string): RegExp | undefined {
  if (/^\[\^?\]|\[:|\\[pP]/.test(text)) return undefined;
  try {
    return new RegExp(`^${asInRe2(text)}$`, 'u');
  } catch {
    // RE2 allows what the `u` flag forbids (`[\_]`); without an expression nothing is claimed about the pattern.
    return undefined;
  }
}

function asInRe2(text: string): string {
  if (!text.startsWith('[')) return characters.has(text) ? `[${characters.get(text)}]` : text;
  // The `u` flag forbids a range from here, or to here.
  if (/[^[^]-\\[sS]|\\[sS]-[^\]]/.test(text)) return text;
  return text.replaceAll(/\\[^]/g, (escape) => characters.get(escape) ?? escape);
}
