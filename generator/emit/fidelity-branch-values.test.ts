import { judgeCases } from '../../tests/support/judge-cases.js';
import type { TypeCase } from '../../tests/support/type-judge.js';
import { preserve, text } from '../../tests/support/schema-words.js';

const kinds = { type: 'string', enum: ['A', 'B', 'C'] };
const is = (...values: unknown[]): object => ({ properties: { type: { enum: values } } });

/** Fields that belong to one `type` each, of which the server fills in the first. */
const perType = {
  type: 'object',
  properties: { type: { ...kinds, default: 'A' }, a: text, b: text },
  oneOf: [
    { ...is('A'), required: ['a'] },
    { ...is('B', 'C'), required: ['b'] },
  ],
};

/** One of two fields. */
const eitherWith = (fields: object): object => ({
  type: 'object',
  properties: { a: text, b: text, ...fields },
  oneOf: [{ required: ['a'] }, { required: ['b'] }],
});

const cases = {
  'F22 a branch for another value than the default asks for the field, since left out it has the default': {
    crd: { spec: perType },
    accept: ["{ a: 'x' }", "{ type: 'A', a: 'x' }", "{ type: 'B', b: 'x' }", "{ type: 'C', b: 'x' }"],
    reject: ["{ b: 'x' }", '{}', "{ type: 'A', b: 'x' }", "{ type: 'B', a: 'x' }", "{ type: 'B' }"],
    compiles: ["if (foo.spec?.type === 'A') { const a: string = foo.spec.a; void a; }"],
  },
  'F22, V10 so it does in a list, and where several choices speak of the field': {
    crd: {
      spec: {
        type: 'object',
        properties: {
          list: {
            type: 'array',
            items: {
              ...perType,
              anyOf: [is('A', 'B'), { required: ['extra'] }],
              properties: { ...perType.properties, extra: text },
            },
          },
        },
      },
    },
    accept: [
      "{ list: [{ a: 'x' }, { type: 'B', b: 'x' }, { type: 'C', b: 'x', extra: 'y' }, { a: 'x', extra: 'y' }] }",
    ],
    reject: ["{ list: [{ b: 'x' }] }", "{ list: [{ type: 'C', b: 'x' }] }"],
  },
  'F22 a rule for every object that excludes the default asks for the field': {
    crd: { spec: { type: 'object', properties: { type: { ...kinds, default: 'A' }, a: text }, allOf: [is('B', 'C')] } },
    accept: ["{ type: 'B' }", "{ type: 'C', a: 'x' }"],
    reject: ['{}', "{ type: 'A' }", "{ a: 'x' }"],
  },
  'F22 where no value of a field is left an alternative promises none, and what is read can be written': {
    crd: {
      spec: {
        type: 'object',
        properties: { type: { ...kinds, default: 'A' }, a: text, any: { ...preserve, default: 'x' } },
        allOf: [
          { ...is('D'), anyOf: [{ ...is('C', 'D'), required: ['a'] }, { properties: { any: { enum: ['y', 'z'] } } }] },
        ],
      },
    },
    reject: ["{ type: 'A' }", "{ type: 'C', a: 'x' }"],
    compiles: ['const manifest: FooManifest = foo; void manifest;'],
  },
  'F22 a default that is left to words by the branch asks for nothing': {
    crd: {
      spec: {
        type: 'object',
        properties: { type: { ...text, default: 'A' }, port: { type: 'integer', default: 3 }, a: text },
        anyOf: [{ properties: { type: { pattern: '^B' } } }, { properties: { port: { minimum: 4 } }, required: ['a'] }],
      },
    },
    accept: ['{}', "{ type: 'B' }", "{ a: 'x', port: 5 }"],
  },
  'F22, V2 null meets no branch with an enum, also where the field may be null': {
    crd: {
      spec: {
        ...perType,
        properties: { ...perType.properties, type: { type: 'string', nullable: true, default: 'A' } },
      },
    },
    accept: ["{ a: 'x' }", "{ type: 'B', b: 'x' }"],
    reject: ["{ type: null, a: 'x' }", "{ type: null, b: 'x' }", "{ b: 'x' }"],
  },
  'F22, V10 a default that a read may not show leaves the field optional in both views': {
    crd: {
      versions: [
        { name: 'v1', schema: { type: 'object', properties: { spec: perType } }, storage: false },
        {
          name: 'v2',
          schema: {
            type: 'object',
            properties: { spec: { ...perType, properties: { ...perType.properties, type: kinds } } },
          },
          storage: true,
        },
      ],
    },
    accept: ["{ a: 'x' }", "{ type: 'B', b: 'x' }", "{ b: 'x' }"],
    reject: ['{}', "{ type: 'A', b: 'x' }"],
    compiles: ['const again: FooManifest = foo; void again;'],
  },
  'F22, V10 a choice says nothing of a field that only one version fills in: a read may have it or not': {
    crd: {
      versions: [
        {
          name: 'v1',
          schema: { type: 'object', properties: { spec: eitherWith({ a: { ...text, default: 'x' } }) } },
          storage: false,
        },
        {
          name: 'v2',
          schema: { type: 'object', properties: { spec: eitherWith({ b: { ...text, default: 'x' } }) } },
          storage: true,
        },
      ],
    },
    accept: ['{}', "{ a: 'y' }", "{ b: 'y' }"],
    reject: ['{ a: 1 }'],
  },
} satisfies Record<string, TypeCase>;

judgeCases(cases);
