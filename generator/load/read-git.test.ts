import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addFiles, folderWith } from '../../tests/cli/folder.js';
import { repository } from '../../tests/cli/repository.js';
import { readGit } from './read-git.js';

const read = async (input: string, cwd: string): Promise<Record<string, string>> =>
  Object.fromEntries((await readGit(input, cwd)).map(({ file, text }) => [file, text]));

describe('git:REF:path', () => {
  it('is a file or a folder of a commit, relative to the working folder; the working tree does not matter', async () => {
    const cwd = repository({
      'crds/deep/ä foo.yaml': 'a: 1',
      'crds/b.json': '{}',
      'crds/.hidden.yaml': '',
      'crds/node_modules/x.yaml': '',
      'README.md': '',
    });
    addFiles(cwd, { 'crds/b.json': 'changed', 'crds/new.yaml': '' });
    expect(await read('git:HEAD:crds/b.json', cwd)).toEqual({ 'git:HEAD:crds/b.json': '{}' });
    const all = { 'git:main:crds/b.json': '{}', 'git:main:crds/deep/ä foo.yaml': 'a: 1' };
    expect(await read('git:main:crds', cwd)).toEqual(all);
    expect(await read('git:main:crds/', cwd)).toEqual(all);
    expect(await read('git:main:', cwd)).toEqual(all);
    expect(await read('git:main:./deep', join(cwd, 'crds'))).toEqual({ 'git:main:deep/ä foo.yaml': 'a: 1' });
    expect(await read('git:HEAD~0:.', join(cwd, 'crds/deep'))).toEqual({ 'git:HEAD~0:ä foo.yaml': 'a: 1' });
  });

  it('says what is not there', async () => {
    const cwd = repository({ 'crds/a.yaml': '', 'docs/README.md': '' });
    const cases: [input: string, message: string][] = [
      ['git:nope:crds', 'git knows no "nope" here'],
      ['git:--help:crds', 'git knows no "--help" here'],
      ['git::crds', 'git knows no "" here'],
      ['git:main:nope', 'there is no "nope" in main'],
      ['git:main:docs', 'no *.yaml, *.yml or *.json file in this folder'],
      ['git:main', 'must be git:REF:path'],
    ];
    for (const [input, message] of cases) await expect(readGit(input, cwd)).rejects.toThrow(message);
    await expect(readGit('git:main:a.yaml', folderWith({ 'a.yaml': '' }))).rejects.toThrow(
      'this folder belongs to no git repository',
    );
  });
});
