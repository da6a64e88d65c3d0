import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { addFiles, crd, filesIn, folderWith } from './folder.js';
import { cleanEnv, cliCommand, runCli } from './run-cli.js';

const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8')) as object;
/** The schema as it is, and one that forbids what it does not name: no field may be left out of it. */
const validate = new Ajv({ strict: false }).compile(schema);
const named = new Set([...JSON.stringify(schema).matchAll(/"([\w]+)":\{/g)].map(([, name]) => name));

async function reportOf(cwd: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await runCli([...args, '--json', '--quiet'], { cwd });
  const report = JSON.parse(stdout) as Record<string, unknown>;
  expect([validate(report), validate.errors]).toEqual([true, null]);
  const target = (report['targets'] as object[] | undefined)?.[0] ?? {};
  for (const key of [...Object.keys(report), ...Object.keys(target)]) expect(named).toContain(key);
  return report;
}

describe('the report', () => {
  it('--json keeps to schemas/report.schema.json, whatever happens', async () => {
    const cwd = folderWith({
      'foo.yaml': crd('Foo'),
      'bad.yaml': crd('Bar', 'strng'),
      'service.yaml': 'apiVersion: v1\nkind: Service\n',
      'two.json': '{ "targets": [{ "input": "foo.yaml", "out": "a" }, { "input": "foo.yaml", "out": "b" }] }',
    });
    expect(await reportOf(cwd, 'foo.yaml', '--check')).toMatchObject({
      exitCode: 1,
      check: true,
      mend: 'npx kube-gen foo.yaml',
      files: expect.arrayContaining([
        { path: 'example.dev/v1/foo.ts', state: 'written', reason: 'missing' },
      ]) as unknown,
    });
    expect(await reportOf(cwd, 'foo.yaml', 'service.yaml')).toMatchObject({
      exitCode: 0,
      skipped: { Service: 1 },
      install: 'npm install @kube-gen/runtime',
    });
    expect(await reportOf(cwd, 'bad.yaml')).toMatchObject({
      exitCode: 2,
      files: [],
      diagnostics: [{ severity: 'error', file: 'bad.yaml', line: 21 }],
    });
    expect(await reportOf(cwd, '--config', 'two.json')).toMatchObject({ targets: [{ out: 'a' }, { out: 'b' }] });
    expect(validate({ report: 2 })).toBe(false);
  });

  it('says how to install the runtime where it is not, with the package manager of the project', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), 'deep/pnpm-lock.yaml': '', 'yarn.lock': '' });
    const hint = async (...args: string[]): Promise<string | undefined> =>
      (await runCli(['foo.yaml', ...args], { cwd })).stderr.find((line) => line.includes('is not installed'));
    expect(await hint()).toBe(
      'generated/ imports @kube-gen/runtime, which is not installed there. Run: yarn add @kube-gen/runtime',
    );
    expect(await hint('-o', 'deep/out')).toContain('Run: pnpm add @kube-gen/runtime');
    expect(await hint('--quiet')).toBeUndefined();
    expect(await hint('--check')).toBeUndefined();
    addFiles(cwd, {
      'node_modules/@kube-gen/runtime/package.json':
        '{ "name": "@kube-gen/runtime", "exports": { "./codegen1": "./a.js" } }',
      'node_modules/@kube-gen/runtime/a.js': '',
    });
    expect(await hint()).toBeUndefined();
    addFiles(cwd, { 'package.json': '<<<<<<< ours' });
    expect(await runCli(['foo.yaml'], { cwd })).toMatchObject({ code: 0, stderr: [/0 written, 3 unchanged/] });
  });

  it('in GitHub Actions each fault and each difference is an annotation of its file', async () => {
    const cwd = folderWith({ 'app/foo.yaml': crd('Foo'), 'app/bad.yaml': crd('Bar', 'strng') });
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd };
    const lines = async (...args: string[]): Promise<string[]> =>
      (await runCli(args, { cwd: join(cwd, 'app'), env })).stderr.filter((line) => line.startsWith('::'));
    expect(await lines('bad.yaml')).toEqual([
      '::error file=app/bad.yaml,line=21,title=kube-gen::spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.size: type "strng" is not a JSON type. Did you mean "string"?',
    ]);
    const missing = await lines('foo.yaml', '--check', '-o', 'out,1');
    expect(missing[0]).toBe(
      '::error file=app/out%2C1/example.dev/v1/foo.ts,title=kube-gen::is missing. Run: npx kube-gen foo.yaml -o out,1',
    );
    expect(missing).toHaveLength(4);
    expect(await lines('foo.yaml')).toEqual([]);
    expect((await runCli(['bad.yaml'], { cwd: join(cwd, 'app') })).stderr.join('\n')).not.toContain('::');
    expect(Object.keys(filesIn(join(cwd, 'app')))).toContain('generated/index.ts');
  });

  it('is plain text where nobody looks, and with NO_COLOR everywhere', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), 'bad.yaml': crd('Bar', 'strng') });
    const { stderr } = await runCli(['.'], { cwd });
    expect(stderr.join('')).not.toMatch(/[\u0000-\u001F]/);
    // `script` gives a program a terminal.
    const onTerminal = (env: Record<string, string>): { status: number | null; stdout: string } =>
      spawnSync('script', ['-qec', [process.execPath, ...cliCommand, 'bad.yaml'].join(' '), '/dev/null'], {
        cwd,
        encoding: 'utf8',
        env: { ...cleanEnv({ TERM: 'xterm-256color', ...env }) },
      });
    if (spawnSync('script', ['--version']).status !== 0) {
      process.stderr.write('there is no script(1): no terminal is tried\n');
      return;
    }
    for (const env of [{}, { NO_COLOR: '' }])
      expect(onTerminal(env).stdout).toContain('\u001B[31mbad.yaml:21:\u001B[39m spec.versions[0]');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) expect(onTerminal(env).stdout).not.toContain('\u001B');
  });
});
