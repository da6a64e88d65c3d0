import { describe, expect, it } from 'vitest';
import { judgeCases } from '../../tests/support/judge-cases.js';
import { object, preserve, requires, text } from '../../tests/support/schema-words.js';
import { declarationOf, printSmall } from '../../tests/support/small-crd.js';

const intOrString = { 'x-kubernetes-int-or-string': true };
const boolean = { type: 'boolean' };

describe('enums, types and branches that meet', () => {
  judgeCases({
    'V3, V4 an int-or-string has the members of its enum that are whole numbers or texts, whatever type stands beside':
      {
        crd: {
          spec: object({
            a: { ...intOrString, enum: ['auto', 1, 1.5, true, { x: 1 }] },
            b: { ...intOrString, type: 'string', enum: ['auto', 1] },
            c: { ...intOrString, oneOf: [{ enum: ['auto', true] }, { enum: [80] }] },
          }),
        },
        accept: ["{ a: 'auto', b: 1, c: 'auto' }", "{ a: 1, b: 'auto', c: 80 }"],
        reject: ["{ a: 'other' }", '{ a: 1.5 }', '{ a: true }', '{ b: 2 }', '{ c: true }'],
      },
    'V3 no member is left of an enum whose members are all of another type, lists and objects among them': {
      crd: {
        spec: object({
          map: { type: 'object', additionalProperties: text, enum: [['y'], 'z'] },
          list: { type: 'array', items: text, enum: [{ b: 1 }] },
        }),
      },
      accept: ['{}'],
      reject: ['{ map: {} }', "{ map: { a: 'x' } }", '{ list: [] }', "{ list: ['x'] }"],
    },
    'F15, F24 a branch has an enum for a boolean, or leaves a member out, also where the value may be null': {
      crd: {
        spec: object({
          on: { ...boolean, allOf: [{ enum: [true] }] },
          maybe: { ...boolean, nullable: true, allOf: [{ not: { enum: [false] } }] },
        }),
      },
      accept: ['{ on: true, maybe: true }', '{ maybe: null }'],
      reject: ['{ on: false }', '{ maybe: false }'],
    },
    'F22 a branch that leaves a member out of a field leaves it its null': {
      crd: {
        spec: object(
          { on: { ...boolean, nullable: true }, a: text },
          { anyOf: [{ properties: { on: { not: { enum: [false] } } }, ...requires('on') }, requires('a')] },
        ),
      },
      accept: ['{ on: true }', '{ on: null }', "{ on: false, a: 'x' }"],
      reject: ['{ on: false }', '{}'],
    },
    'F22, F37 a type in a branch narrows an int-or-string, a value of any type, and nothing else': {
      crd: {
        spec: object(
          { port: intOrString, any: preserve, flag: boolean, a: text },
          {
            anyOf: [
              { properties: { port: { type: 'integer' }, flag: { type: 'boolean' } }, ...requires('port') },
              { properties: { port: { type: 'string' }, any: { type: 'string' } }, ...requires('port', 'any', 'a') },
            ],
          },
        ),
      },
      accept: ['{ port: 1 }', "{ port: 'x', any: 'y', a: 'z' }", '{ port: 1, flag: true, any: 2 }'],
      reject: ["{ port: 'x' }", "{ port: 'x', any: 1, a: 'z' }", '{}'],
    },
    'F22 a branch that narrows one field and only names another does not tell what its opposite is': {
      crd: {
        spec: object(
          { a: text, b: text },
          { oneOf: [{ properties: { a: { enum: ['x'] }, b: {} }, ...requires('a') }, requires('b')] },
        ),
      },
      accept: ["{ a: 'x' }", "{ b: 'y' }", "{ a: 'y', b: 'z' }"],
      reject: ['{}', "{ a: 'y' }"],
    },
    'F22, F25 what all branches ask for is there, also without a schema where fields without one are kept': {
      crd: {
        spec: object({
          open: object({ a: text }, { ...preserve, allOf: [requires('ghost')] }),
          map: { type: 'object', additionalProperties: { type: 'integer' }, allOf: [requires('ghost')] },
        }),
      },
      accept: ['{ open: { ghost: 1 }, map: { ghost: 1, other: 2 } }'],
      reject: ["{ open: { a: 'x' } }", '{ map: { other: 2 } }', "{ map: { ghost: 'x' } }"],
    },
    'F13, V14 the kind of an embedded object may be left out where the server fills it in': {
      crd: {
        spec: object({
          one: {
            type: 'object',
            'x-kubernetes-embedded-resource': true,
            properties: { kind: { type: 'string', default: 'Pod' } },
          },
        }),
      },
      accept: ["{ one: { apiVersion: 'v1' } }", "{ one: { apiVersion: 'v1', kind: 'Job', metadata: { name: 'a' } } }"],
      reject: ["{ one: { kind: 'Pod' } }"],
      compiles: ['const kind: string | undefined = foo.spec?.one?.kind; void kind;'],
    },
    'F8, F24 without a type the items make a list, and branches of many types their union': {
      crd: {
        spec: object({
          list: { items: text },
          mixed: { anyOf: [{ type: 'string' }, { type: 'integer', enum: [1, 2] }] },
          word: { properties: { a: text }, enum: ['x'] },
        }),
      },
      accept: ["{ list: ['a'], mixed: 'x' }", '{ mixed: 1 }', "{ word: 'x' }"],
      reject: ['{ list: [1] }', "{ list: 'a' }", '{ mixed: true }', '{ word: {} }'],
    },
  });

  it('F15 tells the whole members of an enum in words, and what two branches take is no news', () => {
    const { text: module } = printSmall({
      spec: object({
        map: { type: 'object', additionalProperties: text, enum: [{ a: 'x' }, ['y'], 'z'] },
        list: { type: 'array', items: text, enum: [['a'], { b: 1 }] },
        either: { ...text, anyOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] },
      }),
    });
    expect(declarationOf(module, 'FooSpec')).toBe(
      [
        'export interface FooSpec {',
        '  /** Must be one of: `[{"a":"x"},["y"],"z"]`. */',
        '  readonly map?: { readonly [key: string]: string };',
        '  /** Must be one of: `[["a"],{"b":1}]`. */',
        '  readonly list?: readonly string[];',
        "  readonly either?: 'a' | 'b' | 'c';",
        '}',
      ].join('\n'),
    );
  });

  it('V3 warns of members that no value can be, as they are of another type', () => {
    const { messages } = printSmall({
      spec: object({
        power: { ...text, nullable: true, enum: ['auto', true, false, null] },
        size: { type: 'integer', enum: [1, '2', 1.5, 'x'.repeat(100)] },
        port: { ...intOrString, type: 'string', enum: ['auto', 80] },
        many: { ...text, enum: [1, 2, 3, 4, 5, 6, 7] },
        free: { ...preserve, enum: [true, 1, 'x'] },
      }),
    });
    expect(messages.map((message) => message.replace(/^.*properties\./, ''))).toEqual([
      'power: has members in its enum that are not of its type: true, false. In YAML, texts such as on, no and 1.0 stand in quotes.',
      `size: has members in its enum that are not of its type: "2", 1.5, "${'x'.repeat(59)} ….`,
      'many: has members in its enum that are not of its type: 1, 2, 3, 4, 5 and 2 more. In YAML, texts such as on, no and 1.0 stand in quotes.',
    ]);
  });

  it('F20, F21 the rules of a value and those of its combinations are all told', () => {
    const rule = { rule: "self != 'x'", message: 'No x.' };
    const { text: module } = printSmall({
      spec: object({ a: { ...text, not: { pattern: '^y' }, 'x-kubernetes-validations': [rule] } }),
    });
    expect(module).toContain('   * - No x: `self != \'x\'`.\n   * - Must not match: `{"pattern":"^y"}`.\n');
  });
});
