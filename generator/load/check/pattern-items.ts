import { isForeignClass } from './foreign-class.js';

/** What was read of a pattern: where it ends, or why RE2 cannot read it. */
type Read<T = unknown> = { readonly end: number; readonly fault?: undefined } & T;
type Fault = { readonly fault: string };

export const unbalanced: Fault = { fault: 'its brackets are not balanced' };
const unknown = (text: string): Fault => ({ fault: `it has ${short(text)}, which RE2 does not know` });
/** How often an item may be repeated, also by several repetitions around each other. */
export const mostRepeats = 1000;

const repetition = /(?:[*+?]|(\{)(\d+)(?:(,)(\d*))?\})\??/y;

interface Repeat {
  readonly least: number;
  /** `undefined`: as often as there is. */
  readonly most: number | undefined;
  /** How often RE2 writes it out, where it `counts`. */
  readonly times: number;
  readonly counts: boolean;
}

/** A repetition, or `undefined` where a brace is a character like any other. */
export function repeatAt(pattern: string, at: number): Read<Repeat> | Fault | undefined {
  const [text, brace, from = '', comma, to = ''] = matchAt(repetition, pattern, at) ?? [];
  if (text === undefined) return undefined;
  const end = at + text.length;
  if (brace === undefined) {
    const most = text.startsWith('?') ? 1 : undefined;
    return { end, least: text.startsWith('+') ? 1 : 0, most, times: 1, counts: false };
  }
  const least = Number(from);
  const most = comma === undefined ? least : to === '' ? undefined : Number(to);
  // A number with a zero before it is none.
  if (/^0\d/.test(from) || /^0\d/.test(to)) return undefined;
  if (least > mostRepeats || (most !== undefined && most > mostRepeats))
    return { fault: `${short(text)} repeats more than ${mostRepeats} times` };
  if (most !== undefined && most < least) return { fault: `${short(text)} asks for more than it allows` };
  return { end, least, most, times: most ?? least, counts: least > 1 || (most ?? 0) > 1 };
}

type Item = Read<{ is: 'item' | 'open' | 'close' | 'bar' | 'nothing' }> | Fault;

export function itemAt(pattern: string, at: number, lastName: number): Item {
  switch (pattern.charAt(at)) {
    case '(':
      return pattern.charAt(at + 1) === '?' ? groupAt(pattern, at) : { end: at + 1, is: 'open' };
    case ')':
      return { end: at + 1, is: 'close' };
    case '|':
      return { end: at + 1, is: 'bar' };
    case '[':
      return asItem(classEnd(pattern, at, lastName));
    case '\\':
      return escapeOutside(pattern, at);
    default:
      return { end: at + charAt(pattern, at).length, is: 'item' };
  }
}

function asItem(read: Read | Fault): Item {
  return read.fault === undefined ? { end: read.end, is: 'item' } : read;
}

/** A whole character, which may be two of JavaScript's. */
function charAt(pattern: string, at: number): string {
  return String.fromCodePoint(pattern.codePointAt(at) ?? 0);
}

