import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { addFiles, crd, folderWith } from './folder.js';
import { runCli } from './run-cli.js';

const schema = JSON.parse(readFileSync(new URL('../../schemas/diff.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv({ strict: false }).compile(schema);

/** A folder that is a repository, with one commit. */
function repository(files: Readonly<Record<string, string>>): string {
  const cwd = folderWith(files);
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.dev', ...args], { cwd, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
  return cwd;
}

describe('kube-gen diff', { timeout: 60_000 }, () => {
  it('exits 0 without a change, 1 with a breaking one, 2 for a bad input', async () => {
    const cwd = folderWith({ 'a.yaml': crd('Foo'), 'b.yaml': crd('Foo', 'integer'), 'bad.yaml': crd('Foo', 'strng') });
    expect(await runCli(['diff', 'a.yaml', 'a.yaml'], { cwd })).toMatchObject({
      code: 0,
      stdout: 'no change for TypeScript users; 1 resource compared\n',
      stderr: [''],
    });
    expect(await runCli(['diff', 'a.yaml', 'b.yaml'], { cwd })).toMatchObject({
      code: 1,
      stdout: `Foo (example.dev/v1)
  BREAKING  spec.size: type changed: optional string -> optional number
            objects read, manifests written: Adapt to the new type wherever it is read and in the manifests that you write.

1 breaking change, 0 safe changes; 1 resource compared
`,
    });
    const { code, stdout, stderr } = await runCli(['diff', 'a.yaml', 'bad.yaml'], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.join()).toContain('bad.yaml:21: ');
    const none = await runCli(['diff', 'nope.yaml', 'gone.yaml'], { cwd });
    expect([none.code, none.stderr]).toEqual([
      2,
      ['nope.yaml: no such file or folder', 'gone.yaml: no such file or folder'],
    ]);
  });

  it('a safe change exits 0', async () => {
    const cwd = folderWith({ 'old/a.yaml': crd('Foo'), 'new/a.yaml': crd('Foo'), 'new/b.yaml': crd('Bar') });
    const { code, stdout } = await runCli(['diff', 'old', 'new'], { cwd });
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('Bar (example.dev/v1)\n  safe      Bar: new kind\n') as string,
    ]);
  });

  it('reads files and folders of a commit, from any folder of the repository', async () => {
    const cwd = repository({ 'crds/deep/foo.yaml': crd('Foo'), 'crds/.hidden.yaml': '{', 'README.md': '' });
    addFiles(cwd, { 'crds/deep/foo.yaml': crd('Foo', 'integer') });
    const breaks = 'spec.size: type changed';
    const run = async (folder: string, ...args: string[]): Promise<[number | null, string]> => {
      const { code, stdout, stderr } = await runCli(['diff', ...args], { cwd: join(cwd, folder) });
      return [code, stdout + stderr.join('\n')];
    };
    expect(await run('.', 'git:HEAD:crds', 'crds')).toEqual([1, expect.stringContaining(breaks) as string]);
    expect(await run('.', 'git:main:crds/deep/foo.yaml', 'crds/deep/foo.yaml')).toEqual([
      1,
      expect.stringContaining(breaks) as string,
    ]);
    expect(await run('crds', 'git:main:./deep/', '.')).toEqual([1, expect.stringContaining(breaks) as string]);
    expect(await run('.', 'git:main:', 'git:HEAD:.')).toEqual([0, expect.stringContaining('no change') as string]);
    expect(await run('.', 'git:nope:crds', 'crds')).toEqual([
      2,
      expect.stringContaining('git knows no "nope"') as string,
    ]);
    expect(await run('.', 'git:--help:crds', 'crds')).toEqual([2, expect.stringContaining('git knows no') as string]);
    expect(await run('.', 'git:main:nope', 'crds')).toEqual([
      2,
      expect.stringContaining('there is no "nope" in main') as string,
    ]);
    expect(await run('.', 'git:main', 'crds')).toEqual([2, expect.stringContaining('must be git:REF:path') as string]);
  });

  it('says so where there is no repository', async () => {
    const { code, stderr } = await runCli(['diff', 'git:main:a.yaml', 'a.yaml'], {
      cwd: folderWith({ 'a.yaml': crd('Foo') }),
      env: { GIT_CEILING_DIRECTORIES: '/' },
    });
    expect([code, stderr]).toEqual([2, ['git:main:a.yaml: this folder belongs to no git repository']]);
  });

  it('--json keeps to schemas/diff.schema.json, whatever happens', async () => {
    const cwd = folderWith({ 'a.yaml': crd('Foo'), 'b.yaml': crd('Foo', 'integer'), 'bad.yaml': crd('Foo', 'strng') });
    const report = async (old: string, now: string): Promise<Record<string, unknown>> => {
      const { stdout } = await runCli(['diff', old, now, '--json'], { cwd });
      const read = JSON.parse(stdout) as Record<string, unknown>;
      expect([validate(read), validate.errors]).toEqual([true, null]);
      return read;
    };
    expect(await report('a.yaml', 'b.yaml')).toMatchObject({
      diff: 1,
      exitCode: 1,
      counts: { breaking: 1, safe: 0 },
      changes: [
        {
          kind: 'Foo',
          path: 'spec.size',
          change: 'type',
          breaking: true,
          breaks: ['reads', 'writes'],
          old: { type: 'string', optional: true },
          new: { type: 'number', optional: true },
        },
      ],
    });
    expect(await report('a.yaml', 'a.yaml')).toMatchObject({ exitCode: 0, changes: [], compared: 1 });
    expect(await report('a.yaml', 'bad.yaml')).toMatchObject({ exitCode: 2, changes: [], diagnostics: [{ line: 21 }] });
  });

  it('--format markdown is a comment whose tables no text of a CRD can break', async () => {
    const evil = crd('Foo').replace('size:', '"a|b`c\\n<img>":');
    const cwd = folderWith({ 'a.yaml': crd('Foo'), 'b.yaml': evil });
    const { stdout } = await runCli(['diff', 'a.yaml', 'b.yaml', '--format', 'markdown'], { cwd });
    expect(stdout).toContain('## What changed for TypeScript users\n');
    expect(stdout).toContain(
      '| **breaking** (objects read, manifests written) | `spec.size` | removed | `optional string` |  |',
    );
    const added = stdout.split('\n').filter((line) => line.includes('added'));
    expect(added).toHaveLength(1);
    expect(added[0]?.split(/(?<!\\)\|/)).toHaveLength(8);
  });

  it('needs two inputs, and says what is not there yet', async () => {
    const cwd = folderWith({ 'a.yaml': crd('Foo') });
    const said = async (...args: string[]): Promise<[number | null, string | undefined]> => {
      const { code, stderr } = await runCli(['diff', ...args], { cwd });
      return [code, stderr[0]];
    };
    expect(await said('a.yaml')).toEqual([
      2,
      'kube-gen: name two inputs, the old one and the new one; there is only one',
    ]);
    expect(await said('-', '-')).toEqual([2, 'kube-gen: standard input can be one side only']);
    expect(await said('a.yaml', '--cluster')).toEqual([
      2,
      'kube-gen: --cluster is not in this version of kube-gen diff yet',
    ]);
    expect(await said('a.yaml', 'a.yaml', '--format', 'markdwn')).toEqual([
      2,
      'kube-gen: --format must be one of text, markdown, not "markdwn". Did you mean "markdown"?',
    ]);
  });
});
