import { execFile } from 'node:child_process';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { addFiles, crd, filesIn, folderWith } from './folder.js';
import { cleanEnv, cliCommand, root, runCli } from './run-cli.js';

const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: s }\n';
const summary = (counts: string, subject: string): RegExp =>
  new RegExp(`^${subject.replaceAll(/[()]/g, String.raw`\$&`)}: ${counts} \\(\\d+\\.\\d s\\)$`);

describe('kube-gen', () => {
  it('generates, finds nothing to do the second time, and removes what is stale', async () => {
    const cwd = folderWith({
      'crds/foo.yaml': crd('Foo'),
      'crds/sub/bar.yml': crd('Bar'),
      'crds/service.yaml': service,
    });
    const first = await runCli(['crds'], { cwd });
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr[0]).toBe('skipped 1 document of other kinds: 1 Service');
    expect(first.stderr.at(-1)).toMatch(
      summary('4 written, 0 unchanged, 0 removed', '2 resources (1 group) from 2 files -> generated/'),
    );
    const made = filesIn(join(cwd, 'generated'));
    expect(Object.keys(made)).toEqual([
      '.kube-gen.json',
      'example.dev/v1/bar.ts',
      'example.dev/v1/foo.ts',
      'example.dev/v1/index.ts',
      'index.ts',
    ]);

    const old = new Date(1_000_000_000_000);
    for (const file of Object.keys(made)) utimesSync(join(cwd, 'generated', file), old, old);
    const second = await runCli(['crds'], { cwd });
    expect(second.stderr.at(-1)).toMatch(
      summary('0 written, 4 unchanged, 0 removed', '2 resources (1 group) from 2 files -> generated/'),
    );
    for (const file of Object.keys(made)) expect(statSync(join(cwd, 'generated', file)).mtime).toEqual(old);

    rmSync(join(cwd, 'crds/foo.yaml'));
    const third = await runCli(['crds'], { cwd });
    expect(third.stderr.at(-1)).toMatch(
      summary('1 written, 2 unchanged, 1 removed', '1 resource (1 group) from 1 file -> generated/'),
    );
    expect(Object.keys(filesIn(join(cwd, 'generated')))).not.toContain('example.dev/v1/foo.ts');
  });

  it('takes nothing that it wrote itself for an input', async () => {
    const cwd = folderWith({
      'crds/foo.yaml': crd('Foo').replace(
        'type: object',
        'type: object\n          description: "A CustomResourceDefinition"',
      ),
      'two.json': '{ "targets": [{ "input": "crds/**", "out": "crds/a" }, { "input": "crds/**", "out": "crds/b" }] }',
    });
    for (const counts of ['3 written, 0 unchanged', '0 written, 3 unchanged']) {
      const { code, stderr } = await runCli(['--config', 'two.json'], { cwd });
      expect([code, stderr.filter((line) => line.includes(counts)).length]).toEqual([0, 2]);
      expect(stderr.join('\n')).not.toContain('cannot be read');
    }
    rmSync(join(cwd, 'crds/foo.yaml'));
    expect((await runCli(['--config', 'two.json'], { cwd })).code).toBe(2);
    expect(Object.keys(filesIn(join(cwd, 'crds/a')))).toContain('example.dev/v1/foo.ts');
  });

  it.runIf(process.platform === 'linux')('reads a pipe that a shell names', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo') });
    const command = [process.execPath, ...cliCommand].map((word) => `'${word}'`).join(' ');
    const { stderr } = await promisify(execFile)('bash', ['-c', `${command} <(cat foo.yaml)`], {
      cwd,
      env: cleanEnv(),
    });
    expect(stderr).toContain('1 resource (1 group) from 1 file -> generated/: 3 written');
  });

  it.skipIf(process.platform === 'win32')('says that its working folder is gone', async () => {
    const cwd = folderWith({ 'foo.yaml': `${crd('Foo')}# ${'x'.repeat(300_000)}` });
    const command = [process.execPath, `${root}dist/cli/main.js`, join(cwd, 'foo.yaml')].map((word) => `'${word}'`);
    const script = `mkdir gone; cd gone; rmdir ../gone; ${command.join(' ')} 2>&1; echo "exit $?"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env: cleanEnv() });
    expect(stdout).toBe('kube-gen: the working folder is gone\nexit 2\n');
  });

  it('gives the same bytes for every order and way of naming the inputs', async () => {
    const cwd = folderWith({
      'a/foo.yaml': crd('Foo'),
      'a/bar.yaml': crd('Bar'),
      'all.yaml': `${crd('Bar')}---\n${crd('Foo')}`,
    });
    const ways = [['a/foo.yaml', 'a/bar.yaml'], ['a/bar.yaml', './a/foo.yaml', 'a'], ['a/*.yaml'], ['all.yaml']];
    const wanted = filesIn(await generated(cwd, ['a']));
    for (const inputs of ways)
      expect({ inputs, files: filesIn(await generated(cwd, inputs)) }).toEqual({ inputs, files: wanted });
    expect(filesIn(await generated(cwd, ['-'], readFileSync(join(cwd, 'all.yaml'), 'utf8')))).toEqual(wanted);
  });

  it('reads an http URL', async () => {
    const server = createServer((_request, response) => response.end(crd('Foo')));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    try {
      const cwd = folderWith({});
      const { port } = server.address() as AddressInfo;
      const { code } = await runCli([`http://127.0.0.1:${port}/foo.yaml`, '-o', 'out'], { cwd });
      expect(code).toBe(0);
      expect(Object.keys(filesIn(join(cwd, 'out')))).toContain('example.dev/v1/foo.ts');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('--check writes nothing and says what would change, why, and what to run', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), 'bar.yaml': crd('Bar') });
    const fresh = await runCli(['foo.yaml', '--check'], { cwd });
    expect(fresh.code).toBe(1);
    expect(fresh.stderr).toContain('generated/example.dev/v1/foo.ts: is missing');
    expect(Object.keys(filesIn(cwd))).toEqual(['bar.yaml', 'foo.yaml']);

    await runCli(['foo.yaml', 'bar.yaml'], { cwd });
    expect((await runCli(['foo.yaml', 'bar.yaml', '--check'], { cwd })).code).toBe(0);

    writeFileSync(join(cwd, 'foo.yaml'), crd('Foo', 'integer'));
    writeFileSync(join(cwd, 'generated/index.ts'), `${readFileSync(join(cwd, 'generated/index.ts'), 'utf8')}// mine\n`);
    const before = filesIn(cwd);
    const { code, stderr } = await runCli(['foo.yaml', '--check'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toEqual([
      'generated/example.dev/v1/bar.ts: is stale: no input makes it any more',
      'generated/example.dev/v1/foo.ts: the input or the options changed',
      'generated/example.dev/v1/index.ts: the input or the options changed',
      'generated/index.ts: was edited by hand',
      'generated/.kube-gen.json: the input or the options changed',
      '5 files of generated/ would change. Run: npx kube-gen foo.yaml',
    ]);
    expect(filesIn(cwd)).toEqual(before);
  });

  it('--json prints the report on stdout', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), 'service.yaml': service });
    const good = JSON.parse(
      (await runCli(['foo.yaml', 'service.yaml', '--json', '--quiet'], { cwd })).stdout,
    ) as object;
    expect(good).toMatchObject({
      report: 1,
      exitCode: 0,
      out: 'generated',
      resources: [{ group: 'example.dev', version: 'v1', kind: 'Foo', file: 'foo.yaml' }],
      skipped: { Service: 1 },
      counts: { written: 3, unchanged: 0, removed: 0 },
    });
    const bad = JSON.parse((await runCli(['missing.yaml', '--json'], { cwd })).stdout) as object;
    expect(bad).toMatchObject({
      exitCode: 2,
      diagnostics: [{ severity: 'error', file: 'missing.yaml', message: 'no such file or folder' }],
    });
  });

  it('--quiet says nothing when all is well, --verbose names each file', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), 'service.yaml': service });
    expect(await runCli(['.', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: [''] });
    addFiles(cwd, { 'bar.yaml': crd('Bar') });
    const { stderr } = await runCli(['.', '--verbose'], { cwd });
    expect(stderr).toContain('generated/example.dev/v1/bar.ts: written: is missing');
  });

  it('prints help and its version on stdout', async () => {
    const cwd = folderWith({});
    const help = await runCli(['--help'], { cwd });
    expect([help.code, help.stdout.slice(0, 34), help.stderr]).toEqual([0, 'Usage: kube-gen [options] <input..', ['']]);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(await runCli(['--version'], { cwd })).toEqual({ code: 0, stdout: `${version}\n`, stderr: [''] });
  });
});

let runs = 0;

/** Generates into a new folder and returns it. */
async function generated(cwd: string, inputs: readonly string[], input = ''): Promise<string> {
  const out = `out-${runs++}`;
  const { code, stderr } = await runCli([...inputs, '-o', out], { cwd, input });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return join(cwd, out);
}
