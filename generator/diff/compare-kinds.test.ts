import { expect, it } from 'vitest';
import { cpuSeconds } from '../../tests/support/cpu-seconds.js';
import type { CheckedKind, CheckedType } from '../tools/ts-morph.js';
import { compareKinds } from './compare-kinds.js';

const type: CheckedType = {
  id: 1,
  text: 'Foo',
  shape: 'object',
  parts: [],
  fields: new Map(),
  values: undefined,
  items: undefined,
  isAssignableTo: () => true,
};

function kind(selectableFields: readonly string[]): CheckedKind {
  return {
    read: type,
    manifest: type,
    definition: { group: 'example.dev', version: 'v1', kind: 'Foo', selectableFields },
  };
}

it('tells of more changes of one kind than a call takes arguments, in time that grows with their number', () => {
  const paths = (of: string): string[] => Array.from({ length: 100_000 }, (_, i) => `.spec.${of}${i}`);
  const [old, now] = [kind(paths('old')), kind(paths('new'))];
  const seconds = cpuSeconds(() => {
    const { changes } = compareKinds({ kindsOf: (folder) => [folder === 'old' ? old : now] });
    expect(changes).toHaveLength(200_000);
  });
  expect(seconds).toBeLessThan(5);
});
