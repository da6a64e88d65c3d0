import { readYamlDocuments } from '@kube-gen/runtime/yaml';
import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../tests/support/cpu-seconds.js';
import { generate } from '../generate.js';
import { readDeepYaml } from './deep-yaml.js';

const head = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: foos.example.dev}
spec:
  group: example.dev
  names: {kind: Foo, plural: foos}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
`;

/** A CRD whose schema nests so many levels, each a property of the one above, in block or in flow style. */
function deepCrd(levels: number, style: 'block' | 'flow', leaf = 'string'): string {
  if (style === 'flow') {
    return `${head}        ${'{type: object, properties: {a: '.repeat(levels)}{type: ${leaf}}${'}}'.repeat(levels)}\n`;
  }
  const lines: string[] = [];
  for (let i = 0; i < levels; i += 1) {
    const space = ' '.repeat(8 + 2 * i);
    lines.push(`${space}type: object`, `${space}properties:`, `${space} a:`);
  }
  return `${head}${lines.join('\n')}\n${' '.repeat(8 + 2 * levels)}type: ${leaf}\n`;
}

describe('deep YAML', () => {
  it.each(['block', 'flow'] as const)('V20: 3,000 levels of a schema in %s style become a module', async (style) => {
    const { diagnostics, files } = await generate([{ file: 'deep.yaml', text: deepCrd(3000, style) }]);
    expect(diagnostics).toEqual([]);
    expect(files.map(({ path }) => path)).toContain('example.dev/v1/foo.ts');
  });

  it('V20: a fault at the bottom has its line', async () => {
    const text = deepCrd(1000, 'block', 'strng');
    const { diagnostics } = await generate([{ file: 'deep.yaml', text }]);
    expect(diagnostics).toMatchObject([{ severity: 'error', line: 14 + 3 * 1000 }]);
    expect(diagnostics[0]?.message).toContain('type "strng" is not a JSON type');
  });

  it('reads ever so many keys of one object at once', () => {
    const text = Array.from({ length: 200_000 }, (_, i) => `a${i}: b\n`).join('');
    const seconds = cpuSeconds(() => expect(Object.keys(readDeepYaml(text)?.[0] ?? {})).toHaveLength(200_000));
    expect(seconds).toBeLessThan(10);
  });

  const words = `y N yes No on OFF True false null ~ yEs nUll truer _1 é = -a .a
    0 -0 0755 0x1F 1_000 +7 .5 -.5e1 1. 1e3 1.2.3 12:30 2020-01-01`;
  it.each(words.split(/\s+/))('reads the word `%s` as the first reader does, as a key and as a value', (word) => {
    const text = `${word === '~' || /null/.test(word) ? 'a' : word}: ${word}\nb:\n- ${word}\n`;
    expect(readDeepYaml(text)).toEqual(readYamlDocuments(text));
  });

  it.each([
    'a: 1\nb: [x, {c: yes, d: "on"}, []]\n---\n- 0755\n- - 1.5\n  - ~\n-\n  x: >-\n    folded\n    text\n',
    "on: 1\n1.50: 'it''s'\n\"q\": text\n",
    'a: {b: , c: [1, 2,]}\n# end\n',
    '__proto__: {x: 1}\nconstructor: 2\n',
    '{"a": [true, null, -1e3], "b": {}}',
    'text: several words\nmore: 2020-01-01\nempty:\n',
  ])('reads what the first reader reads: %j', (text) => {
    expect(readDeepYaml(text)).toEqual(readYamlDocuments(text));
  });

  it.each([
    'a: &x 1\nb: *x\n',
    'a: !!str 1\n',
    'x: {<<: {a: 1}}\n',
    '? [a]\n: 1\n',
    'a: [1\n',
    '%YAML 1.1\n---\na: 1\n',
    'a: `b`\n',
    '@a: 1\n',
    'a: "\\z"\n',
  ])('leaves %j to the first reader', (text) => {
    expect(readDeepYaml(text)).toBeUndefined();
  });

  it('F38: finds a key that is there twice, with its line', () => {
    expect(() => readDeepYaml('a: 1\nb: {c: 1}\na: 2\n')).toThrow('3:1: the key "a" was already there');
  });

  it.each([['['.repeat(100_000)], ['- '.repeat(100_000)], ['{a: '.repeat(100_000)]])(
    'F38: nesting without end is left alone at once',
    (text) => {
      expect(readDeepYaml(text)).toBeUndefined();
    },
  );

  it('F38: looks through many rows of dashes once', () => {
    const text = `${`${'- '.repeat(990)}x`.repeat(2_500)}${'['.repeat(20_000)}`;
    expect(cpuSeconds(() => expect(readDeepYaml(text)).toBeUndefined())).toBeLessThan(2);
  });
});
