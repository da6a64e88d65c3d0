import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { defaultFault } from './default-value.js';
import { placeBelow, rootPlace } from './schema-place.js';

const embedded = {
  type: 'object',
  'x-kubernetes-embedded-resource': true,
  'x-kubernetes-preserve-unknown-fields': true,
};
const openWithBranch = {
  type: 'object',
  additionalProperties: { type: 'integer' },
  anyOf: [{ properties: { a: { minimum: 2 } } }],
};
const openLists = {
  type: 'array',
  'x-kubernetes-preserve-unknown-fields': true,
  items: { type: 'array', items: { type: 'object', properties: { a: { type: 'object' } } } },
};

function faultOf(value: unknown, schema: Record<string, unknown>): string | undefined {
  return defaultFault(placeBelow(rootPlace({}), { ...schema, default: value }, ['properties', 'a']));
}

describe('defaultFault', () => {
  it.each<[string, unknown, Record<string, unknown>, string | undefined]>([
    ['a right default', 'a', { type: 'string' }, undefined],
    ['another type', 1, { type: 'string' }, 'a number (1) is not of type string'],
    ['a fraction for an integer', 1.5, { type: 'integer' }, 'a number (1.5) is not of type integer'],
    ['1.0 for an integer', 1.0, { type: 'integer' }, undefined],
    [
      'int-or-string beside a type, which counts',
      'auto',
      { type: 'integer', 'x-kubernetes-int-or-string': true },
      'text "auto" is not of type integer',
    ],
    ['a value outside the enum', 'c', { type: 'string', enum: ['a', 'b'] }, 'text "c" is not in the enum'],
    [
      'a word without quotes',
      true,
      { type: 'string', enum: ['on', 'off'] },
      'a boolean (true) is not in the enum. If y, yes or on is meant, write it in quotes: without them YAML reads true',
    ],
    [
      'another word without quotes',
      false,
      { type: 'string' },
      'a boolean (false) is not of type string. If n, no or off is meant, write it in quotes: without them YAML reads false',
    ],
    ['a boolean outside an enum of texts', true, { enum: ['on'] }, 'a boolean (true) is not in the enum'],
    ['an empty enum, which restricts nothing', 'c', { type: 'string', enum: [] }, undefined],
    ['a pattern', 'A', { type: 'string', pattern: '^[a-z]$' }, 'text "A" does not match the pattern "^[a-z]$"'],
    ['characters, not UTF-16 units', '😀😀', { type: 'string', maxLength: 2 }, undefined],
    ['too long', 'abc', { type: 'string', maxLength: 2 }, 'its length 3 is over maxLength 2'],
    ['too small', 0, { type: 'integer', minimum: 1 }, '0 is under minimum 1'],
    ['null in a list', [null], { type: 'array', items: { type: 'string' } }, '[0]: null is not nullable'],
    [
      'null in a field',
      { a: null },
      { type: 'object', properties: { a: { type: 'string' } } },
      'a: null is not nullable',
    ],
    [
      'null in a field that has a default',
      { a: null },
      { type: 'object', properties: { a: { type: 'string', default: 'x' } } },
      'a: null is not nullable',
    ],
    [
      'a pattern that JavaScript would try for ever',
      `${'a'.repeat(30)}!`,
      { type: 'string', pattern: '^(a+)+$' },
      `text "${'a'.repeat(30)}!" does not match the pattern "^(a+)+$"`,
    ],
    [
      'such a pattern in a branch',
      `${'a'.repeat(60)}!`,
      { type: 'string', anyOf: [{ pattern: '^(a+)+$' }] },
      'it meets none of anyOf',
    ],
    [
      'an integer compared with a fraction',
      1,
      { type: 'integer', maximum: 1.5 },
      'an integer cannot be compared with maximum 1.5',
    ],
    ['an integer that meets a bound with its fraction cut off', 0, { type: 'number', minimum: 0.5 }, undefined],
    ['an integer beyond 64 bits', 1e20, { type: 'integer' }, 'a number (100000000000000000000) is not of type integer'],
    [
      'an integer of 64 bits and a sign',
      1e19,
      { type: 'integer' },
      'a number (10000000000000000000) is not of type integer',
    ],
    ['the greatest integer of 64 bits, as it is read', Number('9223372036854775807'), { type: 'integer' }, undefined],
    ['the least integer of 64 bits', -(2 ** 63), { type: 'integer' }, undefined],
    ['a number beyond 32 bits', 2 ** 40, { type: 'number', format: 'int32' }, undefined],
    [
      'a multiple of a fraction',
      1,
      { type: 'number', multipleOf: 0.5 },
      '1 cannot be compared with a multipleOf under 1',
    ],
    ['a fraction that an enum has as an integer', 1.5, { type: 'number', enum: [1] }, undefined],
    [
      'a list for a text with a format, of which the type is not asked',
      ['x'],
      { type: 'string', format: 'date' },
      undefined,
    ],
    ['a text for a flag with a format', 'x', { type: 'boolean', format: 'any' }, undefined],
    ['a text for a number with a format', 'x', { type: 'integer', format: 'int32' }, 'text "x" is not of type integer'],
    ['an object in such a list', [{ a: 1 }], { type: 'string', format: 'date' }, '[0]: "a" is unknown'],
    [
      'an object in an object of any fields',
      { a: { b: 1 } },
      { type: 'object', additionalProperties: true },
      'a: "b" is unknown',
    ],
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
      '"a" is required',
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
    ['an unknown field', { b: 1 }, { type: 'object', properties: { a: { type: 'string' } } }, '"b" is unknown'],
    ['a field that is kept', { b: 1 }, { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, undefined],
    ['a field that a list of lists keeps', [[{ b: 1 }]], openLists, undefined],
    ['a field further down in a list of lists', [[{ a: { b: 1 } }]], openLists, '[0][0].a: "b" is unknown'],
    ['a resource without a kind', { apiVersion: 'v1' }, embedded, 'a resource needs kind'],
    [
      'metadata, of which more is known',
      { apiVersion: 'v1', kind: 'A', metadata: { labels: {} } },
      embedded,
      undefined,
    ],
    [
      'two of a oneOf',
      'abc',
      { type: 'string', oneOf: [{ minLength: 1 }, { maxLength: 5 }] },
      'it meets 2 of oneOf, not one',
    ],
    ['none of an anyOf', 'abc', { type: 'string', anyOf: [{ enum: ['x'] }] }, 'it meets none of anyOf'],
    ['one of an allOf', 'abc', { type: 'string', allOf: [{ enum: ['x'] }, {}] }, 'it does not meet all of allOf'],
    ['what must not be', 'abc', { type: 'string', not: { minLength: 2 } }, 'it meets what stands in not'],
    ['a branch that is not judged', 'abc', { type: 'string', anyOf: [{ format: 'uuid' }] }, undefined],
    ['a branch about a field', { a: 1, b: 2 }, openWithBranch, 'it meets none of anyOf'],
    ['no multiple', 3, { type: 'integer', multipleOf: 2 }, '3 is no multiple of 2'],
    [
      'a bound that is itself excluded',
      3,
      { type: 'integer', minimum: 3, exclusiveMinimum: true },
      '3 is not over minimum 3',
    ],
    ['too few fields', {}, { type: 'object', minProperties: 1 }, 'its number of fields 0 is under minProperties 1'],
    ['a date', '2020-1-1', { type: 'string', format: 'date' }, 'text "2020-1-1" is no date'],
    ['more than an int32', 3_000_000_000, { type: 'integer', format: 'int32' }, '3000000000 is no int32'],
    [
      'a map value',
      { x: 1 },
      { type: 'object', additionalProperties: { type: 'string' } },
      'x: a number (1) is not of type string',
    ],
  ])('V19: %s', (_title, value, schema, fault) => {
    expect(faultOf(value, schema)).toBe(fault);
  });

  it.each([
    ['byte', `${'a'.repeat(40_000_000)}!`],
    ['mac', `${'00:'.repeat(10_000_000)}zz`],
    ['duration', '1'.repeat(40_000_000)],
  ])('F38: a %s without end is read in bounded time and memory', (format, text) => {
    const fault = faultOf(text, { type: 'string', format, maxLength: 5 });
    expect(fault).toMatch(/is no (?:byte|mac)$|^its length 40000000 is over maxLength 5$/);
  });
});

it('F38: judges a duration of very many parts at once', () => {
  const duration = `${'1000s'.repeat(190)}µ`;
  const seconds = cpuSeconds(() => expect(faultOf(duration, { type: 'string', format: 'duration' })).toBeUndefined());
  expect(seconds).toBeLessThan(1);
});
