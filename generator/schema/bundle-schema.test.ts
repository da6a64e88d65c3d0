import { describe, expect, it } from 'vitest';
import { makeSchemas, schemaWord as $schema } from '../../tests/support/json-schemas.js';
import { bundleSchema } from './bundle-schema.js';
import { References } from './references.js';

describe('a bundle of JSON Schemas', () => {
  it.each([
    ['the root', { $ref: '', type: 'object', properties: {} }, '$ref'],
    ['a field', { properties: { x: { $ref: '#/properties/x', description: 'x' } } }, 'properties.x.$ref'],
    [
      'two',
      { definitions: { 'a b': { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a%20b' } } },
      'definitions.b.$ref',
    ],
  ])('says where a reference leads back to itself: %s', async (_, schema, path) => {
    const { files, messages } = await makeSchemas({ 'a.json': { $schema, type: 'object', ...schema } });
    expect(files).toEqual({});
    expect(messages).toEqual([
      expect.stringMatching(/^a\.json:1: .*: \$ref "[^"]*" leads back to itself, so it says nothing$/),
    ]);
    expect(messages[0]).toContain(`: ${path}: `);
  });

  it('leaves references out of the type that lead back to the schema that they are a branch of, and names them', async () => {
    const animal = (name: string): object => ({
      allOf: [{ $ref: '#/definitions/Pet' }, { type: 'object', properties: { [name]: { type: 'boolean' } } }],
    });
    const { files, messages } = await makeSchemas({
      'a.json': {
        $schema,
        type: 'object',
        properties: { pet: { $ref: '#/definitions/Pet' }, part: { $ref: 'b.json' } },
        definitions: {
          Pet: {
            type: 'object',
            properties: { name: { type: 'string' } },
            oneOf: [{ $ref: '#/definitions/Cat' }, { $ref: '#/definitions/Dog' }],
          },
          Cat: animal('purrs'),
          Dog: animal('barks'),
        },
      },
      'b.json': { anyOf: [{ type: 'object', properties: { next: { $ref: '#' } } }, { $ref: '' }, { type: 'string' }] },
    });
    const end = 'leads back to the schema that it is a branch of, so it says nothing and makes no type';
    expect(messages).toEqual([
      `a.json:1: definitions.Cat.allOf[0].$ref: $ref "#/definitions/Pet" ${end}`,
      `a.json:1: definitions.Dog.allOf[0].$ref: $ref "#/definitions/Pet" ${end}`,
      `b.json:1: anyOf[1].$ref: $ref "" ${end}`,
    ]);
    const text = (files['a.ts'] ?? '').replaceAll(/\s+/g, ' ');
    for (const part of ['pet?: Pet;', 'name?: string;', 'purrs?: boolean;', 'barks?: boolean;', 'part?: '])
      expect(text).toContain(part);
  });

  it.each([
    ['a choice that takes anything', { anyOf: [true, { type: 'integer' }] }],
    ['branches that all do', { allOf: [true, { description: 'Anything.' }] }],
    ['a condition', { if: { type: 'string' }, then: { minLength: 1 } }],
  ])('is a type without fields where the root is %s', async (_, schema) => {
    const { files, messages } = await makeSchemas({ 'a.json': { $schema, ...schema } });
    expect(messages).toEqual([]);
    expect(files['a.ts']).toContain('export type A = unknown;');
  });

  it.each([
    ['http://json-schema.org/draft-07/schema#', 'number', 'A'],
    ['https://json-schema.org/draft/2020-12/schema', 'string', 'boolean'],
  ])('an $id beside a reference is one since draft 2019-09 only: %s', async (draft, byPath, byRoot) => {
    const { files, messages } = await makeSchemas({
      'a.json': {
        $schema: draft,
        $id: 'https://a.dev/root',
        type: 'object',
        properties: {
          byPath: { $id: 'https://b.dev/own', $ref: 'part' },
          byRoot: { $id: 'https://b.dev/whole', $ref: '#/items', items: { type: 'boolean' } },
        },
        items: { $ref: '#' },
        definitions: {
          a: { $id: 'https://a.dev/part', type: 'number', title: 'number' },
          b: { $id: 'https://b.dev/part', type: 'string' },
        },
      },
    });
    expect(messages).toEqual([]);
    const text = files['a.ts'] ?? '';
    const typeOf = (field: string): string => {
      const name = new RegExp(`\\b${field}\\?: (\\w+)`).exec(text)?.[1] ?? '';
      return new RegExp(`type ${name} = (\\w+)`).exec(text)?.[1] ?? name;
    };
    expect([typeOf('byPath'), typeOf('byRoot')]).toEqual([byPath, byRoot]);
  });

  it('an anchor may stand in several schemas with an $id', async () => {
    const part = (type: string): object => ({
      $id: `https://a.dev/${type}`,
      type: 'object',
      properties: { [`${type}Inside`]: { $ref: '#it' } },
      $defs: { it: { $anchor: 'it', type } },
    });
    const { files, messages } = await makeSchemas({
      'a.json': {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: {
          a: { $ref: 'https://a.dev/string' },
          b: { $ref: 'https://a.dev/number' },
          first: { $ref: '#it' },
          second: { $ref: 'https://a.dev/number#it' },
        },
        $defs: { a: part('string'), b: part('number') },
      },
    });
    expect(messages).toEqual([]);
    for (const printed of ['stringInside?: string;', 'numberInside?: number;', 'first?: string;', 'second?: number;'])
      expect(files['a.ts']).toContain(printed);
  });

  it('reads each of hundreds of files once, however many of them refer to others', () => {
    const properties = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`p${i}`, { type: 'string' }]));
    const schema = { $schema, properties: { ...properties, p0: { $ref: 'f0.json#/properties/p1' } } };
    const all = Array.from({ length: 300 }, (_, i) => ({
      source: { file: `f${i}.json`, document: 0 },
      document: schema,
      isSchema: true,
      isOutside: false,
    }));
    const references = new References(new Map(all.map((one) => [one.source.file, one])));
    const before = process.cpuUsage();
    for (const one of all) bundleSchema(one, { references, docs: true });
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(6);
  });
});
