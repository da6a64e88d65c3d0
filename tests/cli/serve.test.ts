import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { crd, folderWith } from './folder.js';
import { cliCommand, runCli, startCli } from './run-cli.js';

const foo =
  'apiVersion: example.dev/v1\nkind: Foo\nmetadata: { name: first, namespace: default }\nspec: { size: big }\n';
const tsconfig = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));

/** Starts `kube-gen serve` and waits until it says where it is. */
async function serve(
  args: readonly string[],
  cwd: string,
): Promise<{ child: ChildProcess; url: string; kubeconfig: string; said: () => string }> {
  const child = spawn(process.execPath, [...cliCommand, 'serve', '--json', ...args], {
    cwd,
    env: { ...process.env, TSX_TSCONFIG_PATH: tsconfig },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const { url, kubeconfig } = JSON.parse(line) as { url: string; kubeconfig: string };
  return { child, url, kubeconfig, said: () => said };
}

describe('kube-gen serve', () => {
  it('serves the CRDs and the objects beside them until it is told to stop', async () => {
    const other = foo.replace('example.dev/v1', 'example.dev/v2');
    const cwd = folderWith({ 'crd.yaml': crd('Foo'), 'foo.yaml': `${foo}---\n${other}` });
    const { child, url, kubeconfig, said } = await serve(['.'], cwd);
    const list = (await (await fetch(`${url}/apis/example.dev/v1/foos`)).json()) as {
      items: { metadata: { name: string } }[];
    };
    expect(list.items.map(({ metadata }) => metadata.name)).toEqual(['first']);
    expect(readFileSync(kubeconfig, 'utf8')).toContain(url);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(said()).toContain('skipped 1 document of other kinds: 1 example.dev/v2 Foo');
    expect(said()).toContain(`export KUBECONFIG=${kubeconfig}`);
    expect(said()).toContain('kubectl get foos.example.dev');
    expect(existsSync(kubeconfig)).toBe(false);
  });

  // npm passes a Ctrl+C on that the terminal has sent already; a terminal that is closed sends SIGHUP.
  it.each<{ signals: NodeJS.Signals[] }>([
    { signals: ['SIGHUP'] },
    { signals: ['SIGINT', 'SIGINT'] },
    { signals: ['SIGINT', 'SIGTERM'] },
  ])('ends and takes its kubeconfig away at $signals', async ({ signals }) => {
    const { child, kubeconfig } = await serve(['crd.yaml'], folderWith({ 'crd.yaml': crd('Foo') }));
    for (const signal of signals) child.kill(signal);
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(existsSync(kubeconfig)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('ends with the shell through which npm runs it', async () => {
    const quoted = [process.execPath, ...cliCommand].map((part) => `'${part}'`).join(' ');
    const shell = spawn('sh', ['-c', `${quoted} serve --json crd.yaml; true`], {
      cwd: folderWith({ 'crd.yaml': crd('Foo') }),
      env: { ...process.env, TSX_TSCONFIG_PATH: tsconfig, npm_lifecycle_script: 'kube-gen serve --json crd.yaml' },
    });
    const [line] = (await once(shell.stdout.setEncoding('utf8'), 'data')) as [string];
    const { kubeconfig } = JSON.parse(line) as { kubeconfig: string };
    shell.kill('SIGTERM');
    await once(shell, 'close'); // the server holds its output, too
    expect(existsSync(kubeconfig)).toBe(false);
  });

  it('writes over no kubeconfig of others, and over its own', async () => {
    const cwd = folderWith({
      'foo.yaml': crd('Foo'),
      'mine.yaml': 'kind: Config\ncurrent-context: prod\n',
      'own.yaml': '',
    });
    const args = ['serve', 'foo.yaml', '--kubeconfig'];
    expect(await runCli([...args, 'mine.yaml'], { cwd })).toMatchObject({
      code: 2,
      stderr: ['kube-gen: mine.yaml is there already and not from kube-gen serve: name another file'],
    });
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toContain('prod');
    for (const text of ['first', 'second']) {
      const cli = startCli([...args, 'own.yaml'], { cwd });
      await cli.line(/^Ctrl\+C stops it\.$/);
      expect([text, await cli.stop('SIGTERM')]).toEqual([text, 0]);
    }
  });

  it('prints each request with --verbose', async () => {
    const { child, url, said } = await serve(['crd.yaml', '--verbose'], folderWith({ 'crd.yaml': crd('Foo') }));
    await fetch(`${url}/apis/example.dev/v1/foos?limit=1`);
    child.kill('SIGINT');
    await once(child, 'close');
    expect(said()).toContain('\n200 GET /apis/example.dev/v1/foos?limit=1\n');
  });

  it('takes its kubeconfig away, too, when nobody reads what it prints any more', async () => {
    const { child, url, kubeconfig } = await serve(['crd.yaml', '--verbose'], folderWith({ 'crd.yaml': crd('Foo') }));
    child.stderr?.destroy();
    const ended = once(child, 'close');
    // It ends before it answers, or after.
    await fetch(url).catch(() => undefined);
    expect(await ended).toEqual([2, null]);
    expect(existsSync(kubeconfig)).toBe(false);
  });

  it.each(['dev.kubeconfig', 'new/folder/kubeconfig'])('keeps a kubeconfig that was asked for: %s', async (file) => {
    const cwd = folderWith({ 'crd.yaml': crd('Foo') });
    const { child, url } = await serve(['crd.yaml', '--kubeconfig', file, '--quiet'], cwd);
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(readFileSync(join(cwd, file), 'utf8')).toContain(url);
  });

  it.each<[string, Record<string, string>, string[], string]>([
    ['no CRDs', { 'a.yaml': foo }, ['a.yaml'], 'kube-gen: no CustomResourceDefinition found'],
    ['CRDs that are all left out', { 'a.yaml': crd('Foo') }, ['a.yaml', '--exclude', '*/*'], 'leave every CRD out'],
    [
      'a pattern for nothing',
      { 'a.yaml': crd('Foo') },
      ['a.yaml', '--include', 'a/B'],
      'pattern "a/B" matches no resource',
    ],
    ['a broken CRD', { 'a.yaml': crd('Foo', 'strng') }, ['a.yaml'], 'a.yaml:21: spec.versions[0]'],
    [
      'an object that its CRD refuses',
      { 'a.yaml': `${crd('Foo')}---\n${foo.replace('big', '7')}` },
      ['a.yaml'],
      'spec.size',
    ],
    ['a port that cannot be', { 'a.yaml': crd('Foo') }, ['a.yaml', '--port', '1e9'], '--port must be a number'],
    [
      'a kubeconfig that cannot be written',
      { 'a.yaml': crd('Foo') },
      ['a.yaml', '--kubeconfig', 'a.yaml/x'],
      'a.yaml/x cannot be written: a part of the path is a file',
    ],
  ])('refuses %s', async (_title, files, args, message) => {
    const { code, stderr } = await runCli(['serve', ...args], { cwd: folderWith(files) });
    expect(code).toBe(2);
    expect(stderr[0]).toContain(message);
  });
});
