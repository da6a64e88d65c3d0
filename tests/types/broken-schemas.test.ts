import { describe, expect, it } from 'vitest';
import { generate } from '../../generator/generate.js';
import { randomRoot } from '../fuzz/random-schema.js';
import { Random } from '../simulator/random.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';
import { compile, writeProject } from '../support/type-check.js';

const text = { type: 'string' };
/** What no structural schema holds, but a CRD may: an API server would refuse it, or did not look at it in v1beta1. */
const parts: readonly object[] = [
  {},
  { type: ['string', 'null'] },
  { type: ['object', 'string'], properties: { a: { type: 'integer', default: 1 } } },
  { type: 'array' },
  { type: 'array', items: [text, { type: 'object' }] },
  { type: 'array', properties: { a: text }, items: { type: 'object' } },
  { type: 'string', properties: { a: {} } },
  { enum: [{}, [1], null] },
  { type: 'object', enum: [{ a: 1 }] },
  { oneOf: [] },
  { oneOf: [{}, {}] },
  { not: { not: { not: {} } } },
  { default: [1, { a: null }] },
  { patternProperties: { '^x': text }, const: 1 },
  { properties: { a: { type: 'string', default: 'x' } }, additionalProperties: { type: 'integer' } },
  { type: 'object', additionalProperties: { type: 'array' } },
  { allOf: [text, { type: 'integer' }] },
  { allOf: [{ type: 'object', properties: { z: text } }, { properties: { a: { type: 'integer' } } }] },
  {
    oneOf: [
      { type: 'object', properties: { q: text } },
      { type: 'array', items: text },
    ],
  },
  { anyOf: [{ type: 'object', required: ['a'], properties: { a: { enum: ['x'] } } }, { required: ['b', 'a'] }] },
  { ...text, allOf: [{ enum: ['a'] }, { anyOf: [{ enum: ['a', 'b'] }, { enum: [1] }] }, { not: { enum: ['a'] } }] },
  { 'x-kubernetes-embedded-resource': true, type: 'object', additionalProperties: text },
  {
    'x-kubernetes-embedded-resource': true,
    type: 'object',
    properties: { metadata: text, kind: { type: 'integer' } },
    oneOf: [{ required: ['kind'] }, { required: ['x'] }],
  },
  {
    type: 'object',
    properties: { constructor: {}, toString: { type: 'object', properties: { a: text } } },
    oneOf: [{ required: ['constructor'] }, { required: ['toString'] }],
  },
  {
    type: 'object',
    nullable: true,
    properties: { a: {} },
    required: ['a', 'b'],
    allOf: [{ not: { required: ['a'] } }],
  },
];
const first = Number(process.env['KUBE_GEN_FUZZ_FROM'] ?? 1);
const count = Number(process.env['KUBE_GEN_FUZZ'] ?? 400);

describe('schemas that are broken in many ways', () => {
  const folder = useTemporaryFolder('broken');

  it(
    'F8, F37 a module that is made of one compiles, and what is read is a manifest',
    async () => {
      const seeds = Array.from({ length: count }, (_, i) => first + i);
      const { files, diagnostics } = await generate(
        seeds.map((seed) => ({ file: `${seed}.json`, text: JSON.stringify(brokenCrd(seed)) })),
        { versions: 'all' },
      );
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const program = seeds.flatMap((seed) => {
        const kind = `K${seed}`;
        const path = files.find(({ content }) => content.includes(`export const ${kind} = `))?.path ?? `no ${kind}`;
        return [
          `import type { ${kind}, ${kind}Manifest } from './${path.replace(/ts$/, 'js')}';`,
          `export const is${kind} = (object: ${kind}): ${kind}Manifest => object;`,
        ];
      });
      writeProject(folder, [...files, { path: 'use.ts', content: `${program.join('\n')}\n` }]);
      const errors = await compile(folder, {
        compiler: 'typescript7',
        include: ['**/*.ts'],
        runtime: 'declarations',
      });
      expect(errors).toEqual([]);
    },
    60_000 + 60 * count,
  );
});

function brokenCrd(seed: number): object {
  const random = new Random(Math.imul(seed, 0x9e3779b1));
  const kind = `K${seed}`;
  const names = { kind, plural: kind.toLowerCase(), singular: kind.toLowerCase(), listKind: `${kind}List` };
  const openAPIV3Schema = broken(random, { spec: {}, status: {}, ...randomRoot(random) });
  const head = { kind: 'CustomResourceDefinition', metadata: { name: `${names.plural}.example.dev` } };
  const spec = { group: 'example.dev', scope: 'Namespaced', names };
  return random.percent(30)
    ? {
        ...head,
        apiVersion: 'apiextensions.k8s.io/v1beta1',
        spec: { ...spec, version: 'v1', validation: { openAPIV3Schema } },
      }
    : {
        ...head,
        apiVersion: 'apiextensions.k8s.io/v1',
        spec: { ...spec, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }] },
      };
}

/** A copy in which some of the nodes are replaced by parts, or joined with them. */
function broken(random: Random, node: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const child = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const copy = broken(random, { ...value });
    if (!random.percent(15)) return copy;
    return random.percent(50) ? random.pick(parts) : { ...copy, ...random.pick(parts) };
  };
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => {
    if (key === 'properties') return [key, mapValues(value, child)];
    if (key === 'items' || key === 'additionalProperties') return [key, child(value)];
    return [key, ['allOf', 'anyOf', 'oneOf'].includes(key) && Array.isArray(value) ? value.map(child) : value];
  });
  return Object.fromEntries(entries);
}

function mapValues(value: unknown, change: (value: unknown) => unknown): unknown {
  return Object.fromEntries(Object.entries(Object(value)).map(([name, inner]) => [name, change(inner)]));
}
