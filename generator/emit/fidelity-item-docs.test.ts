import { describe, expect, it } from 'vitest';
import { show } from '../../tests/support/fidelity-example.js';
import { object } from '../../tests/support/schema-words.js';
import { commentAbove, printSmall } from '../../tests/support/small-crd.js';

describe('what a schema says of the items of a list or the values of a map', () => {
  it.for<[string, object, string]>([
    [
      'F20 rules of items without a type of their own stand above the list',
      {
        type: 'array',
        minItems: 1,
        items: {
          type: 'string',
          maxLength: 43,
          'x-kubernetes-validations': [{ rule: 'isCIDR(self)', message: 'must be a <CIDR>' }],
        },
      },
      '  /**\n   * Each item: must be a \\<CIDR>: `isCIDR(self)`.\n   *\n   * @minItems 1\n   * @items maxLength 43\n   */\n',
    ],
    [
      'F20 rules of a list, of the lists in it and of the items of these',
      {
        type: 'array',
        'x-kubernetes-validations': [{ rule: 'size(self) > 1' }],
        items: {
          type: 'array',
          'x-kubernetes-validations': [{ rule: 'size(self) > 2' }],
          items: { 'x-kubernetes-int-or-string': true, 'x-kubernetes-validations': [{ rule: 'self != 3' }] },
        },
      },
      '  /**\n   * - Must hold: `size(self) > 1`.\n   * - Each item: Must hold: `size(self) > 2`.\n   * - Each item: Must hold: `self != 3`.\n   */\n',
    ],
    [
      'F20 rules of the values of a map, which are no objects',
      {
        type: 'object',
        additionalProperties: { type: 'string', 'x-kubernetes-validations': [{ rule: "self != 'a'" }] },
      },
      "  /** Each value: Must hold: `self != 'a'`. */\n",
    ],
    [
      'F30 a list without a description has that of its items',
      { type: 'array', maxItems: 3, items: { type: 'string', description: 'One name.' } },
      '  /**\n   * One name.\n   *\n   * @maxItems 3\n   */\n',
    ],
    [
      'F30 a list has its own description, and is not deprecated where its items are',
      { type: 'array', description: 'Names.', items: { type: 'string', description: 'One name.\n\nDeprecated: no.' } },
      '  /** Names. */\n',
    ],
  ])('%s', ([, schema, want], context) => {
    const printed = commentAbove({ ...schema });
    expect(printed).toBe(want);
    show(context, { given: { x: schema }, printed: `${want.replace(/^ {2}/gm, '')}readonly x?: …;` });
  });

  it('F20 what is said of objects in a list stands above their type, and not above the list', () => {
    const items = object(
      { a: { type: 'string' } },
      { description: 'One.', nullable: true, 'x-kubernetes-validations': [{ rule: 'has(self.a)' }] },
    );
    const rule = { 'x-kubernetes-validations': [{ rule: 'size(self) > 0' }] };
    const { text } = printSmall({
      spec: object({ list: { type: 'array', items: { type: 'array', items, ...rule } } }),
    });
    expect(text).toContain('/**\n * One.\n *\n * Must hold: `has(self.a)`.\n */\nexport interface FooSpecList {');
    expect(text).toContain('  /** Each item: Must hold: `size(self) > 0`. */\n  readonly list?: ');
  });
});
