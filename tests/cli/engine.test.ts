import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { otherNodes } from '../support/other-nodes.js';
import { crd, folderWith } from './folder.js';
import { root, runProgram } from './run-cli.js';

/** What is built: how users run it. */
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

describe.each([['the one of the tests', process.execPath], ...otherNodes()])('compiled code, on Node %s', (_, node) => {
  const run = async (cwd: string, env: Record<string, string>): Promise<unknown[]> => {
    const { code, stdout, stderr } = await runProgram([main, 'foo.yaml', '-o', 'out', '--quiet'], {
      cwd,
      node,
      env: { NODE_COMPILE_CACHE: '', ...env },
    });
    return [code, stdout, stderr];
  };
  const files = { 'foo.yaml': crd('Foo'), 'tmp/some': '' };
  const well = [0, '', ['']];

  it('is kept in the folder of Node for it, where this Node can, and the next run is as good', async () => {
    const { stdout } = await runProgram(['-p', 'require("node:module").enableCompileCache === undefined'], {
      cwd: folderWith({}),
      node,
    });
    const cwd = folderWith(files);
    const kept = (): string[] => readdirSync(join(cwd, 'tmp')).filter((name) => name !== 'some');
    expect(await run(cwd, { TMPDIR: join(cwd, 'tmp') })).toEqual(well);
    expect(kept()).toEqual(stdout.trim() === 'true' ? [] : ['node-compile-cache']);
    expect(await run(cwd, { TMPDIR: join(cwd, 'tmp') })).toEqual(well);
  });

  it('is not kept when that is turned off', async () => {
    const cwd = folderWith(files);
    expect(await run(cwd, { TMPDIR: join(cwd, 'tmp'), NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual(well);
    expect(readdirSync(join(cwd, 'tmp'))).toEqual(['some']);
  });

  it('is missed by nobody where nothing can be written', async () => {
    const cwd = folderWith(files);
    // A file where a folder should be: not even an administrator can write there.
    expect(await run(cwd, { TMPDIR: join(cwd, 'tmp/some') })).toEqual(well);
    expect(await run(cwd, { NODE_COMPILE_CACHE: join(cwd, 'tmp/some/kept') })).toEqual(well);
  });
});

describe.each([['the one of the tests', process.execPath], ...otherNodes()])(
  'input and output, on Node %s',
  (_, node) => {
    it('a large input is read without a complaint of the engine, whose flag it sets', async () => {
      const cwd = folderWith({ 'foo.yaml': `# ${'x'.repeat(5_000_000)}\n${crd('Foo')}` });
      const { code, stdout, stderr } = await runProgram([main, 'foo.yaml', '-o', 'out', '--quiet'], { cwd, node });
      expect([code, stdout, stderr]).toEqual([0, '', ['']]);
    });

    it('an input that is thousands of levels deep is read', async () => {
      const levels = 2_900;
      const deep = `${'allOf: [{ '.repeat(levels)}required: [size]${' }]'.repeat(levels)}`;
      const text = crd('Foo').replace(
        'properties:\n                size',
        `${deep}\n              properties:\n                size`,
      );
      const cwd = folderWith({ 'foo.yaml': text });
      const { code, stdout, stderr } = await runProgram([main, 'foo.yaml', '-o', 'out', '--quiet'], { cwd, node });
      expect([code, stdout, stderr]).toEqual([0, '', ['']]);
    });

    it('a path through a file is told as such', async () => {
      const cwd = folderWith({ 'foo.yaml': crd('Foo') });
      const { code, stderr } = await runProgram([main, 'foo.yaml/crds', '--quiet'], { cwd, node });
      const message = 'foo.yaml/crds: a part of the path is a file, not a folder (ENOTDIR)';
      expect([code, stderr]).toEqual([2, [message, '1 error: nothing was written']]);
      const out = await runProgram([main, 'foo.yaml', '-o', 'foo.yaml/out', '--quiet'], { cwd, node });
      const why = 'foo.yaml/out/: a part of the path is a file, not a folder';
      expect([out.code, out.stderr]).toEqual([2, [why, '1 error: nothing was written']]);
    });
  },
);

describe.each([...otherNodes()])('with --permission, on Node %s', (_, node) => {
  const flags = ['--no-warnings', '--permission', '--allow-fs-read=*'];
  const run = async (cwd: string, ...allowed: string[]): Promise<unknown[]> => {
    const args = [...flags, ...allowed, main, 'foo.yaml', '-o', 'out', '--quiet'];
    const { code, stdout, stderr } = await runProgram(args, { cwd, node });
    return [code, stdout, stderr];
  };

  it('the command works where it may write, and else says what it may not', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo') });
    const why = /^kube-gen: \S*out: Access to this API has been restricted\. Use --allow-fs-write/;
    expect(await run(cwd)).toEqual([2, '', [expect.stringMatching(why)]]);
    expect(await run(cwd, `--allow-fs-write=${cwd}`)).toEqual([0, '', ['']]);
  });

  it('an exec plugin that may not be run says which flag is missing', async () => {
    const user = {
      exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'login', interactiveMode: 'Never' },
    };
    const kubeconfig = {
      'current-context': 'a',
      contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
      clusters: [{ name: 'a', cluster: { server: 'http://127.0.0.1' } }],
      users: [{ name: 'a', user }],
    };
    const cwd = folderWith({ kubeconfig: JSON.stringify(kubeconfig) });
    const ask = `import { connect } from '@kube-gen/runtime';
      const cluster = await connect({ kubeconfig: '${cwd}/kubeconfig' });
      await cluster.request({ path: '/version' }).catch((error) => console.log(error.code, error.message));`;
    const args = [...flags, '--input-type=module', '-e', ask];
    const why =
      'credentials the exec plugin login cannot be started: ' +
      'Node runs with --permission, which needs --allow-child-process beside it\n';
    expect((await runProgram(args, { cwd: root, node })).stdout).toBe(why);
  });
});
