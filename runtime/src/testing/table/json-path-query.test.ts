import { expect, it } from 'vitest';
import { cpuSeconds } from '../../../../tests/support/cpu-seconds.js';
import { queryJsonPath } from './json-path-query.js';

const object = {
  spec: { replicas: 3, 'a.b': 'dotted', list: [1, 2, 3], none: null },
  metadata: { labels: { 'example.dev/tier': 'web' } },
  status: {
    conditions: [
      { type: 'Ready', status: 'True', n: 1 },
      { type: 'Done', status: 'False', n: 2 },
    ],
  },
};

it.each([
  ['.spec.replicas', [3]],
  ['{.spec.replicas}', [3]],
  ['$.spec.replicas', [3]],
  ['.spec.none', [null]],
  ['.spec.missing.deeper', []],
  [".spec['a.b']", ['dotted']],
  ['.spec.a\\.b', ['dotted']],
  [".metadata.labels['example\\.dev/tier']", ['web']],
  ['.metadata.labels["example.dev/tier"]', ['web']],
  ['.spec.list[0]', [1]],
  ['.spec.list[-1]', [3]],
  ['.spec.list[-2]', [2]],
  ['.spec.list[9]', []],
  ['.spec.list[1:]', [2, 3]],
  ['.spec.list[*]', [1, 2, 3]],
  ['.status.conditions[*].type', ['Ready', 'Done']],
  ['.status.conditions[?(@.type=="Ready")].status', ['True']],
  [".status.conditions[?(@.type == 'Done')].status", ['False']],
  ['.status.conditions[?(@.n>=2)].type', ['Done']],
  ['.status.conditions[?(@.n!=2)].type', ['Ready']],
  ['.status.conditions[?(@.reason)].type', []],
  ['.spec.constructor', []],
  ['.spec..replicas', undefined],
  ['spec', undefined],
  ['.status.conditions[?(@.type~"x")].type', undefined],
])('%s finds %j', (path, found) => {
  expect(queryJsonPath(object, path)).toEqual(found);
});

it('looks through a filter with very many blanks once', () => {
  const path = `.status.conditions[?(@.n<!${' '.repeat(50_000)}x)].type`;
  expect(cpuSeconds(() => expect(queryJsonPath(object, path)).toBeUndefined())).toBeLessThan(2);
});
