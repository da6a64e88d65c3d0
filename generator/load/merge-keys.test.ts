import { describe, expect, it } from 'vitest';
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

  it('looks only where there is a merge key', () => {
    expect([mayMerge('a:\n  <<: *b'), mayMerge('{<<: *b}'), mayMerge('- <<: *b'), mayMerge('a: "x << y"')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