const look = /\(\?<?[=!]/y;
const namedGroup = /\(\?P?<\w+>/y;
const flagGroup = /\(\?(?:[imsU]*|[imsU]*-[imsU]+)([:)])/y;
const otherGroup = /\(\?(?:P?<[^>]*>?|.?)/suy;

/** What begins with `(?`: a name, flags, or what only other languages have. */
function groupAt(pattern: string, at: number): Item {
  if (matchAt(look, pattern, at) !== undefined) return { fault: 'it looks ahead or behind, which RE2 cannot' };
  const named = matchAt(namedGroup, pattern, at);
  if (named !== undefined) return { end: at + named[0].length, is: 'open' };
  const flags = matchAt(flagGroup, pattern, at);
  if (flags !== undefined) return { end: at + flags[0].length, is: flags[1] === ':' ? 'open' : 'nothing' };
  return unknown(matchAt(otherGroup, pattern, at)?.[0] ?? '(?');
}

function escapeOutside(pattern: string, at: number): Item {
  const next = pattern.charAt(at + 1);
  if (/[AbBz]/.test(next)) return { end: at + 2, is: 'item' };
  if (next === 'Q') {
    const end = pattern.indexOf('\\E', at + 2);
    const text = pattern.slice(at + 2, end < 0 ? undefined : end);
    return { end: end < 0 ? pattern.length : end + 2, is: text === '' ? 'nothing' : 'item' };
  }
  return asItem(classEscape(pattern, at) ?? escapeAt(pattern, at));
}

const unicodeClass = /\\p(?:[CLMNPSZ]|\{\^?([A-Z][\w -]*)\})/iy;
const otherClass = /\\.(?:\{[^}]*\}?|.?)/suy;

/** `\d`, `\pL`, `\p{Greek}`; `undefined` where it is another escape. */
function classEscape(pattern: string, at: number): Read | Fault | undefined {
  const next = pattern.charAt(at + 1);
  if (/[dswDSW]/.test(next)) return { end: at + 2 };
  if (next !== 'p' && next !== 'P') return undefined;
  const known = matchAt(unicodeClass, pattern, at);
  if (known === undefined || (known[1] !== undefined && isForeignClass(known[1])))
    return unknown(known?.[0] ?? matchAt(otherClass, pattern, at)?.[0] ?? '');
  return { end: at + known[0].length };
}

const octal = /(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/y;
const hex = /x(?:([\da-fA-F]{2})|\{([\da-fA-F]+)\})/y;

/** The escape of one character. */
export function escapeAt(pattern: string, start: number): Read<{ code: number }> | Fault {
  const at = start + 1;
  if (at === pattern.length) return { fault: 'it ends in a backslash' };
  const char = charAt(pattern, at);
  const inOctal = matchAt(octal, pattern, at)?.[0];
  if (inOctal !== undefined) return { end: at + inOctal.length, code: Number.parseInt(inOctal, 8) };
  if (/[1-9]/.test(char)) return { fault: 'it refers back to a group, which RE2 cannot' };
  const inHex = matchAt(hex, pattern, at);
  const code = Number.parseInt(inHex?.[1] ?? inHex?.[2] ?? '', 16);
  if (inHex !== undefined && code <= 0x10ffff) return { end: at + inHex[0].length, code };
  const control = 'a tnvfr'.indexOf(char);
  if (char !== ' ' && control >= 0) return { end: at + 1, code: 7 + control };
  const own = char.codePointAt(0) ?? 0;
  return own < 128 && /[^A-Za-z0-9]/.test(char) ? { end: at + 1, code: own } : unknown(`\\${char}`);
}

const posixClass = /\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/y;

/** What stands in square brackets. */
function classEnd(pattern: string, start: number, lastName: number): Read | Fault {
  let at = start + (pattern.charAt(start + 1) === '^' ? 2 : 1);
  for (let isFirst = true; isFirst || pattern.charAt(at) !== ']'; isFirst = false) {
    if (at >= pattern.length) return unbalanced;
    const group = groupInClass(pattern, at, lastName);
    if (group?.fault !== undefined) return group;
    if (group !== undefined) {
      at = group.end;
      continue;
    }
    const from = charInClass(pattern, at);
    if (from.fault !== undefined) return from;
    const isRange = pattern.charAt(from.end) === '-' && /[^\]]/.test(pattern.charAt(from.end + 1));
    const to = isRange ? charInClass(pattern, from.end + 1) : from;
    if (to.fault !== undefined) return to;
    if (to.code < from.code) return { fault: `its range ${pattern.slice(at, to.end)} is the wrong way round` };
    at = to.end;
  }
  return { end: at + 1 };
}

function groupInClass(pattern: string, at: number, lastName: number): Read | Fault | undefined {
  if (pattern.charAt(at) === '\\') return classEscape(pattern, at);
  // Without an end these are characters like any other.
  if (!pattern.startsWith('[:', at) || lastName < at + 2) return undefined;
  const known = matchAt(posixClass, pattern, at);
  return known === undefined
    ? unknown(pattern.slice(at, pattern.indexOf(':]', at + 2) + 2))
    : { end: at + known[0].length };
}

function charInClass(pattern: string, at: number): Read<{ code: number }> | Fault {
  if (pattern.charAt(at) === '\\') return escapeAt(pattern, at);
  return { end: at + charAt(pattern, at).length, code: pattern.codePointAt(at) ?? 0 };
}

/** What a sticky expression finds right there. */
function matchAt(expression: RegExp, pattern: string, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(pattern) ?? undefined;
}

export function short(text: string): string {
  return text.length > 24 ? `${text.slice(0, 20)}…` : text;
}
