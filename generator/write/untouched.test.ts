import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commitOutput } from './commit.js';
import { planOutput } from './plan.js';
import { manifestHash, planUntouched } from './untouched.js';

const failing = vi.hoisted((): { file?: string } => ({}));
vi.mock('node:fs', async (original) => {
  const fs = await original<{ readonly readFileSync: (file: string, ...rest: unknown[]) => unknown }>();
  const readFileSync = (file: string, ...rest: unknown[]): unknown => {
    if (file !== failing.file) return fs.readFileSync(file, ...rest);
    throw Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open' });
  };
  return { ...fs, readFileSync };
});

let dir: string;
let out: string;
let hash: string;
const files = [
  { path: 'index.ts', content: '1' },
  { path: 'g/v1/a.ts', content: '2' },
];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kube-gen-untouched-'));
  out = join(dir, 'out');
  commitOutput(planOutput(files, { out, version: '1.0.0' }));
  hash = manifestHash(out) ?? 'none';
});
afterEach(() => {
  delete failing.file;
  rmSync(dir, { recursive: true, force: true });
});

describe('planUntouched', () => {
  it('says the same as the whole comparison', () => {
    const { entries, manifest, writtenBy } = planOutput(files, { out, version: '1.0.0' });
    expect(planUntouched(out, hash)).toMatchObject({ entries, manifest, writtenBy });
  });

  it('lets files of others lie in the folder', () => {
    writeFileSync(join(out, 'own.ts'), 'mine');
    expect(planUntouched(out, hash)).toBeDefined();
  });

  it.each<[string, () => void]>([
    ['a file was edited', () => writeFileSync(join(out, 'index.ts'), 'x')],
    ['a file is gone', () => unlinkSync(join(out, 'g/v1/a.ts'))],
    ['the list was edited', () => writeFileSync(join(out, '.kube-gen.json'), '{}')],
    ['the list is gone', () => unlinkSync(join(out, '.kube-gen.json'))],
    ['the list is a folder', () => (unlinkSync(join(out, '.kube-gen.json')), mkdirSync(join(out, '.kube-gen.json')))],
    ['the folder is gone', () => rmSync(out, { recursive: true })],
    ['the folder is a file', () => (rmSync(out, { recursive: true }), writeFileSync(out, ''))],
    [
      'a file is a link',
      () => (renameSync(join(out, 'index.ts'), join(dir, 'x')), symlinkSync(join(dir, 'x'), join(out, 'index.ts'))),
    ],
    [
      'a folder is a link',
      () => (renameSync(join(out, 'g'), join(dir, 'g')), symlinkSync(join(dir, 'g'), join(out, 'g'))),
    ],
  ])('knows nothing when %s', (_title, change) => {
    change();
    expect(planUntouched(out, hash)).toBeUndefined();
  });

  it.each(['index.ts', '.kube-gen.json'])('knows nothing when %s cannot be read', (name) => {
    failing.file = join(out, name);
    expect(planUntouched(out, hash)).toBeUndefined();
  });
});
