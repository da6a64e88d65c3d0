import { describe, expect, it } from 'vitest';
import { show } from '../../../tests/support/fidelity-example.js';
import { checkSchema } from './check-schema.js';
import { formatPath } from '../document-path.js';
import { createFaultList } from '../fault.js';

type Json = Record<string, unknown>;

function check(root: Json, o: { structural?: boolean } = {}): string[] {
  const faults = createFaultList();
  checkSchema(root, { path: [], structural: o.structural ?? true, faults });
  return faults.end().map((f) => {
    const path = formatPath(f.path);
    return `${f.severity} ${path === '' ? '' : `${path}: `}${f.message}${f.key === undefined ? '' : ` @${f.key}`}`;
  });
}

const property = (x: unknown): string[] => check({ type: 'object', properties: { x } });

describe('checkSchema', () => {
  it('finds nothing wrong with what is right', () => {
    expect(
      check({
        type: 'object',
        required: ['spec'],
        properties: {
          metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 63 } } },
          spec: {
            type: 'object',
            properties: {
              port: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
              both: {
                'x-kubernetes-int-or-string': true,
                allOf: [{ anyOf: [{ type: 'integer' }, { type: 'string' }] }, { pattern: 'x' }],
              },
              free: { 'x-kubernetes-preserve-unknown-fields': true },
              map: { type: 'object', additionalProperties: { type: 'string' } },
              list: {
                type: 'array',
                items: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } },
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['key'],
              },
              none: { type: 'string', description: null, default: null },
            },
            oneOf: [{ required: ['port'] }, { properties: { free: { enum: ['a'] } } }],
            'x-kubernetes-validations': [{ rule: 'true', message: 'never' }],
          },
        },
      }),
    ).toEqual([]);
  });

  it('tells of fields that YAML has made of a word without quotes', () => {
    const coordinates = { x: { type: 'integer' }, true: { type: 'integer' } };
    const what =
      'the field is called "true". If y, yes or on is meant, write it in quotes: without them YAML reads true';
    expect(property({ type: 'object', properties: coordinates })).toEqual([
      `warning properties.x.properties.true: ${what}`,
    ]);
    expect(check({ type: 'object', properties: { false: { type: 'string' } } }, { structural: false })).toEqual([
      expect.stringMatching(/^warning properties\.false: .* n, no or off/),
    ]);
    // A branch names fields that stand elsewhere.
    expect(property({ type: 'object', anyOf: [{ properties: { true: { enum: [1] } } }] })).toEqual([]);
  });

  it('says of an unknown keyword that it may be a field which stands too far to the left', () => {
    const what = 'is not a keyword of CRD schemas and has no effect. If it is a field, put it below properties.';
    expect(property({ type: 'object', mode: { type: 'string' }, size: 'integer' })).toEqual([
      `warning properties.x: "mode" ${what} @mode`,
      `warning properties.x: "size" ${what} @size`,
    ]);
  });

  it('tells of names in lists that YAML has made of a word without quotes', () => {
    const what =
      'must be a name, not a boolean (true). If y, yes or on is meant, write it in quotes: without them YAML reads true';
    expect(property({ type: 'object', required: ['x', true] })).toEqual([`error properties.x.required[1]: ${what}`]);
    expect(property({ type: 'object', anyOf: [{ required: [false] }] })).toEqual([
      expect.stringMatching(/^error properties\.x\.anyOf\[0\]\.required\[0\]: .* n, no or off/),
    ]);
  });

  it.for<[unknown, string]>([
    [{ type: 'strng' }, 'properties.x: type "strng" is not a JSON type. Did you mean "string"? @type'],
    [{ type: 'int' }, 'properties.x: type "int" is not a JSON type. Did you mean "integer"? @type'],
    [{ type: 'Object' }, 'properties.x: type "Object" is not a JSON type. Did you mean "object"? @type'],
    [
      { type: 7 },
      'properties.x: type must be one of string, integer, number, boolean, object, array, not a number (7) @type',
    ],
    [
      { type: 'object', properties: 7 },
      'properties.x: properties must be a map of schemas, not a number (7) @properties',
    ],
    [
      { type: 'array', items: 'string' },
      'properties.x.items: must be a schema, not text "string": write { type: string }',
    ],
    [{ type: 'array', items: 'text' }, 'properties.x.items: must be a schema, not text "text"'],
    [7, 'properties.x: must be a schema, not a number (7)'],
    [{ type: 'object', required: 'a' }, 'properties.x: required must be a list of names, not text "a" @required'],
    [
      { type: 'string', required: true },
      'properties.x: required must be a list of names beside properties, not a boolean (true) @required',
    ],
    [
      { type: 'object', required: [1] },
      'properties.x: required must be a list of names, not a list with a number (1) @required',
    ],
    [
      { type: 'object', required: ['a', {}] },
      'properties.x: required must be a list of names, not a list with a map @required',
    ],
    [{ type: 'string', enum: 'a' }, 'properties.x: enum must be a list, not text "a" @enum'],
    [{ type: 'string', nullable: 'yes' }, 'properties.x: nullable must be true or false, not text "yes" @nullable'],
    [
      { type: 'string', description: true },
      'properties.x: description must be text, not a boolean (true) @description',
    ],
    [{ type: 'integer', minimum: '1' }, 'properties.x: minimum must be a number, not text "1" @minimum'],
    [
      { type: 'string', maxLength: 1.5 },
      'properties.x: maxLength must be a whole number, not a number (1.5) @maxLength',
    ],
    [{ type: 'string', anyOf: {} }, 'properties.x: anyOf must be a list of schemas, not a map @anyOf'],
    [{ type: 'string', not: [] }, 'properties.x.not: must be a schema, not a list'],
    [
      { type: 'string', 'x-kubernetes-validations': ['a'] },
      'properties.x: x-kubernetes-validations must be a list of rules, not a list with text "a" @x-kubernetes-validations',
    ],
    [
      { type: 'string', 'x-kubernetes-validations': { rule: 'true' } },
      'properties.x: x-kubernetes-validations must be a list of rules, not a map @x-kubernetes-validations',
    ],
  ])('F37: %j is an error, for no schema can say it', ([node, fault], context) => {
    expect(property(node)).toEqual([`error ${fault}`]);
    show(context, { given: { x: node }, printed: `error: ${fault.replace(/ @\S+$/, '')}` });
  });

  it.for<[unknown, string[]]>([
    [{ type: 'array' }, ['properties.x: an array needs items']],
    [{ description: 'd' }, ['properties.x: has no type']],
    [
      { type: ['string', 'null'] },
      ['properties.x: a list of types is not allowed in a CRD: name one type, or say nullable @type'],
    ],
    [
      { type: 'object', $ref: '#/definitions/a' },
      ['properties.x: $ref is not allowed in a CRD and is not followed @$ref'],
    ],
    // One fault, one message: with the reference followed there would be a type.
    [{ $ref: '#/definitions/a' }, ['properties.x: $ref is not allowed in a CRD and is not followed @$ref']],
    [
      { type: 'string', pattern: '[a-' },
      ['properties.x: the API server cannot read the pattern "[a-": its brackets are not balanced @pattern'],
    ],
    [
      { type: 'object', definitions: { a: { type: 'string' } } },
      ['properties.x: definitions is not allowed in a CRD @definitions'],
    ],
    [
      { type: 'object', patternProperties: { a: { type: 'string' } } },
      ['properties.x: patternProperties is not allowed in a CRD @patternProperties'],
    ],
    [
      { type: 'array', items: [{ type: 'string' }] },
      ['properties.x: items must be one schema: a list of schemas is not allowed in a CRD @items'],
    ],
    [
      { type: 'array', items: { type: 'string' }, uniqueItems: true },
      ['properties.x: uniqueItems: true is not allowed in a CRD; x-kubernetes-list-type: set is @uniqueItems'],
    ],
    [
      { type: 'string', oneOf: [{ type: 'string' }] },
      ['properties.x.oneOf[0]: type (text "string") is not allowed inside allOf, anyOf, oneOf or not @type'],
    ],
    [
      { type: 'string', not: { description: 'd' } },
      ['properties.x.not: description is not allowed inside allOf, anyOf, oneOf or not @description'],
    ],
    [
      { type: 'string', allOf: [{ 'x-kubernetes-validations': [{ rule: 'true' }] }] },
      [
        'properties.x.allOf[0]: x-kubernetes-validations is not allowed inside allOf, anyOf, oneOf or not @x-kubernetes-validations',
      ],
    ],
    [
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
      ['properties.x: properties and additionalProperties exclude each other @additionalProperties'],
    ],
    [
      { type: 'string', pattern: '(?!a)' },
      [
        'properties.x: the API server cannot read the pattern "(?!a)": it looks ahead or behind, which RE2 cannot @pattern',
      ],
    ],
    [
      { type: 'integer', default: 'a' },
      ['properties.x: the default breaks its own schema: text "a" is not of type integer @default'],
    ],
    [
      {
        type: 'array',
        items: { type: 'object', properties: { k: { type: 'string' } } },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['k'],
      },
      ['properties.x: the list map key "k" must be required or have a default @x-kubernetes-list-map-keys'],
    ],
    [
      { type: 'array', items: { type: 'string' }, additionalItems: false },
      ['properties.x: additionalItems is not allowed in a CRD @additionalItems'],
    ],
    [
      { type: 'string', anyOf: [{ default: 'a' }, { nullable: true }] },
      [
        'properties.x.anyOf[0]: default is not allowed inside allOf, anyOf, oneOf or not @default',
        'properties.x.anyOf[1]: nullable is not allowed inside allOf, anyOf, oneOf or not @nullable',
      ],
    ],
    [
      { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'string' }, { type: 'integer' }] },
      [
        'properties.x.anyOf[0]: type (text "string") is not allowed inside allOf, anyOf, oneOf or not @type',
        'properties.x.anyOf[1]: type (text "integer") is not allowed inside allOf, anyOf, oneOf or not @type',
      ],
    ],
    [
      { type: 'string', pattern: '^a', default: 'b' },
      ['properties.x: the default breaks its own schema: text "b" does not match the pattern "^a" @default'],
    ],
    [
      { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'sett' },
      ['properties.x: the type of a list is atomic, set or map, not text "sett" @x-kubernetes-list-type'],
    ],
    [
      { type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'map' },
      ['properties.x: a list of type map needs x-kubernetes-list-map-keys @x-kubernetes-list-type'],
    ],
    [
      { type: 'object', 'x-kubernetes-preserve-unknown-fields': false },
      [
        'properties.x: x-kubernetes-preserve-unknown-fields must be true or left out @x-kubernetes-preserve-unknown-fields',
      ],
    ],
    [
      { type: 'object', 'x-kubernetes-embedded-resource': true },
      [
        'properties.x: an embedded resource needs properties or x-kubernetes-preserve-unknown-fields: true @x-kubernetes-embedded-resource',
      ],
    ],
    [
      { type: 'string', const: 'a' },
      ['properties.x: "const" is not a keyword of CRD schemas and has no effect. @const'],
    ],
    [
      { type: 'string', readOnly: true },
      ['properties.x: "readOnly" is not a keyword of CRD schemas and has no effect. @readOnly'],
    ],
    [
      { type: 'object', propertys: {} },
      [
        'properties.x: "propertys" is not a keyword of CRD schemas and has no effect. Did you mean "properties"? @propertys',
      ],
    ],
  ])('V19: %j is a warning', ([node, faults], context) => {
    expect(property(node)).toEqual(faults.map((fault) => `warning ${fault}`));
    show(context, {
      given: { x: node },
      printed: faults.map((fault) => `warning: ${fault.replace(/ @\S+$/, '')}`).join('\n'),
    });
  });

  it('F39: a $ref is named and never followed, wherever it stands', (context) => {
    const ref = { type: 'object', $ref: 'http://127.0.0.1/schema.json' };
    const places = { a: ref, list: { type: 'array', items: ref }, map: { type: 'object', additionalProperties: ref } };
    const faults = check({ type: 'object', properties: places });
    expect(faults).toEqual(
      ['properties.a', 'properties.list.items', 'properties.map.additionalProperties'].map(
        (path) => `warning ${path}: $ref is not allowed in a CRD and is not followed @$ref`,
      ),
    );
    show(context, { given: { a: ref }, printed: (faults[0] ?? '').replace(' ', ': ').replace(' @$ref', '') });
  });

  it('V19: the root must be an object that is not nullable, and metadata may only restrict the name', () => {
    expect(
      check({
        nullable: true,
        properties: { metadata: { type: 'object', properties: { labels: { type: 'object' } } } },
      }),
    ).toEqual([
      'warning the root of the schema must have type: object @type',
      'warning the root of the schema cannot be nullable @nullable',
      'warning properties.metadata: may only restrict name and generateName, not "labels" @properties',
    ]);
  });

  it('leaves a schema that need not be structural alone, but for what no schema can say', () => {
    expect(check({ properties: { a: {}, b: { type: 'array' }, c: { type: 'strng' } } }, { structural: false })).toEqual(
      ['error properties.c: type "strng" is not a JSON type. Did you mean "string"? @type'],
    );
  });

  it('F27: names of properties are data, also __proto__, constructor and the keywords', () => {
    const names = ['properties', 'items', 'required', 'enum', 'type', '$ref', 'not', 'constructor', 'toString', ''];
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
    const hostile = JSON.parse('{"type": "object", "properties": {"__proto__": {"type": "strng"}}}') as Json;
    expect(check({ type: 'object', properties })).toEqual([]);
    expect(check(hostile)).toEqual([
      'error properties.__proto__: type "strng" is not a JSON type. Did you mean "string"? @type',
    ]);
  });

  it('V20: 3,000 levels cost no stack', () => {
    let node: Json = { type: 'strng' };
    for (let i = 0; i < 3000; i++) node = { type: 'object', properties: { x: node } };
    expect(check(node)).toHaveLength(1);
  });

  it('keeps 1,000 errors of a document and counts the rest', () => {
    const properties = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`p${i}`, 7]));
    const faults = check({ type: 'object', properties });
    expect(faults).toHaveLength(1001);
    expect(faults.at(-1)).toBe('error 500 more errors');
  });
});
