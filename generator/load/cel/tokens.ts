import { quote } from '../json-value.js';
import { CelError } from './expression.js';

/** A token of CEL. Operators, brackets and the words `true`, `false`, `null` and `in` are their own kind: `mark`. */
export interface Token {
  readonly t: 'mark' | 'name' | 'quoted-name' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'end';
  readonly text: string;
  readonly at: number;
}

const space = /(?:[\t\f\r\n ]|\/\/[^\n]*)+/y;
const word = /[A-Za-z_]\w*/y;
const quotedName = /`[\w./ -]+`/y;
const mark = /==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%]/y;
const words: ReadonlySet<string> = new Set(['true', 'false', 'null', 'in']);
const numbers = [
  ['double', /\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?/y],
  ['uint', /(?:0x[\dA-Fa-f]+|\d+)[uU]/y],
  ['int', /0x[\dA-Fa-f]+|\d+/y],
] as const;

const escape = String.raw`\\(?:[abfnrtv"'\\?${'`'}]|[0-3][0-7][0-7]|[xX][\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8})`;
/** Texts by how they begin; `r` is for raw ones. */
const texts: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ['"', [new RegExp(`"""(?:${escape}|[^\\\\])*?"""`, 'y'), new RegExp(`"(?:${escape}|[^\\\\"\\n\\r])*"`, 'y')]],
  ["'", [new RegExp(`'''(?:${escape}|[^\\\\])*?'''`, 'y'), new RegExp(`'(?:${escape}|[^\\\\'\\n\\r])*'`, 'y')]],
  ['r"', [/."""[^]*?"""/y, /."[^"\n\r]*"/y]],
  ["r'", [/.'''[^]*?'''/y, /.'[^'\n\r]*'/y]],
]);

/**
 * The tokens of a text, the last of them `end`. Throws a CelError where there is none.
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = match(space, text, 0).length;
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.text.length;
    at += match(space, text, at).length;
  }
  tokens.push({ t: 'end', text: '', at: text.length });
  return tokens;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function tokenAt(text: string, at: number): Token {
  if (isDigit(text, at) || (text[at] === '.' && isDigit(text, at + 1))) return numberAt(text, at);
  const string = textAt(text, at);
  if (string !== '') return { t: 'string', text: string, at };
  if (text[at] === 'b' || text[at] === 'B') {
    const bytes = textAt(text, at + 1);
    if (bytes !== '') return { t: 'bytes', text: `${text[at]}${bytes}`, at };
  }
  const name = match(word, text, at);
  if (name !== '') return { t: words.has(name) ? 'mark' : 'name', text: name, at };
  const sign = match(mark, text, at);
  if (sign !== '') return { t: 'mark', text: sign, at };
  const escaped = match(quotedName, text, at);
  if (escaped !== '') return { t: 'quoted-name', text: escaped, at };
  throw new CelError(at, ...whyNoToken(text, at));
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function numberAt(text: string, at: number): Token {
  let best: Token = { t: 'int', text: '', at };
  for (const [t, pattern] of numbers) {
    const found = match(pattern, text, at);
    if (found.length > best.text.length) best = { t, text: found, at };
  }
  return best;
}

function textAt(text: string, at: number): string {
  const first = text[at] ?? '';
  const begin = first === 'r' || first === 'R' ? `r${text[at + 1]}` : first;
  let best = '';
  for (const pattern of texts.get(begin) ?? []) {
    const found = match(pattern, text, at);
    if (found.length > best.length) best = found;
  }
  return best;
}

const marksOfOthers: ReadonlyMap<string, string> = new Map([
  ['&', 'CEL writes "and" as &&.'],
  ['|', 'CEL writes "or" as ||.'],
  ['=', 'CEL compares with ==.'],
  ['`', 'In backticks stands a name of letters, digits, spaces and . - / _.'],
]);

function whyNoToken(text: string, at: number): [message: string, hint?: string] {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (char !== '"' && char !== "'") {
    const hint = marksOfOthers.get(char);
    return hint === undefined ? [`${quote(char)} is no part of CEL`] : [`${quote(char)} is no operator of CEL`, hint];
  }
  const line = /^[^\n]*/.exec(text.slice(at, at + 1000))?.[0] ?? '';
  const wrong = new RegExp(String.raw`^.(?:${escape}|[^\\])*?(\\.?)(?!${escape})`).exec(line)?.[1];
  const isEscape = wrong !== undefined && !new RegExp(`^${escape}`).test(line.slice(line.indexOf(wrong)));
  return isEscape && wrong.length === 2
    ? [`${wrong} means nothing in a text`, `Write a backslash twice, or a raw text: r${char}…${char}.`]
    : ['a text is not closed'];
}
