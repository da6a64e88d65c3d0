import { describe, expect, it } from 'vitest';
import { defaultFault } from './default-value.js';

describe('defaultFault', () => {
  it.each<[string, unknown, Record<string, unknown>, string | undefined]>([
    ['a right default', 'a', { type: 'string' }, undefined],
    ['another type', 1, { type: 'string' }, 'a number (1) is not of type string'],
    ['a fraction for an integer', 1.5, { type: 'integer' }, 'a number (1.5) is not of type integer'],
    ['1.0 for an integer', 1.0, { type: 'integer' }, undefined],
    ['int-or-string beside a type', 'auto', { type: 'integer', 'x-kubernetes-int-or-string': true }, undefined],
    ['a value outside the enum', 'c', { type: 'string', enum: ['a', 'b'] }, 'text "c" is not in the enum'],
    ['an empty enum, which restricts nothing', 'c', { type: 'string', enum: [] }, undefined],
    ['a pattern', 'A', { type: 'string', pattern: '^[a-z]$' }, 'text "A" does not match the pattern "^[a-z]$"'],
    ['characters, not UTF-16 units', '😀😀', { type: 'string', maxLength: 2 }, undefined],
    ['too long', 'abc', { type: 'string', maxLength: 2 }, 'its length 3 is over maxLength 2'],
    ['too small', 0, { type: 'integer', minimum: 1 }, '0 is under minimum 1'],
    ['null in a list', [null], { type: 'array', items: { type: 'string' } }, '[0]: null is not nullable'],
    ['null in a field', { a: null }, { type: 'object', properties: { a: { type: 'string' } } }, undefined],
    [
      'a missing field',
      {},
      { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
      '"a" is required',
    ],
    [
      'a missing field that has a default itself',
      {},
      { type: 'object', required: ['a'], properties: { a: { type: 'string', default: 'x' } } },
      undefined,
    ],
    [
      'a deep fault',
      { list: [{ a: 1 }] },
      {
        type: 'object',
        properties: { list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } } },
      },
      'list[0].a: a number (1) is not of type string',
    ],
    [
      'a map value',
      { x: 1 },
      { type: 'object', additionalProperties: { type: 'string' } },
      'x: a number (1) is not of type string',
    ],
  ])('V19: %s', (_title, value, schema, fault) => {
    expect(defaultFault(value, schema)).toBe(fault);
  });
});
