import { expect, it } from 'vitest';
import { cpuSeconds } from '../../tests/support/cpu-seconds.js';
import { openWords } from './open-words.js';

const length = 20_000;

/** A row of schemas of which each is the next one and has a title, up to a closed object. */
const row = Object.fromEntries(
  Array.from({ length }, (_, i) => [
    `R${i}`,
    i === length - 1
      ? { type: 'object', additionalProperties: false }
      : { title: `${i}`, $ref: `#/definitions/R${i + 1}` },
  ]),
);

it('knows what is at the end of a row of thousands of references without going there from each', () => {
  let opened: unknown;
  const seconds = cpuSeconds(() => {
    opened = openWords({
      definitions: row,
      properties: { a: { $ref: '#/definitions/R0', properties: { b: { type: 'string' } }, required: ['c'] } },
    });
  });
  expect(opened).toMatchObject({
    properties: {
      a: {
        additionalProperties: false,
        properties: { b: { type: 'string' }, c: { tsType: '({} | null)' } },
        anyOf: [{ $ref: '#/definitions/R0' }],
      },
    },
  });
  expect(seconds).toBeLessThan(10);
});
