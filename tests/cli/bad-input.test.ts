import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addFiles, crd, filesIn, folderWith } from './folder.js';
import { runCli } from './run-cli.js';

const corpus = process.env['KUBE_GEN_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const nameValue = join(corpus, 'crds/apiextensions-apiserver/nameValue.yaml');
if (!existsSync(nameValue)) process.stderr.write(`tests/cli: no corpus at ${corpus}; set KUBE_GEN_CORPUS\n`);

/** Runs it, demands exit code 2, and that nothing changed on disk. */
async function refused(args: readonly string[], cwd: string): Promise<string[]> {
  const before = filesIn(cwd);
  const { code, stdout, stderr } = await runCli(args, { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(filesIn(cwd)).toEqual(before);
  expect(existsSync(join(cwd, 'generated'))).toBe('generated/own.ts' in before);
  return stderr;
}

describe('bad input: exit code 2, and nothing written', () => {
  it('a folder without CRDs', async () => {
    const cwd = folderWith({ 'crds/a.yaml': 'apiVersion: v1\nkind: Service\n', 'empty/readme.txt': '' });
    expect(await refused(['crds'], cwd)).toEqual([
      'crds/a.yaml: no CustomResourceDefinition or OpenAPI document found, only other kinds: 1 Service',
      'skipped 1 document of other kinds: 1 Service',
      '1 error: nothing was written',
    ]);
    expect(await refused(['empty'], cwd)).toEqual([
      'empty: no *.yaml, *.yml or *.json file in this folder',
      '1 error: nothing was written',
    ]);
  });

  it('broken YAML, with its line, and the faults of the other files too', async () => {
    const cwd = folderWith({
      'a.yaml': `${crd('Foo')}  broken: [\n`,
      'b.yaml': crd('Bar', 'strng'),
      'c.yaml': crd('Baz'),
    });
    const stderr = await refused(['a.yaml', 'b.yaml', 'c.yaml', 'missing.yaml'], cwd);
    expect(stderr).toHaveLength(4);
    expect(stderr.find((line) => line.startsWith('a.yaml'))).toMatch(/^a\.yaml:2\d: /);
    expect(stderr).toContain(
      'b.yaml:21: spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.size: type "strng" is not a JSON type. Did you mean "string"?',
    );
    expect(stderr).toContain('missing.yaml: no such file or folder');
    expect(stderr.at(-1)).toBe('3 errors: nothing was written');
  });

  it('a Helm template', async () => {
    const cwd = folderWith({ 'a.yaml': `{{- if .Values.crds }}\n${crd('Foo')}{{- end }}\n` });
    expect((await refused(['.'], cwd))[0]).toContain('this looks like a Helm template; render it first');
  });

  it.skipIf(!existsSync(nameValue))('F37: the CRD in which every field has a meaningless value', async () => {
    const stderr = await refused([nameValue], folderWith({}));
    const errors = stderr.filter((line) => !line.includes(': warning: ')).map((line) => line.slice(nameValue.length));
    expect(errors.slice(0, -1).map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      ':49: spec.group',
      ':55: spec.names.plural',
      ':60: spec.scope',
      ':71: spec.versions[0].name',
      ':121: spec.versions[0].schema.openAPIV3Schema',
    ]);
    expect(errors.join('\n')).toMatch(/"scopeValue"[^]*"typeValue"/);
  });

  it('a folder that cannot be written', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), file: 'a file' });
    expect(await refused(['foo.yaml', '-o', 'file/out'], cwd)).toEqual([
      'file/out/: a part of the path is a file, not a folder',
      '1 error: nothing was written',
    ]);
    expect((await refused(['foo.yaml', '-o', 'file'], cwd))[0]).toBe(
      'file/: is in the way: it is a file, not a folder',
    );
    expect((await refused(['foo.yaml', '-o', '/proc/kube-gen'], cwd))[0]).toMatch(
      /^\/proc\/kube-gen\/: cannot be written: /,
    );
  });

  it('a file in the way that kube-gen did not write', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), 'generated/own.ts': 'mine', 'generated/index.ts': 'mine too' });
    expect(await refused(['foo.yaml'], cwd)).toEqual([
      'generated/index.ts: is in the way: kube-gen did not write it and will not overwrite it. Move it away, or choose another folder with --out.',
      '1 error: nothing was written',
    ]);
  });

  it('a link that leads out of the output folder', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), 'generated/own.ts': 'mine' });
    mkdirSync(join(cwd, 'elsewhere'));
    symlinkSync('../elsewhere', join(cwd, 'generated/example.dev'));
    expect((await refused(['foo.yaml'], cwd))[0]).toContain('generated/example.dev: is a symbolic link');
  });

  it('an unknown flag, no input', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo') });
    expect((await refused(['foo.yaml', '--chek'], cwd))[0]).toBe(
      'kube-gen: unknown option --chek. Did you mean --check?',
    );
    expect((await refused([], cwd))[0]).toBe(
      'kube-gen: no input: name a file, a folder, a glob, a URL, or - for standard input, or put one into kube-gen.config.json',
    );
  });

  it('the last good output stays when the input gets bad', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo') });
    await runCli(['foo.yaml', '-o', 'out'], { cwd });
    addFiles(cwd, { 'foo.yaml': crd('Foo', 'strng') });
    await refused(['foo.yaml', '-o', 'out'], cwd);
    expect(Object.keys(filesIn(join(cwd, 'out')))).toContain('example.dev/v1/foo.ts');
  });

  it('F39: a $ref is named and never followed', async () => {
    const cwd = folderWith({
      'foo.yaml': crd('Foo', 'string').replace('type: string', '$ref: file:///etc/passwd'),
      'bar.yaml': crd('Bar', 'string').replace('type: string', '$ref: http://127.0.0.1:1/x'),
    });
    const { stderr } = await runCli(['.'], { cwd });
    expect(stderr.filter((line) => line.includes('$ref is not allowed in a CRD and is not followed'))).toHaveLength(2);
    expect(Object.values(filesIn(join(cwd, 'generated'))).join('')).not.toContain('root:');
  });

  it('a misspelled command is taken for one', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo') });
    const { code, stderr } = await runCli(['sevre', 'foo.yaml'], { cwd });
    expect([code, stderr[0]]).toEqual([2, 'sevre: no such file or folder. Did you mean the command kube-gen serve?']);
    expect((await runCli(['crds', 'foo.yaml'], { cwd })).stderr[0]).toBe('crds: no such file or folder');
    const { stderr: help } = await runCli(['help', 'diff'], { cwd });
    expect(help[0]).toBe('help: no such file or folder. Did you mean kube-gen --help?');
  });

  it('paths, comment ends and templates in every text are inert', async () => {
    const evil = '*/ `${process.exit(9)}` {{x}} \\u2028';
    const cwd = folderWith({
      'a.yaml': crd('Foo').replace(
        'type: string',
        `type: string\n                  description: ${JSON.stringify(evil)}`,
      ),
      'b.yaml': crd('Bar').replace('group: example.dev', 'group: ../../evil'),
    });
    expect((await runCli(['a.yaml'], { cwd })).code).toBe(0);
    const { code, stderr } = await runCli(['b.yaml', '-o', 'x'], { cwd });
    expect([code, existsSync(join(cwd, 'x'))]).toEqual([2, false]);
    expect(stderr[0]).toContain('"../../evil"');
  });
});
