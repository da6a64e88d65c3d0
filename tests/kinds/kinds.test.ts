import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { manifests } from './fixtures.js';
import { writeManifestPrograms } from './manifest-programs.js';
import { mistakes } from './mistakes.js';

const generated = fileURLToPath(new URL('../../generated', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kube-gen-kinds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

cpSync(generated, join(folder, 'generated'), {
  recursive: true,
  filter: (path) => !/[/\\](?:dist|node_modules)$/.test(path) && !path.endsWith('.json'),
});
const programs = writeManifestPrograms(folder);

describe('manifests of the kinds that people use most', () => {
  it('are of 40 kinds at least, and each sort of mistake is made often', () => {
    expect(manifests.size).toBeGreaterThanOrEqual(40);
    const made = (what: string): number => mistakes.filter((mistake) => mistake.what === what).length;
    expect(made('unknown field')).toBeGreaterThanOrEqual(18);
    expect(made('wrong type')).toBeGreaterThanOrEqual(35);
    expect(made('missing field')).toBeGreaterThanOrEqual(25);
    expect(made('wrong enum')).toBeGreaterThanOrEqual(45);
  });

  it.each(['typescript', 'typescript7'] as const)(
    'all are accepted, each typical mistake is an error, and the modules compile under all flags (%s)',
    async (compiler) => {
      expect(await programs.check(compiler)).toEqual({ errors: [], accepted: [] });
    },
    240_000,
  );

  it('helper types of pods are declared once', () => {
    const files = readdirSync(generated, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('types.ts') && !file.startsWith('dist'));
    expect(sources).toContain(join('core', 'v1', 'types.ts'));
    expect(sources).toContain(join('meta', 'v1', 'types.ts'));
  });
});
