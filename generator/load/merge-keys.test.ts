import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../tests/support/cpu-seconds.js';
import { show } from '../../tests/support/fidelity-example.js';
import { mayMerge } from './documents.js';
import { toDiagnostics } from './located.js';
import { overriddenMergeKeys } from './merge-keys.js';

async function warnings(text: string): Promise<string[]> {
  const found = await toDiagnostics(overriddenMergeKeys(text, 'a.yaml'), text);
  return found.map(({ severity, line, path, message }) => `${severity} ${line} ${path}: ${message}`);
}

describe('merge keys', () => {
  it('F37, V18: a key that overrides a merged one is a warning, with its place', async (context) => {
    const text = 'versions:\n  - &v\n    name: v1\n    served: true\n  - <<: *v\n    name: v2\n';
    const found = await warnings(text);
    expect(found).toEqual([
      'warning 6 versions[1]: the key "name" is merged in by << too: the API server takes it for a duplicate under strict validation',
    ]);
    show(context, { given: text, printed: found.join('\n') });
  });

  it.each([
    'a: &a {x: 1}\nb: {<<: *a, y: 2}\n',
    'a: {x: 1, y: 2}\n',
    'a: &a {x: 1}\nb: &b {<<: *a}\nc: [{<<: *b, y: 1}]\n',
  ])('nothing is wrong with %j', async (text) => {
    expect(await warnings(text)).toEqual([]);
  });

  it('finds them behind lists and through merged objects', async () => {
    const text = 'a: &a {x: 1}\nb: &b {<<: *a}\nc: {<<: [{z: 1}, *b], x: 2}\n---\nd: {<<: {p: 1}, p: 2}\n';
    expect((await warnings(text)).map((line) => line.split(':')[0])).toEqual(['warning 3 c', 'warning 5 d']);
  });

  it('takes a name for what it stands for at that line, and a list that has one', async () => {
    const text =
      'a: &a {x: 1}\nb: {<<: *a, x: 2}\nc: &a {y: 1}\nd: {<<: *a, x: 3}\ne: &l [*a, {z: 1}]\nf: {<<: *l, z: 2}\n';
    expect((await warnings(text)).map((line) => line.split(':')[0])).toEqual(['warning 2 b', 'warning 6 f']);
  });

  it.each([
    ['each merges the one before twice', (i: number) => `x${i}: &x${i} {<<: [*x${i - 1}, *x${i - 1}]}`, 60],
    ['each merges the one before', (i: number) => `x${i}: &x${i} {<<: *x${i - 1}}`, 20_000],
    ['all merge the first', (i: number) => `x${i}: {<<: *x0, z: 1}`, 20_000],
  ])('F38: ends soon where of many objects %s', (_what, line, count) => {
    const lines = ['x0: &x0 {k: 1}', ...Array.from({ length: count }, (_, i) => line(i + 1)), `y: &y {<<: *x0, k: 1}`];
    const seconds = cpuSeconds(() => {
      expect(overriddenMergeKeys(lines.join('\n'), 'a.yaml').map(({ fault }) => fault.path)).toEqual([['y']]);
    });
    expect(seconds).toBeLessThan(10);
  });

  it('looks only where there is a merge key', () => {
    expect([mayMerge('a:\n  <<: *b'), mayMerge('{<<: *b}'), mayMerge('- <<: *b'), mayMerge('a: "x << y"')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
