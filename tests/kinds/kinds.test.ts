import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type Compiler, type CompileError, compile, writeProject } from '../support/type-check.js';
import { manifests, mistakeName, modulePath, withMistake } from './fixtures.js';
import { mistakes } from './mistakes.js';

const generated = fileURLToPath(new URL('../../generated', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kube-gen-kinds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

cpSync(generated, join(folder, 'generated'), {
  recursive: true,
  filter: (path) => !/[/\\](?:dist|node_modules)$/.test(path) && !path.endsWith('.json'),
});

/** One file an object, so that the errors of each can be told apart; a type is imported under one name. */
function program(key: string, object: unknown): string {
  const kind = key.slice(key.lastIndexOf('/') + 1);
  return `import type { ${kind}Manifest } from './generated/${modulePath(key)}.js';\nexport const object: ${kind}Manifest = ${JSON.stringify(object, null, 1)};\n`;
}

const good = [...manifests].map(([key, object], i) => ({ key, file: `good-${i}.ts`, content: program(key, object) }));
const bad = mistakes.map((mistake, i) => ({
  name: mistakeName(mistake),
  file: `bad-${i}.ts`,
  content: program(mistake.kind, withMistake(mistake)),
}));
writeProject(
  folder,
  [...good, ...bad].map(({ file, content }) => ({ path: file, content })),
);

describe('manifests of the kinds that people use most', () => {
  const compiled = new Map<Compiler, Promise<CompileError[]>>();
  const errorsOf = (compiler: Compiler): Promise<CompileError[]> => {
    const known =
      compiled.get(compiler) ?? compile(folder, { compiler, include: ['generated/**/*.ts', 'good-*.ts', 'bad-*.ts'] });
    compiled.set(compiler, known);
    return known;
  };

  it('are of 40 kinds at least, and each has a mistake', () => {
    expect(manifests.size).toBeGreaterThanOrEqual(40);
    expect(mistakes.length).toBeGreaterThanOrEqual(80);
  });

  for (const compiler of ['typescript', 'typescript7'] as const) {
    it(`all are accepted, and the modules compile under all flags (${compiler})`, async () => {
      const errors = await errorsOf(compiler);
      expect(errors.filter(({ file }) => !file.startsWith('bad-'))).toEqual([]);
    }, 240_000);

    it(`each typical mistake is an error (${compiler})`, async () => {
      const failing = new Set((await errorsOf(compiler)).map(({ file }) => file));
      expect(bad.filter(({ file }) => !failing.has(file)).map(({ name }) => name)).toEqual([]);
    }, 240_000);
  }

  it('helper types of pods are declared once', () => {
    const files = readdirSync(generated, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('types.ts') && !file.startsWith('dist'));
    expect(sources).toContain(join('core', 'v1', 'types.ts'));
    expect(sources).toContain(join('meta', 'v1', 'types.ts'));
  });
});
