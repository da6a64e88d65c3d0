import { judgeCases } from '../../tests/support/judge-cases.js';
import type { TypeCase } from '../../tests/support/type-judge.js';
import { object, preserve, requires, text } from '../../tests/support/schema-words.js';

const abc = { a: text, b: text, c: text };
const named = (letter: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);
const oneOf = (names: readonly string[]): object => ({ oneOf: names.map((name) => requires(name)) });
/** Two choices, of so many fields each. */
const choices = (first: number, second: number): object => {
  const [a, b] = [named('a', first), named('b', second)];
  return object(Object.fromEntries([...a, ...b].map((name) => [name, text])), { allOf: [oneOf(a), oneOf(b)] });
};

const cases = {
  'F22, F37 what restricts nothing does not spoil a branch': {
    crd: {
      spec: object(abc, {
        oneOf: [
          { type: 'object', title: 'A', description: 'The first.', ...requires('a') },
          { default: {}, nullable: true, example: {}, externalDocs: {}, anyOf: [], oneOf: [], ...requires('b') },
        ],
      }),
    },
    accept: ["{ a: 'x' }", "{ b: 'x', c: 'y' }"],
    reject: ['{}', "{ a: 'x', b: 'x' }"],
  },
  'F22 a branch may be made of branches that all hold': {
    crd: { spec: object(abc, { oneOf: [{ allOf: [requires('a'), requires('b')] }, requires('c')] }) },
    accept: ["{ a: 'x', b: 'x' }", "{ c: 'x' }", "{ a: 'x', c: 'x' }"],
    reject: ['{}', "{ a: 'x' }", "{ a: 'x', b: 'x', c: 'x' }"],
  },
  'F22 a branch that asks for more than a type can say excludes nothing': {
    crd: { spec: object(abc, { oneOf: [{ minProperties: 3, ...requires('a') }, requires('b')] }) },
    accept: ["{ a: 'x', b: 'x' }", "{ b: 'x' }", "{ a: 'x', b: 'x', c: 'x' }"],
    reject: ['{}', "{ c: 'x' }"],
  },
  'F22 two choices of sixteen alternatives together are unions': {
    crd: { spec: choices(4, 4) },
    accept: ["{ a0: 'x', b3: 'x' }"],
    reject: ["{ a0: 'x' }", "{ a0: 'x', b0: 'x', b1: 'x' }", "{ a0: 'x', a1: 'x', b0: 'x' }"],
  },
  'F22 of two choices of more alternatives together the second is left to words': {
    crd: { spec: choices(4, 5) },
    accept: ["{ a0: 'x', b3: 'x' }", "{ a0: 'x' }"],
    reject: ["{ a0: 'x', a1: 'x', b0: 'x' }", "{ b0: 'x' }"],
  },
  'F22 a branch of more combinations than are followed excludes nothing': {
    crd: {
      spec: object(
        Object.fromEntries([...named('a', 5), ...named('b', 5), ...named('c', 5), 'd'].map((name) => [name, text])),
        {
          oneOf: [
            { allOf: ['a', 'b', 'c'].map((letter) => ({ anyOf: named(letter, 5).map((name) => requires(name)) })) },
            requires('d'),
          ],
        },
      ),
    },
    accept: ["{ a0: 'x', b1: 'x', c2: 'x' }", "{ d: 'x' }", "{ a0: 'x', d: 'x' }"],
    reject: ['{ a0: 1 }', "{ e: 'x' }"],
  },
  'F22 where no object meets two choices the later one says nothing, and what is read can be written': {
    crd: {
      spec: object(
        { ...abc, d: text, any: preserve, filled: { type: 'string', default: 'x' } },
        {
          allOf: [
            { oneOf: [requires('any', 'a'), requires('any', 'b')] },
            { anyOf: [requires('c'), requires('d')].map((one) => ({ ...one, not: requires('any') })) },
          ],
        },
      ),
    },
    accept: ["{ any: 1, a: 'x' }"],
    reject: ['{}', "{ any: 1, a: 'x', b: 'x' }", "{ c: 'x' }"],
    compiles: ['const manifest: FooManifest = foo; void manifest;'],
  },
  'F17, F22 in a map of texts a branch narrows a field only where it must be there': {
    crd: {
      spec: {
        type: 'object',
        additionalProperties: text,
        anyOf: [{ properties: { a: { enum: ['x'] } } }, requires('b')],
      },
    },
    accept: ["{ a: 'x' }", "{ b: 'y', a: 'z' }"],
    reject: ['{ a: 1 }'],
  },
  'F17, F22 in a map of objects a choice may ask for keys': {
    crd: {
      spec: {
        type: 'object',
        additionalProperties: object({ n: { type: 'integer', default: 1 } }),
        oneOf: [requires('a'), requires('b')],
      },
    },
    accept: ['{ a: { n: 1 } }', '{ b: {}, c: { n: 2 } }'],
    reject: ['{}', "{ a: { n: 'x' } }", '{ a: {}, b: {} }', '{ c: {} }'],
    compiles: ["const n: number | undefined = foo.spec?.['c']?.n; void n;"],
  },
  'F22, V10 a branch narrows no field that only the stored version fills in: a read may show its default': {
    crd: {
      versions: [{}, { default: 'off' }].map((mode, i) => ({
        name: `v${i + 1}`,
        storage: i === 1,
        schema: object({
          spec: object(
            { mode: { type: 'string', enum: ['on', 'off'], ...mode }, reason: text },
            { anyOf: [{ properties: { mode: { enum: ['on'] } } }, requires('reason')] },
          ),
        }),
      })),
    },
    type: "NonNullable<Foo['spec']>",
    accept: ["{ mode: 'off' }", '{}', "{ reason: 'x' }"],
    reject: ["{ mode: 'none' }"],
  },
} satisfies Record<string, TypeCase>;

judgeCases(cases);
