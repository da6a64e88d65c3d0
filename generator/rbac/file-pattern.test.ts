import { describe, expect, it } from 'vitest';
import { createFileFilter } from './file-pattern.js';

describe('the pattern of files to leave out', () => {
  it.each([
    ['**/*.test.ts', ['a.test.ts', 'src/a.test.ts', 'src/b/a.test.ts'], ['a.ts', 'a.test.tsx', 'a-test.ts']],
    ['src/*.ts', ['src/a.ts'], ['a.ts', 'src/b/a.ts', 'lib/src/a.ts']],
    ['tests', ['tests/a.ts', 'tests/b/a.ts'], ['tests.ts', 'src/tests/a.ts']],
    ['./tests/', ['tests/a.ts'], ['tests.ts']],
    ['**/{tests,e2e}/**', ['e2e/a.ts', 'src/tests/b/a.ts'], ['src/a.ts', 'src/tests.ts']],
    ['src/a?.ts', ['src/ab.ts'], ['src/a.ts', 'src/a/.ts']],
    ['a+(b).ts', ['a+(b).ts'], ['aab.ts']],
  ])('%s means %j and not %j', (pattern, yes, no) => {
    const { matches } = createFileFilter([pattern]);
    expect(yes.filter((path) => !matches(path))).toEqual([]);
    expect(no.filter(matches)).toEqual([]);
  });

  it('tells which never matched, though another one did', () => {
    const filter = createFileFilter(['**/*.ts', 'src', 'lib/**']);
    filter.matches('src/a.ts');
    expect(filter.unused()).toEqual(['lib/**']);
  });
});
