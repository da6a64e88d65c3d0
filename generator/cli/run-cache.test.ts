import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Source } from '../load/documents.js';
import type { Job } from './job.js';
import { createRunCache, type RunCache } from './run-cache.js';

const job: Omit<Job, 'inputs'> = {
  out: 'generated',
  include: [],
  exclude: [],
  versions: 'served',
  docs: true,
  paths: false,
  importExtension: 'js',
  cluster: undefined,
  templates: {},
};
const sources: Source[] = [
  { file: 'a.yaml', text: 'a'.repeat(600_000), found: true },
  { file: 'b.yaml', text: 'b'.repeat(600_000), found: true },
];
const run = { manifest: 'sha256:1', summary: { resources: [], skipped: { Service: 1 }, sources: 2 }, diagnostics: [] };

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kube-gen-cache-'));
  vi.stubEnv('XDG_CACHE_HOME', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(home, { recursive: true, force: true });
});

const cache = (o: Partial<Parameters<typeof createRunCache>[1]> = {}, from = sources): RunCache =>
  createRunCache(from, { job, templates: {}, version: '1.0.0', built: 1, ...o });

describe('the memory of runs', () => {
  it('gives back what the same run found, whatever the order of its inputs', () => {
    cache().save(() => run);
    expect(cache().load()).toMatchObject(run);
    expect(cache({}, [...sources].reverse()).load()).toMatchObject(run);
  });

  it.each<[string, () => RunCache]>([
    ['another version of kube-gen', () => cache({ version: '1.0.1' })],
    ['another build of it', () => cache({ built: 2 })],
    ['another option', () => cache({ job: { ...job, docs: false } })],
    ['another text of a template', () => cache({ templates: { module: 'x' } })],
    ['another output folder', () => cache({ job: { ...job, out: 'other' } })],
    [
      'one byte more',
      () => cache({}, [{ file: 'a.yaml', text: `${'a'.repeat(600_000)}x`, found: true }, ...sources.slice(1)]),
    ],
    ['a file that lies elsewhere now', () => cache({}, [{ ...sources[0]!, isOutside: true }, ...sources.slice(1)])],
    ['another name', () => cache({}, [{ ...sources[0]!, file: 'c.yaml' }, ...sources.slice(1)])],
    ['another input', () => cache({}, [...sources.slice(1), { file: 'c', text: 'c'.repeat(600_000), found: true }])],
  ])('knows nothing of a run with %s', (_title, other) => {
    cache().save(() => run);
    expect(other().load()).toBeUndefined();
  });

  it('remembers neither small inputs nor a kube-gen that runs from its sources', () => {
    cache({}, [{ file: 'a.yaml', text: 'small', found: true }]).save(() => run);
    cache({ built: undefined }).save(() => run);
    expect(readdirSync(home)).toEqual([]);
  });

  it('does without a cache that is broken, read-only or not there', () => {
    cache().save(() => run);
    const folder = join(home, 'kube-gen/runs');
    for (const text of ['{"key":', 'null']) {
      for (const file of readdirSync(folder)) writeFileSync(join(folder, file), text);
      expect(cache().load()).toBeUndefined();
    }
    vi.stubEnv('XDG_CACHE_HOME', join(home, 'no/such/home'));
    cache().save(() => run);
    expect(cache().load()).toBeUndefined();
    expect(existsSync(join(home, 'no'))).toBe(false);
    writeFileSync(join(home, 'file'), '');
    vi.stubEnv('XDG_CACHE_HOME', join(home, 'file/x'));
    cache().save(() => run);
    expect(cache().load()).toBeUndefined();
  });

  it('does without a cache where the user has no home, and makes none in the working folder', () => {
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    vi.stubEnv('HOME', '');
    cache().save(() => run);
    vi.stubEnv('XDG_CACHE_HOME', 'relative');
    cache().save(() => run);
    vi.stubEnv('HOME', undefined);
    vi.spyOn(os, 'homedir').mockImplementation(() => {
      throw Object.assign(new Error('uv_os_homedir returned ENOENT'), {
        code: 'ERR_SYSTEM_ERROR',
        syscall: 'uv_os_homedir',
      });
    });
    cache().save(() => run);
    expect(cache().load()).toBeUndefined();
    expect([existsSync('.cache/kube-gen'), existsSync('relative')]).toEqual([false, false]);
  });
});
