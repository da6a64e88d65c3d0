import { CelError, type Literal } from './expression.js';
import type { Token } from './tokens.js';

const most = { int: 2n ** 63n, uint: 2n ** 64n };

/** The literal that a token is. Throws a CelError for numbers and characters that cannot be. */
export function literalOf(token: Token, isNegative = false): Literal {
  const { at, text } = token;
  switch (token.t) {
    case 'int':
    case 'uint': {
      const value = BigInt(token.t === 'int' ? text : text.slice(0, -1));
      const isTooLarge = value > most[token.t] || (value === most[token.t] && !isNegative);
      if (isTooLarge) throw new CelError(at, `${text} is too large for ${token.t === 'int' ? 'an int' : 'a uint'}`);
      return { t: 'literal', type: token.t, size: 1, value: isNegative ? -value : value, at, depth: 0 };
    }
    case 'double': {
      const value = Number(text);
      if (!Number.isFinite(value)) throw new CelError(at, `${text} is too large for a double`);
      return { t: 'literal', type: 'double', size: 1, value: isNegative ? -value : value, at, depth: 0 };
    }
    case 'string': {
      const value = stringOf(token, text);
      return { t: 'literal', type: 'string', text: value, size: Array.from(value).length, at, depth: 0 };
    }
    case 'bytes':
      return { t: 'literal', type: 'bytes', size: bytesIn(token), at, depth: 0 };
    default:
      return { t: 'literal', type: text === 'null' ? 'null_type' : 'bool', size: 1, at, depth: 0 };
  }
}

function insideOf(text: string): { inside: string; isRaw: boolean } {
  const isRaw = /^[rR]/.test(text);
  const quoted = isRaw ? text.slice(1) : text;
  const quotes = quoted.length >= 6 && /^(?:"""|''')/.test(quoted) ? 3 : 1;
  return { inside: quoted.slice(quotes, -quotes).replaceAll(/\r\n?/g, '\n'), isRaw };
}

const simple: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

function stringOf({ at }: Token, text: string): string {
  const { inside, isRaw } = insideOf(text);
  if (isRaw) return inside;
  return inside.replaceAll(
    /\\(?:[xX]([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([0-3][0-7]{2})|([^]))/g,
    (whole, x?: string, u?: string, long?: string, octal?: string, char = '') => {
      const hex = x ?? u ?? long;
      if (hex === undefined && octal === undefined) return simple.get(char) ?? char;
      const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
        throw new CelError(at, `${whole} is no character of Unicode`);
      }
      return String.fromCodePoint(code);
    },
  );
}

/** How many bytes they are. */
function bytesIn({ at, text }: Token): number {
  const { inside, isRaw } = insideOf(text.slice(1));
  if (isRaw) return Buffer.byteLength(inside);
  const unicode = /^(?:[^\\]|\\[^uU])*?(\\[uU])/.exec(inside)?.[1];
  if (unicode !== undefined) throw new CelError(at, `${unicode} cannot stand in bytes`, 'Write \\x and two digits.');
  return Buffer.byteLength(inside.replaceAll(/\\(?:[xX][\dA-Fa-f]{2}|[0-3][0-7]{2}|[^])/g, '.'));
}
