import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { otherNodes } from '../support/other-nodes.js';
import { addFiles, crd, filesIn, folderWith } from './folder.js';
import { startCli, type RunningCli } from './run-cli.js';

const running: RunningCli[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop('SIGKILL');
});

/** Starts watching, and waits until it says so. */
function watching(cwd: string, ...args: string[]): Promise<RunningCli> {
  return watchingWith({ cwd }, ...args);
}

async function watchingWith(o: Parameters<typeof startCli>[1], ...args: string[]): Promise<RunningCli> {
  const cli = startCli([...args, '--watch'], o);
  running.push(cli);
  await cli.line(/^watching \d+ folders? for changes; Ctrl\+C stops$/);
  return cli;
}

const foo = (cwd: string): string => readFileSync(join(cwd, 'generated/example.dev/v1/foo.ts'), 'utf8');

describe('kube-gen --watch', () => {
  it('generates at once, again at each change, only what changed, and says so in one line', async () => {
    const cwd = folderWith({ 'crds/foo.yaml': crd('Foo'), 'crds/bar.yaml': crd('Bar') });
    const cli = await watching(cwd, 'crds');
    expect(foo(cwd)).toContain('size?: string');
    const before = cli.lines.length;
    writeFileSync(join(cwd, 'crds/foo.yaml'), crd('Foo', 'integer'));
    await cli.line(/-> generated\/: 1 written, 3 unchanged, 0 removed/);
    expect(foo(cwd)).toContain('size?: number');
    writeFileSync(join(cwd, 'crds/foo.yaml'), crd('Foo', 'boolean'));
    await cli.line(/-> generated\/: 1 written, 3 unchanged, 0 removed/);
    expect(foo(cwd)).toContain('size?: boolean');
    expect(cli.lines.slice(before)).toEqual([
      expect.stringContaining(' 1 written, ') as string,
      expect.stringContaining(' 1 written, ') as string,
    ]);
  });

  it('sees files and folders that come, go, and are put in the place of others', async () => {
    const cwd = folderWith({ 'crds/foo.yaml': crd('Foo') });
    const cli = await watching(cwd, 'crds');
    // As editors save: a new file takes the place of the old one.
    addFiles(cwd, { 'crds/.foo.yaml.swp': crd('Foo', 'integer') });
    renameSync(join(cwd, 'crds/.foo.yaml.swp'), join(cwd, 'crds/foo.yaml'));
    await cli.line(/1 written, 2 unchanged, 0 removed/);
    renameSync(join(cwd, 'crds/foo.yaml'), join(cwd, 'crds/foo.yaml~'));
    addFiles(cwd, { 'crds/foo.yaml': crd('Foo', 'boolean') });
    await cli.line(/1 written, 2 unchanged, 0 removed/);
    mkdirSync(join(cwd, 'crds/more/deep'), { recursive: true });
    addFiles(cwd, { 'crds/more/deep/bar.yaml': crd('Bar') });
    await cli.line(/2 resources .* 2 written, 2 unchanged, 0 removed/);
    addFiles(cwd, { 'crds/more/deep/bar.yaml': crd('Bar', 'integer') });
    await cli.line(/2 resources .* 1 written, 3 unchanged, 0 removed/);
    rmSync(join(cwd, 'crds/more'), { recursive: true });
    await cli.line(/1 resource .* 1 written, 1 unchanged, 1 removed|1 resource .* 1 written, 2 unchanged, 1 removed/);
    expect(Object.keys(filesIn(join(cwd, 'generated')))).not.toContain('example.dev/v1/bar.ts');
  });

  it('sees folders with a dot in their names come and go', async () => {
    const cwd = folderWith({ 'crds/foo.yaml': crd('Foo'), 'away/example.dev/bar.yaml': crd('Bar') });
    const cli = await watching(cwd, 'crds');
    renameSync(join(cwd, 'away/example.dev'), join(cwd, 'crds/example.dev'));
    await cli.line(/2 resources .* 2 written, 2 unchanged, 0 removed/);
    renameSync(join(cwd, 'crds/example.dev'), join(cwd, 'away/example.dev'));
    await cli.line(/1 resource .* 1 written, 2 unchanged, 1 removed/);
    renameSync(join(cwd, 'crds'), join(cwd, 'crds.old'));
    await cli.line(/^crds: no such file or folder/);
    expect(Object.keys(filesIn(join(cwd, 'generated')))).not.toContain('example.dev/v1/bar.ts');
  });

  it.skipIf(process.platform === 'win32')(
    'sees changes of what links lead to, and links that lead elsewhere',
    async () => {
      const cwd = folderWith({
        'real/foo.yaml': crd('Foo'),
        'real/sub/bar.yaml': crd('Bar'),
        'next/bar.yaml': crd('Next'),
      });
      mkdirSync(join(cwd, 'crds'));
      symlinkSync('../real/foo.yaml', join(cwd, 'crds/foo.yaml'));
      symlinkSync('real/sub', join(cwd, 'sub'));
      const cli = await watching(cwd, 'crds', 'sub');
      addFiles(cwd, { 'real/foo.yaml': crd('Foo', 'integer') });
      await cli.line(/2 resources .* 1 written, 3 unchanged, 0 removed/);
      symlinkSync('next', join(cwd, 'sub.new'));
      renameSync(join(cwd, 'sub.new'), join(cwd, 'sub'));
      await cli.line(/2 resources .* 2 written, 2 unchanged, 1 removed/);
      expect(Object.keys(filesIn(join(cwd, 'generated')))).toContain('example.dev/v1/next.ts');
    },
  );

  it.skipIf(process.platform === 'win32')(
    'names a link that leads in a circle, and waits for a better one',
    async () => {
      const cwd = folderWith({});
      symlinkSync('foo.yaml', join(cwd, 'foo.yaml'));
      const cli = await watching(cwd, 'foo.yaml');
      expect(cli.lines[0]).toBe('foo.yaml: too many symbolic links (ELOOP)');
      rmSync(join(cwd, 'foo.yaml'));
      addFiles(cwd, { 'foo.yaml': crd('Foo') });
      await cli.line(/3 written/);
    },
  );

  it('sees a folder that is put in the place of the one that its input is in', async () => {
    const cwd = folderWith({ 'crds/foo.yaml': crd('Foo'), 'next/foo.yaml': crd('Foo', 'integer') });
    const cli = await watching(cwd, 'crds/foo.yaml');
    renameSync(join(cwd, 'crds'), join(cwd, 'before'));
    renameSync(join(cwd, 'next'), join(cwd, 'crds'));
    await cli.line(/1 written, 2 unchanged, 0 removed/);
    expect(foo(cwd)).toContain('size?: number');
  });

  it.skipIf(process.platform === 'win32').each(['now/foo.yaml', 'now', 'now/*.yaml'])(
    'sees that the link in %s leads elsewhere',
    async (input) => {
      const cwd = folderWith({ 'one/foo.yaml': crd('Foo'), 'two/foo.yaml': crd('Foo', 'integer') });
      symlinkSync('one', join(cwd, 'now'));
      const cli = await watching(cwd, input);
      symlinkSync('two', join(cwd, 'next'));
      renameSync(join(cwd, 'next'), join(cwd, 'now'));
      await cli.line(/1 written, 2 unchanged, 0 removed/);
      expect(foo(cwd)).toContain('size?: number');
    },
  );

  it('sees inputs in the folder that it writes into', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo') });
    const cli = await watching(cwd, '.', '-o', '.');
    addFiles(cwd, { 'foo.yaml': crd('Foo', 'integer') });
    await cli.line(/-> \.\/: 1 written, 2 unchanged, 0 removed/);
    expect(readFileSync(join(cwd, 'example.dev/v1/foo.ts'), 'utf8')).toContain('size?: number');
  });

  it('leaves the last good output when an input is bad, and goes on', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo') });
    const cli = await watching(cwd, 'foo.yaml');
    const good = filesIn(join(cwd, 'generated'));
    addFiles(cwd, { 'foo.yaml': crd('Foo', 'strng') });
    await cli.line(/^foo\.yaml:21: .*type "strng" is not a JSON type/);
    await cli.line(/^1 error: nothing was written$/);
    expect(filesIn(join(cwd, 'generated'))).toEqual(good);
    rmSync(join(cwd, 'foo.yaml'));
    await cli.line(/^foo\.yaml: no such file or folder/);
    expect(filesIn(join(cwd, 'generated'))).toEqual(good);
    addFiles(cwd, { 'foo.yaml': crd('Foo', 'integer') });
    await cli.line(/1 written, 2 unchanged, 0 removed/);
  });

  it('follows its config file and what that names', async () => {
    const cwd = folderWith({
      'kube-gen.config.json': '{ "input": "foo.yaml", "templates": { "root-index": "root.hbs" } }',
      'root.hbs': '// Generated by kube-gen: one.\n',
      'foo.yaml': crd('Foo'),
    });
    const cli = await watching(cwd);
    addFiles(cwd, { 'root.hbs': '// Generated by kube-gen: two.\n' });
    await cli.line(/1 written, 2 unchanged, 0 removed/);
    addFiles(cwd, { 'kube-gen.config.json': '{ "input": "foo.yaml", "out": "other" ' });
    await cli.line(/^kube-gen: kube-gen\.config\.json: is not JSON/);
    addFiles(cwd, { 'kube-gen.config.json': '{ "input": "foo.yaml", "out": "other" }' });
    await cli.line(/-> other\/: 3 written/);
    expect(Object.keys(filesIn(join(cwd, 'other')))).toContain('index.ts');
  });

  describe.each([...otherNodes()])('on Node %s', (_, node) => {
    it.each(['ts', 'mjs'])('reads a config file in %s again when what it imports has changed', async (kind) => {
      const cwd = folderWith({
        [`kube-gen.config.${kind}`]: `import { out } from './parts/out.${kind}';\nexport default { input: 'foo.yaml', out };\n`,
        [`parts/out.${kind}`]: `export { out } from './name.${kind}';\n`,
        [`parts/name.${kind}`]: "export const out = 'one';\n",
        'foo.yaml': crd('Foo'),
      });
      const cli = await watchingWith({ cwd, node });
      addFiles(cwd, { [`parts/name.${kind}`]: "export const out = 'two';\n" });
      await cli.line(/-> two\/: 3 written/);
      addFiles(cwd, { [`parts/name.${kind}`]: 'export const out = ;\n' });
      await cli.line(/^kube-gen: kube-gen\.config\.\w+: cannot be run: SyntaxError/);
      addFiles(cwd, { [`parts/name.${kind}`]: "export const out = 'three';\n" });
      expect(await cli.line(/-> three\/: /)).toContain('3 written, 0 unchanged, 0 removed');
    });
  });

  it('prints each report as a line with --json', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo') });
    const cli = await watching(cwd, 'foo.yaml', '--json');
    addFiles(cwd, { 'foo.yaml': crd('Foo', 'integer') });
    await cli.line(/1 written/);
    await cli.stop('SIGTERM');
    const reports = cli
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(reports).toMatchObject([{ counts: { written: 3 } }, { counts: { written: 1, unchanged: 2 } }]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it, and that is no failure', async (signal) => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo') });
    expect(await (await watching(cwd, '.')).stop(signal)).toBe(0);
  });

  it('says when there is nothing to watch', async () => {
    const cli = startCli(['http://127.0.0.1:1/a.yaml', '--watch'], { cwd: folderWith({}) });
    running.push(cli);
    await cli.line(/^kube-gen: there is nothing to watch/);
    expect(await cli.ended).toBe(2);
    const live = startCli(['--watch'], { cwd: folderWith({ 'kube-gen.config.json': '{ "cluster": true }' }) });
    running.push(live);
    await live.line(/^kube-gen: a cluster cannot be watched: --watch is for files$/);
    expect(await live.ended).toBe(2);
  });
});
