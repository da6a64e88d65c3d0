import { describe, expect, it } from 'vitest';
import { shortJson } from './short-json.js';

describe('the start of the JSON of a value', () => {
  it.each([
    [null],
    [-0],
    [Number.NaN],
    ['a "b" \\ \u2028 \ud800 😀'],
    [[]],
    [{}],
    [[1, 'a', [true, {}], { a: { 'b"': [] } }]],
    [JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}')],
  ])('is all of it where it is short: %j', (value) => {
    expect(shortJson(value, 100)).toBe(JSON.stringify(value));
  });

  it.each([
    [Number('9223372036854775807'), '9.223372036854776e+18'],
    [[-(2 ** 53)], '[-9.007199254740992e+15]'],
    [2 ** 53 - 1, '9007199254740991'],
    [1e300, '1e+300'],
  ])('shows of %d only the digits that are known', (value, json) => {
    expect(shortJson(value, 100)).toBe(json);
    expect(JSON.parse(json)).toEqual(value);
  });

  it.each([
    [[1, 2, { abc: 'defghijk' }, 3]],
    [{ abc: { def: ['ghi', 'jkl'] } }],
    ['a long text'],
    [{ 'a long name': 1 }],
  ])('is cut anywhere else: %j', (value) => {
    const json = JSON.stringify(value);
    for (let longest = 1; longest < json.length; longest += 1)
      expect(shortJson(value, longest)).toBe(`${json.slice(0, longest)} …`);
    expect(shortJson(value, json.length)).toBe(json);
  });

  it('is found however deep a value is, and in one that holds itself', () => {
    const deep = Array.from({ length: 20_000 }).reduce<unknown>((value) => [value], 1);
    expect(shortJson(deep, 5)).toBe('[[[[[ …');
    const own: Record<string, unknown> = {};
    own['a'] = own;
    expect(shortJson(own, 10)).toBe('{"a":{"a": …');
  });
});
