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

function kind(selectableFields: readonly string[], plural = 'foos', version = 'v1'): CheckedKind {
  return {
    read: type,
    manifest: type,
    definition: { group: 'example.dev', version, kind: 'Foo', plural, selectableFields },
  };
}

/** What is told of the kinds of two folders. */
function told(old: readonly CheckedKind[], now: readonly CheckedKind[]): string[] {
  const { changes, compared, comparedKinds } = compareKinds({ kindsOf: (folder) => (folder === 'old' ? old : now) });
  return [
    ...changes.map((one) => `${one.plural ?? one.kind} ${one.version} ${one.change} ${one.path}: ${one.advice}`),
    `${compared} of ${comparedKinds}`,
  ];
}

it('pairs several resources of one kind by their plurals, and names these', () => {
  const [plain, processed] = [kind(['.spec.a']), kind([], 'processedfoos')];
  const gained = 'v1 definition selectableFields: Nothing to do; field selectors may use it.';
  const free = 'Nothing to do; it can be used from now on.';
  expect(told([plain, processed], [processed, kind(['.spec.a', '.spec.b'])])).toEqual([`foos ${gained}`, '2 of 2']);
  expect(told([plain], [processed, plain])).toEqual([`processedfoos v1 kind-added : ${free}`, '1 of 1']);
  expect(told([processed, plain], [plain, kind([], 'processedfoos', 'v2')])).toEqual([
    `processedfoos v1 version-removed : Move to v2: nothing is generated for v1 any more.`,
    `processedfoos v2 version-added : ${free}`,
    '1 of 1',
  ]);
});

it('takes one resource of a kind on each side for the same, whatever its plural', () => {
  expect(told([kind([])], [kind([], 'fooz')])).toEqual([
    expect.stringMatching(/^Foo v1 definition plural: /),
    '1 of 1',
  ]);
});

it('tells of more changes of one kind than a call takes arguments, in time that grows with their number', () => {
  const paths = (of: string): string[] => Array.from({ length: 100_000 }, (_, i) => `.spec.${of}${i}`);
  const [old, now] = [kind(paths('old')), kind(paths('new'))];
  const seconds = cpuSeconds(() => {
    const { changes } = compareKinds({ kindsOf: (folder) => [folder === 'old' ? old : now] });
    expect(changes).toHaveLength(200_000);
  });
  expect(seconds).toBeLessThan(5);
});
