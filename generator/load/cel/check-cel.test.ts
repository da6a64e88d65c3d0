import { expect, it } from 'vitest';
import { costlyCrd } from '../../../tests/support/cel/costly-rules.js';
import { generate } from '../../generate.js';

/** What is said about a file with a CRD, and at which line. */
async function said(crd: Record<string, unknown>): Promise<string[]> {
  const { diagnostics } = await generate([{ file: 'foo.json', text: JSON.stringify(crd, undefined, 1) }]);
  return diagnostics.map(
    ({ severity, file, line, path, message }) => `${severity} ${file}:${line} ${path}: ${message}`,
  );
}

it('F37: tells of a rule that does not compile, and of one that costs too much, with file, line and schema path', async () => {
  expect(
    await said(
      costlyCrd([
        ['spec', 'self.nothing'],
        ['spec', 'self.text.contains(self.other)'],
      ]),
    ),
  ).toEqual([
    expect.stringMatching(
      /^warning foo\.json:\d+ .*spec\.x-kubernetes-validations\[0\]\.rule: does not compile: there is no field "nothing"/,
    ),
    expect.stringMatching(
      /^warning foo\.json:\d+ .*spec\.x-kubernetes-validations\[1\]\.rule: costs too much: Kubernetes 1\.37 estimates /,
    ),
  ]);
});

it('F37: says nothing where all rules are cheap at first sight', async () => {
  expect(await said(costlyCrd([['spec', 'self == oldSelf']]))).toEqual([]);
});
