import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../tests/support/cpu-seconds.js';
import { readPositions } from './positions.js';

const text = `# a comment
kind: A
---
apiVersion: apiextensions.k8s.io/v1
spec:
  versions:
    - name: v1
      schema: {
        openAPIV3Schema: { type: object,
          properties: { "x.y": { type: strng } } } }
    -
      name: v2
  anchored: &a
    inner: 1
  alias: *a
  "quoted": 2
  ? explicit
  : 3
`;

describe('readPositions', () => {
  const positions = readPositions(text);

  it.each<[(string | number)[], number]>([
    [[], 4],
    [['spec'], 5],
    [['spec', 'versions', 0], 7],
    [['spec', 'versions', 0, 'schema', 'openAPIV3Schema'], 9],
    [['spec', 'versions', 0, 'schema', 'openAPIV3Schema', 'properties', 'x.y', 'type'], 10],
    [['spec', 'versions', 1, 'name'], 12],
    [['spec', 'anchored', 'inner'], 14],
    [['spec', 'quoted'], 16],
    [['spec', 'explicit'], 17],
  ])('finds %j in line %i', (path, line) => {
    expect(positions.lineOf(1, path)).toBe(line);
  });

  it('finds keys that YAML reads as booleans', () => {
    const words = readPositions('y: 1\n"n": 2\nOff: 3\nyES: 4\n');
    expect(['true', 'n', 'false', 'yES'].map((key) => words.lineOf(0, [key]))).toEqual([1, 2, 3, 4]);
  });

  it('falls back to what exists of a path: a missing field, an alias', () => {
    expect(positions.lineOf(1, ['spec', 'scope'])).toBe(5);
    expect(positions.lineOf(1, ['spec', 'alias', 'inner'])).toBe(15);
    expect(positions.lineOf(1, ['spec', 'versions', 7, 'name'])).toBe(6);
  });

  it('counts documents as the reader does', () => {
    expect(positions.lineOf(0, ['kind'])).toBe(2);
    expect(positions.lineOf(2, ['kind'])).toBeUndefined();
  });

  it('reads JSON, with tabs and everything on one line too', () => {
    const json = readPositions('{\n\t"spec": {\n\t\t"group": 7,\n\t\t"names": {"kind": 1}\n\t}\n}');
    expect(json.lineOf(0, ['spec', 'group'])).toBe(3);
    expect(json.lineOf(0, ['spec', 'names', 'kind'])).toBe(4);
    expect(readPositions('{"spec":{"group":7}}').lineOf(0, ['spec', 'group'])).toBe(1);
  });

  it('reads JSON that has one long line, escapes in keys, and what only looks like brackets', () => {
    const json = readPositions(
      '\n\n{"a \\"{b": [1, "]", {"\\u0063": true}],\n"d": {"e": "\\\\",\n"f": [[], {}, null, -1.5e3]}}',
    );
    expect(json.lineOf(0, [])).toBe(3);
    expect(json.lineOf(0, ['a "{b', 2, 'c'])).toBe(3);
    expect(json.lineOf(0, ['d', 'e'])).toBe(4);
    expect(json.lineOf(0, ['d', 'f', 3])).toBe(5);
    expect(json.lineOf(0, ['d', 'x', 3])).toBe(4);
    expect(json.lineOf(0, ['a "{b', 9])).toBe(3);
  });

  it.each<[string, string]>([
    ['unquoted keys', '{a:\n {\nspec: 1}}'],
    ['single quotes', '{"x": \'}\',\n"a":\n {"spec": 1}}'],
    ['comments', '{ # {\n"a":\n {"spec": 1}}'],
    ['anchors', '{\n"a": &x\n {"spec": 1}}'],
    ['an anchor before it', '{"x": &x 1,\n"a":\n {"spec": 1}}'],
    ['a second document', '{"a":\n\n {"spec": 1}}\n---\n{}'],
  ])('reads what begins like JSON and is not: %s', (_, yaml) => {
    const positions = readPositions(yaml);
    expect([positions.lineOf(0, ['a', 'spec']), positions.lineOf(0, ['a', 'spec'])]).toEqual([3, 3]);
  });

  it.each<[number, number]>([
    [0, 2],
    [1, 3],
    [2, 5],
  ])('finds a line of JSON object %i of several', (document, line) => {
    const json = readPositions('\n{"spec": {"x": 1}}\n{"spec": {"x": 2}} {\n\n"spec": {"x": 3}}\n');
    expect(json.lineOf(document, ['spec', 'x'])).toBe(line);
  });

  it.each(['- 10: {"a\n":1, b: 2}\n', '- 1.0: [a\n, b]\n  b: 2\n'])('finds some line in %j, too', (yaml) => {
    expect(readPositions(yaml).lineOf(0, [0, 'b'])).toBe(1);
  });

  it.each<[string, string, number, number]>([
    ['behind a quote that nobody closes', "a: 'x\n---\nb: 1\n", 1, 3],
    ['behind a list that nobody closes', 'c: 1\n---\na: [x\n---\nb: 1\n', 2, 5],
    ['behind comments and directives', '# a\n%YAML 1.1\n\n---\nb: 1\n', 0, 5],
    ['behind a document of comments', '---\n# a\n--- # b\nb: 1\n', 1, 4],
    ['behind the end of one', 'a: 1\n...\n# a\n---\nb: 1\n---\n', 1, 5],
  ])('finds a line %s', (_, yaml, document, line) => {
    expect(readPositions(yaml).lineOf(document, ['b'])).toBe(line);
  });

  it('walks 10,000 levels without falling over', () => {
    const depth = 10_000;
    const deep = readPositions(`${'{"a":\n'.repeat(depth)}1${'}'.repeat(depth)}`);
    expect(
      deep.lineOf(
        0,
        Array.from({ length: depth }, () => 'a'),
      ),
    ).toBe(depth);
  });

  it('F37: finds thousands of lines among a million of JSON', () => {
    const json = `[\n${'1,\n'.repeat(1_000_000)}1]`;
    const positions = readPositions(json);
    const seconds = cpuSeconds(() => {
      for (let i = 0; i < 1_000_000; i += 250) expect(positions.lineOf(0, [i])).toBe(i + 2);
    });
    expect(seconds).toBeLessThan(10);
  });

  it('finds thousands of lines of YAML in one object', () => {
    const count = 20_000;
    const positions = readPositions(Array.from({ length: count }, (_, i) => `k${i}: {a: 1}\n`).join(''));
    const seconds = cpuSeconds(() => {
      for (let i = 0; i < count; i += 20) expect(positions.lineOf(0, [`k${i}`, 'a'])).toBe(i + 1);
    });
    expect(seconds).toBeLessThan(3);
  });

  it('finds a line of JSON below thousands of levels around a large value', () => {
    const levels = 5000;
    const json = `${'{"a":'.repeat(levels)}{"b": [${'1,'.repeat(500_000)}1],\n"d": 1}${'}'.repeat(levels)}`;
    const path = [...Array.from({ length: levels }, () => 'a'), 'd'];
    expect(cpuSeconds(() => expect(readPositions(json).lineOf(0, path)).toBe(2))).toBeLessThan(3);
  });
});
