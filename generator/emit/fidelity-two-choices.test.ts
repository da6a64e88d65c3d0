import { judgeCases } from '../../tests/support/judge-cases.js';
import type { TypeCase } from '../../tests/support/type-judge.js';
import { object, preserve, requires, text } from '../../tests/support/schema-words.js';

const head = "apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }";
const filled = object({ n: { type: 'string', default: 'x' } });

const cases = {
  'F22 two choices side by side, in allOf': {
    crd: {
      spec: object(
        { a: text, b: text, c: text, d: text },
        { allOf: [{ oneOf: [requires('a'), requires('b')] }, { oneOf: [requires('c'), requires('d')] }] },
      ),
    },
    accept: ["{ a: 'x', c: 'y' }", "{ b: 'x', d: 'y' }"],
    reject: ["{ a: 'x' }", "{ a: 'x', b: 'x', c: 'y' }", "{ a: 'x', c: 'y', d: 'z' }"],
  },
  'F22 of two choices one may ask for a field of any type that the other forbids': {
    crd: {
      spec: object(
        { any: preserve, a: text, b: text, filled: { type: 'string', default: 'x' } },
        { allOf: [{ anyOf: [requires('any'), requires('a')] }, { anyOf: [{ not: requires('any') }, requires('b')] }] },
      ),
    },
    accept: ["{ a: 'x' }", "{ any: 1, b: 'x' }", "{ any: null, a: 'x', b: 'x' }"],
    reject: ['{}', '{ any: 1 }', "{ b: 'x' }", "{ any: 1, a: 'x' }"],
  },
  'F22 of two choices one may ask for a field of any type that the other gives a type': {
    crd: {
      schema: object(
        { any: preserve, a: text, d: text, f: filled },
        {
          oneOf: [requires('d'), requires('f', 'any')],
          anyOf: [{ required: ['a'], properties: { any: { enum: ['x', 1] } } }, requires('d')],
        },
      ),
    },
    compiles: [
      `const a: FooManifest = { ${head}, d: 'x' }`,
      `const a: FooManifest = { ${head}, any: 'x', a: 'x', f: {} }`,
      `const a: FooManifest = { ${head}, any: 2, d: 'x' }`,
    ],
    fails: [
      `const a: FooManifest = { ${head} }`,
      `const a: FooManifest = { ${head}, any: 2, a: 'x', f: {} }`,
      `const a: FooManifest = { ${head}, a: 'x', f: {} }`,
    ],
  },
  'F22 of two choices one may ask for a field of any type that the other gives a type and forbids': {
    crd: {
      schema: object(
        { any: preserve, n: text, d: text, e: filled, b: text },
        {
          anyOf: [
            {
              required: ['b'],
              properties: { any: { enum: ['x'] } },
              oneOf: [requires('n', 'e'), { required: ['b'], not: requires('any', 'e') }],
            },
          ],
          allOf: [{ anyOf: [requires('any', 'b'), requires('b')] }],
        },
      ),
    },
    compiles: [
      `const a: FooManifest = { ${head}, b: 'x' }`,
      `const a: FooManifest = { ${head}, b: 'x', n: 'x', e: {}, any: 'x' }`,
    ],
    fails: [`const a: FooManifest = { ${head} }`],
  },
  'F22 a field of any type that must be there is given a type by a choice': {
    crd: {
      spec: object(
        { any: preserve, a: text, b: filled },
        { required: ['any'], anyOf: [requires('a'), { properties: { any: { enum: ['x', 1] } }, required: ['b'] }] },
      ),
    },
    accept: ["{ any: 2, a: 'x' }", "{ any: 'x', b: {} }"],
    reject: ['{}', '{ any: 2, b: {} }', "{ a: 'x' }"],
  },
  'F22 in an open object two choices may clash over a field without a schema': {
    crd: {
      spec: object(
        { a: text, b: text, filled: { type: 'string', default: 'x' } },
        {
          ...preserve,
          allOf: [{ anyOf: [requires('any'), requires('a')] }, { anyOf: [{ not: requires('any') }, requires('b')] }],
        },
      ),
    },
    accept: ["{ a: 'x' }", "{ any: 1, b: 'x' }", "{ a: 'x', other: 1 }"],
    reject: ['{}', '{ any: 1 }', "{ b: 'x' }"],
  },
  'F22 a choice that asks for fields with choices of their own': {
    crd: {
      spec: object(
        {
          tls: object({ secret: text, issuer: text, n: filled }, { oneOf: [requires('secret'), requires('issuer')] }),
          many: object({ a: text, b: text }, { anyOf: [requires('a'), requires('b')] }),
          maybe: object({ a: text, b: text }, { nullable: true, oneOf: [requires('a'), requires('b')] }),
          other: text,
        },
        { anyOf: [requires('tls'), requires('many', 'other'), requires('maybe')] },
      ),
    },
    accept: [
      "{ tls: { secret: 'x' } }",
      "{ tls: { issuer: 'x' }, many: { a: 'x' }, maybe: null }",
      "{ many: { a: 'x', b: 'y' }, other: 'z' }",
      '{ maybe: null }',
      "{ maybe: { b: 'x' }, many: { a: 'x' } }",
    ],
    reject: [
      '{}',
      '{ tls: {} }',
      "{ tls: { secret: 'x', issuer: 'x' } }",
      "{ many: { a: 'x' } }",
      "{ tls: { secret: 'x' }, many: {} }",
      "{ tls: { secret: 'x' }, unknown: 1 }",
      "{ tls: { secret: 'x', unknown: 1 } }",
      '{ tls: null }',
    ],
    compiles: [
      'const own: FooSpec | undefined = foo.spec; const written: FooManifest = foo; void own; void written;',
      'const tls: FooSpecTls | undefined = foo.spec?.tls; const n: string | undefined = tls?.n?.n; void n;',
    ],
  },
} satisfies Record<string, TypeCase>;

judgeCases(cases);
