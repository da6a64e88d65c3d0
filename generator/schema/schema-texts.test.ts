import { describe, expect, it } from 'vitest';
import { makeSchemas, schemaWord as $schema } from '../../tests/support/json-schemas.js';

describe('what a JSON Schema says becomes no code', () => {
  it('texts of a schema stay texts: comments, names, enums, and code for the tool that prints', async () => {
    const evil = '*/ process.exit(9); /* `${1}` \u2028 </script>';
    const { files, messages } = await makeSchemas({
      'a.json': {
        $schema,
        type: 'object',
        description: evil,
        properties: {
          [evil]: { enum: [evil] },
          code: { type: 'string', tsType: 'ReturnType<typeof process.exit>' },
          names: { enum: ['x'], tsEnumNames: ['process'] },
          tsType: { type: 'number' },
          description: { type: 'number' },
        },
      },
    });
    expect(messages).toEqual([]);
    const text = files['a.ts'] ?? '';
    expect(text).not.toContain('ReturnType');
    expect(text).not.toContain('enum ');
    expect(text).toContain('tsType?: number;');
    expect(text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/"(?:[^"\\]|\\.)*"/g, '')).not.toContain('process');
  });

  it('a pattern is shown in a comment, and cannot close it, however often it tries', async () => {
    const pattern = '^a.*/b.*/ export const evil = 1; /*';
    const { files, messages } = await makeSchemas({
      'a.json': {
        $schema,
        type: 'object',
        patternProperties: { [pattern]: { $ref: '#/definitions/one' } },
        properties: { same: { $ref: `#/patternProperties/${encodeURIComponent(pattern.replaceAll('/', '~1'))}` } },
        definitions: { one: { type: 'object', properties: { a: { type: 'string' } } } },
      },
    });
    expect(messages).toEqual([]);
    const text = files['a.ts'] ?? '';
    expect(text).toMatch(/same\?: \w+;/);
    expect(text.replaceAll(/\/\*[^]*?\*\//g, '')).not.toContain('evil');
  });

  it('a pattern of an object without a name is told without one', async () => {
    const patternProperties = { '^a': { type: 'string' }, '^b "c"': { $ref: '#/definitions/one' } };
    const { files } = await makeSchemas({
      'a.json': {
        $schema,
        type: 'object',
        properties: { map: { type: 'object', description: 'All.', patternProperties, additionalProperties: false } },
        definitions: { one: { type: 'object', description: 'One.', properties: { x: { type: 'number' } } } },
      },
    });
    expect(files['a.ts']).not.toContain('undefined`');
    expect(files['a.ts']).toContain('    /**\n     * Values of keys that match "^a".\n     */\n    [k: string]: ');
    expect(files['a.ts']).toContain(
      '/**\n * One.\n *\n * Values of keys that match "^b "c"".\n */\nexport interface One',
    );
  });

  it.each([
    ['#/properties/a/enum/0', { enum: [{ tsType: 'evil' }] }],
    ['#/properties/a/const', { const: { tsType: 'evil' } }],
    ['https://example.dev/evil', { enum: [{ $id: 'https://example.dev/evil', tsType: 'evil' }] }],
    ['#/properties/a/default', { default: { tsType: 'evil' } }],
    ['#/properties/a/examples/0', { examples: [{ tsType: 'evil' }] }],
    ['#evil', { allOf: [{ const: { $anchor: 'evil', tsType: 'evil' } }] }],
  ])('a reference leads to schemas only, not to data that looks like one: %s', async ($ref, a) => {
    const { files, messages } = await makeSchemas({
      'a.json': { $schema, type: 'object', properties: { a, b: { $ref } } },
    });
    const want = `a.json:1: properties.b.$ref: $ref "${$ref}" leads to data (an enum, a const, a default or an example), which is no schema`;
    expect({ files, messages }).toEqual({ files: {}, messages: [want] });
  });

  it.each(['enum', 'default', 'examples'])(
    'an id or anchor of a schema counts, not one in data: %s',
    async (keyword) => {
      const value = { $id: 'https://example.dev/part', $anchor: 'part', type: 'null' };
      const fake = { [keyword]: keyword === 'default' ? value : [value] };
      const part = { $id: 'https://example.dev/part', $anchor: 'part', type: 'number' };
      const properties = {
        a: fake,
        z: fake,
        b: { $ref: 'https://example.dev/part' },
        c: { $ref: '#part' },
        enum: part,
      };
      const { files, messages } = await makeSchemas({ 'a.json': { $schema, type: 'object', properties } });
      expect(messages).toEqual([]);
      for (const field of ['b?: number;', 'c?: number;']) expect(files['a.ts']).toContain(field);
    },
  );

  it('a reference to the items of a tuple leads to them, in the words of draft 2020-12 too', async () => {
    const { files, messages } = await makeSchemas({
      'a.json': {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: {
          pair: { type: 'array', prefixItems: [{ type: 'number' }], items: { type: 'boolean' } },
          first: { $ref: '#/properties/pair/prefixItems/0' },
          other: { $ref: '#/properties/pair/items' },
          properties: { type: 'string', enum: ['a'] },
          enum: { type: 'integer' },
          named: { $ref: '#/properties/enum' },
        },
      },
    });
    expect(messages).toEqual([]);
    for (const part of ['first?: number;', 'other?: boolean;', 'named?: number;'])
      expect(files['a.ts']).toContain(part);
  });
});
