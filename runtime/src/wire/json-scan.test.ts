import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skipValue } from './json-scan.js';
import { endOfBytes, WireError } from './wire-error.js';

const utf8 = new TextEncoder();

/** Whether the text, nothing before and after it but white space, is one value. */
function passes(text: string): boolean {
  const bytes = utf8.encode(text);
  const start = bytes.findIndex((byte) => ![32, 9, 10, 13].includes(byte));
  try {
    const end = skipValue(bytes, Math.max(0, start), bytes.length);
    return bytes.subarray(end).every((byte) => [32, 9, 10, 13].includes(byte));
  } catch (error) {
    if (error instanceof WireError && error.t === 'decode') return false;
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('skipValue', () => {
  it.each(
    [
      ['0', '-0', '10', '1.5', '-1.5e10', '1E+2', '1e-2', '0.0', '0e0'],
      ['01', '-', '+1', '1.', '.5', '1e', '1e+', '0x1', 'NaN', 'Infinity', '--1', '1.2.3', '00'],
      ['true', 'false', 'null', 'tru', 'truee', 'True', 'nul', 'undefined'],
      [
        '""',
        '"a"',
        '"\\""',
        '"\\\\"',
        '"\\u00e9"',
        '"\\uD800"',
        '"\\u00e"',
        '"\\x"',
        '"\t"',
        '"\u007f"',
        '"',
        '"\\',
        '"\\u',
      ],
      [
        '[]',
        '[ ]',
        '[1]',
        '[1,2]',
        '[1,]',
        '[,]',
        '[1 2]',
        '[1,,2]',
        '[',
        ']',
        '[}',
        '[1}',
        '[[]]',
        '[[]',
        '[:]',
        '["a":1]',
      ],
      [
        '{}',
        '{ }',
        '{"a":1}',
        '{"a":1,"b":[{}]}',
        '{"a"}',
        '{"a":}',
        '{"a":1,}',
        '{,}',
        '{a:1}',
        '{1:1}',
        '{"a" 1}',
        '{"a"::1}',
      ],
      [
        '{"a":1]',
        '{"a":[}',
        '{"a":{"b":1}',
        '{"a":1}}',
        '{"a":1 "b":2}',
        '{"a":1,"b"}',
        '{"a","b":1}',
        '{[]:1}',
        '{"a":"b":1}',
      ],
      ['1 2', '{} {}', ':', ',', '\u00a0', '"é\u2028😀"', '/**/1', "'a'"],
    ].flat(),
  )('judges %s as JSON.parse does', (text) => {
    expect(passes(text)).toBe(parses(text));
  });

  it('judges any text near JSON as JSON.parse does', () => {
    const near = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '\\', ',', ':', '{', '}', '[', ']', ' ', '1', 'e', '-', '\n', 'u'),
        fc.nat(2),
      )
      .map(([text, at, patch, drop]) => {
        const i = at % (text.length + 1);
        return text.slice(0, i) + patch + text.slice(i + drop);
      });
    fc.assert(
      fc.property(near, (text) => {
        expect(passes(text)).toBe(parses(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('says that the bytes end wherever a value is cut off, whatever stands behind them in the buffer', () => {
    const text = '{"a":[1,-2.5e3,true,null,"b\\"\\u00e9\\\\"],"c":{"d":false}}';
    const bytes = utf8.encode(`${text}${text}`);
    for (let end = 1; end < text.length; end += 1) {
      expect(() => skipValue(bytes, 0, end), `cut at ${end}`).toThrow(endOfBytes);
    }
    expect(skipValue(bytes, 0, bytes.length)).toBe(text.length);
  });
});
