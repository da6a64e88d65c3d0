import { describe, expect, it } from 'vitest';
import { sameSchema } from './same-schema.js';

const text = { type: 'string' };

describe('sameSchema', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['the same', { type: 'object', properties: { a: text } }, { properties: { a: { ...text } }, type: 'object' }, true],
    ['another keyword', text, { type: 'string', maxLength: 1 }, false],
    ['another type of a field', { properties: { a: text } }, { properties: { a: { type: 'integer' } } }, false],
    ['another field', { properties: { a: text } }, { properties: { b: text } }, false],
    ['keywords that say nothing', text, { ...text, nullable: false, title: '', enum: [], pattern: null }, true],
    ['no fields at all', { type: 'object' }, { type: 'object', properties: {} }, true],
    ['a keyword that is none', text, { ...text, const: 'a' }, true],
    ['a bound of zero', text, { ...text, maxLength: 0 }, false],
    ['a default of nothing', text, { ...text, default: {} }, false],
    ['another branch', { anyOf: [{ maxLength: 1 }] }, { anyOf: [{ maxLength: 2 }] }, false],
    ['a branch with what says nothing', { anyOf: [{ maxLength: 1 }] }, { anyOf: [{ maxLength: 1, id: '' }] }, true],
    ['more branches', { anyOf: [{}] }, { anyOf: [{}, {}] }, false],
    ['other items', { items: text }, { items: { type: 'integer' } }, false],
    ['other map values', { additionalProperties: text }, { additionalProperties: true }, false],
    ['the order of members', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, false],
    ['none and one', undefined, text, false],
    ['none twice', undefined, undefined, true],
  ])('F37: %s', (_title, a, b, same) => {
    expect(sameSchema(a, b)).toBe(same);
    expect(sameSchema(b, a)).toBe(same);
  });

  it('F38: takes any depth', () => {
    const deep = (): object => {
      let node: object = text;
      for (let i = 0; i < 100_000; i++) node = { type: 'array', items: node };
      return node;
    };
    expect(sameSchema(deep(), deep())).toBe(true);
  });
});
