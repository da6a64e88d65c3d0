import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { addFiles, crd, filesIn, folderWith } from './folder.js';
import { cleanEnv, runProgram, type Finished } from './run-cli.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const run = (cwd: string, args: readonly string[], env?: Record<string, string>): Promise<Finished> =>
  runProgram([main, ...args], { cwd, ...(env === undefined ? {} : { env }) });

/** So many CRDs that writing them takes a while. */
const many = (type: string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`crds/k${i}.yaml`, crd(`Kind${i}`, type)]));

/** Starts kube-gen and sends a signal as soon as it begins to replace files. */
function killWhileWriting(cwd: string, signal: NodeJS.Signals): Promise<{ code: number | null; hit: boolean }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, 'crds'], { cwd, env: cleanEnv(), stdio: 'ignore' });
    let hit = false;
    let isOver = false;
    const look = (): void => {
      if (isOver) return;
      // All new files are there before the first one is put in its place.
      if (existsSync(join(cwd, 'generated/.kube-gen.tmp/old-3'))) {
        hit = true;
        child.kill(signal);
      } else setImmediate(look);
    };
    look();
    child.once('close', (code) => {
      isOver = true;
      resolve({ code, hit });
    });
  });
}

describe('writing', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s in the middle leaves the old output or the new one, whole',
    async (signal) => {
      const cwd = folderWith(many('string'));
      expect((await run(cwd, ['crds'])).code).toBe(0);
      addFiles(cwd, many('integer'));
      const { hit } = await killWhileWriting(cwd, signal);
      expect(hit).toBe(true);
      const made = filesIn(join(cwd, 'generated'));
      expect(existsSync(join(cwd, 'generated/.kube-gen.tmp'))).toBe(false);
      const types = new Set(Object.values(made).flatMap((text) => /size\?: (\w+)/.exec(text)?.[1] ?? []));
      expect([...types]).toEqual(['number']);
      expect((await run(cwd, ['crds', '--check'])).code).toBe(0);
    },
  );

  it('SIGKILL in the middle is healed by the next run', async () => {
    const cwd = folderWith(many('string'));
    await run(cwd, ['crds']);
    // On a busy machine the signal may come when all is written: then once more.
    for (let i = 0; !existsSync(join(cwd, 'generated/.kube-gen.tmp')); i++) {
      addFiles(cwd, many(i % 2 === 0 ? 'integer' : 'boolean'));
      await killWhileWriting(cwd, 'SIGKILL');
    }
    expect((await run(cwd, ['crds', '--check'])).code).toBe(1);
    const { code, stderr } = await run(cwd, ['crds']);
    expect([code, stderr.length]).toEqual([0, 2]);
    expect((await run(cwd, ['crds', '--check'])).code).toBe(0);
    expect(readdirSync(join(cwd, 'generated')).sort()).toEqual(['.kube-gen.json', 'example.dev', 'index.ts']);
  });

  it('two runs at once: each says that it wrote, or that another one does', async () => {
    const cwd = folderWith({ ...many('string'), 'other.yaml': crd('Other') });
    const runs = await Promise.all([run(cwd, ['crds']), run(cwd, ['other.yaml', 'crds']), run(cwd, ['crds'])]);
    expect(runs.map(({ code }) => code)).toContain(0);
    for (const { code, stderr } of runs) {
      if (code !== 0) expect(stderr.join('\n')).toMatch(/another kube-gen .*(?:is writing|has written) this folder/);
    }
    expect((await run(cwd, ['crds'])).code).toBe(0);
    expect((await run(cwd, ['crds', '--check'])).code).toBe(0);
  });

  it('gives the same bytes in every locale, time zone and with every line end', async () => {
    const description = '\n          description: Ünïcode, İstanbul.';
    const text = crd('Foo').replace('type: object', `type: object${description}`);
    const cwd = folderWith({
      'unix/a.yaml': text,
      'windows/a.yaml': text.replaceAll('\n', '\r\n'),
      'mark/a.yaml': `\uFEFF${text}`,
    });
    const outputs = [];
    for (const [folder, env] of [
      ['unix', { LC_ALL: 'C', TZ: 'UTC' }],
      ['windows', { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' }],
      ['mark', { LC_ALL: 'de_DE.UTF-8', TZ: 'America/St_Johns' }],
    ] as const) {
      expect((await run(cwd, [folder, '-o', `out-${folder}`], env)).code).toBe(0);
      outputs.push(filesIn(join(cwd, `out-${folder}`)));
    }
    expect(outputs[1]).toEqual(outputs[0]);
    expect(outputs[2]).toEqual(outputs[0]);
  });

  it('leaves foreign files and what links lead to alone', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), 'generated/README.md': 'mine', 'outside/v1/foo.ts': 'theirs' });
    expect((await run(cwd, ['foo.yaml'])).code).toBe(0);
    rmSync(join(cwd, 'generated/example.dev'), { recursive: true });
    symlinkSync('../outside', join(cwd, 'generated/example.dev'));
    const before = filesIn(cwd);
    const { code, stderr } = await run(cwd, ['foo.yaml']);
    expect([code, stderr[0]]).toEqual([
      2,
      'generated/example.dev: is a symbolic link: kube-gen does not follow links out of its output folder',
    ]);
    expect(filesIn(cwd)).toEqual(before);
  });
});

/** A disk of its own, where this machine lets us have one. */
const disk = join(tmpdir(), `kube-gen-disk-${process.pid}`);
mkdirSync(disk);
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', disk]).status === 0;
if (!isMounted)
  process.stderr.write('this machine lets us mount no disk: the tests on a full and on a read-only one are skipped\n');

describe.skipIf(!isMounted)('writing to a disk of its own', () => {
  afterAll(() => {
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  it('that gets full: everything stays as it was', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), ...many('string') });
    const out = join(disk, 'out');
    expect((await run(cwd, ['foo.yaml', '-o', out])).code).toBe(0);
    const before = filesIn(disk);
    const { code, stderr } = await run(cwd, ['crds', '-o', out]);
    expect([code, stderr[0]]).toEqual([2, `${out}/: cannot be written: no space left on the device (ENOSPC)`]);
    expect(filesIn(disk)).toEqual(before);
    expect((await run(cwd, ['foo.yaml', '-o', out, '--check'])).code).toBe(0);
  });

  it('that is read-only: it says so, and comparing works', async () => {
    const cwd = folderWith({ 'foo.yaml': crd('Foo'), 'bar.yaml': crd('Bar') });
    const out = join(disk, 'out');
    writeFileSync(join(disk, 'x'), '');
    expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
    try {
      const { code, stderr } = await run(cwd, ['bar.yaml', '-o', out]);
      expect([code, stderr[0]]).toEqual([2, `${out}/: cannot be written: the file system is read-only (EROFS)`]);
      expect((await run(cwd, ['foo.yaml', '-o', out, '--check'])).code).toBe(0);
      expect((await run(cwd, ['bar.yaml', '-o', out, '--check'])).code).toBe(1);
    } finally {
      spawnSync('mount', ['-o', 'remount,rw', disk]);
    }
  });
});
