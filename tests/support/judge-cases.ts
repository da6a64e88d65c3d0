import { expect, it } from 'vitest';
import { showCrd } from './fidelity-example.js';
import { judge, type TypeCase } from './type-judge.js';

/** A test for each case: the compiler must agree. What passes is an example in docs/fidelity.md. */
export function judgeCases(cases: Readonly<Record<string, TypeCase>>): void {
  const verdicts = judge(cases);
  it.for(Object.entries(cases))('%s', ([title, { crd }], context) => {
    expect(verdicts[title]).toEqual([]);
    showCrd(context, crd);
  });
}
