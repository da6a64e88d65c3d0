import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

/** A line of code and the file it must not stand in. */
const forbidden: [file: string, code: string, rule: string][] = [
  ['runtime/src/wire/a.ts', "import 'node:fs';", 'no-restricted-imports'],
  ['runtime/src/wire/b.ts', 'export const t = Date.now();', 'no-restricted-globals'],
  ['runtime/src/wire/c.ts', 'export const r = Math.random();', 'no-restricted-properties'],
  ['runtime/src/store/a.ts', "import '../io/node-http1.js';", 'no-restricted-imports'],
  ['runtime/src/reflector/machine.ts', 'setTimeout(() => 1, 1);', 'no-restricted-globals'],
  ['runtime/src/reflector/driver.ts', 'export const t = Date.now();', 'no-restricted-globals'],
  ['runtime/src/subscribe/a.ts', 'export const t = performance.now();', 'no-restricted-globals'],
  ['runtime/src/client/a.ts', "export const b = Buffer.from('a');", 'no-restricted-globals'],
  ['runtime/src/codegen1.ts', "import 'node:http';", 'no-restricted-imports'],
  ['runtime/src/fetch.ts', "import './testing/index.js';", 'no-restricted-imports'],
  ['runtime/src/client/b.ts', "import 'js-yaml';", 'no-restricted-imports'],
  ['runtime/src/index.ts', "import 'hono';", 'no-restricted-imports'],
  ['runtime/src/index.ts', "import '@hono/node-server';", 'no-restricted-imports'],
  ['runtime/src/yaml/a.ts', "import 'yaml';", 'no-restricted-imports'],
  ['runtime/src/auth/a.ts', "import '../../../generator/generate.js';", 'no-restricted-imports'],
  ['generator/model/a.ts', "import '../emit/emit.js';", 'no-restricted-imports'],
  ['generator/model/b.ts', "import 'node:path';", 'no-restricted-imports'],
  ['generator/emit/a.ts', "import '../load/crd.js';", 'no-restricted-imports'],
  ['generator/emit/b.ts', "import 'handlebars/runtime';", 'no-restricted-imports'],
  ['generator/load/documents.ts', "import 'node:fs';", 'no-restricted-imports'],
  ['generator/load/crd.ts', "import '../model/build.js';", 'no-restricted-imports'],
  ['generator/paths/a.ts', "import '../write/commit.js';", 'no-restricted-imports'],
  ['generator/schema/a.ts', "import 'json-schema-to-typescript';", 'no-restricted-imports'],
  ['generator/write/a.ts', "import '../load/crd.js';", 'no-restricted-imports'],
  ['generator/cli/a.ts', "import 'ts-morph';", 'no-restricted-imports'],
  ['generator/generate.ts', "import './load/read.js';", 'no-restricted-imports'],
  ['generator/collect.ts', "import './write/commit.js';", 'no-restricted-imports'],
  ['generator/rbac/a.ts', "import 'ts-morph';", 'no-restricted-imports'],
  ['generator/rbac/b.ts', "import 'node:fs';", 'no-restricted-imports'],
  ['generator/tools/b.ts', "import '../rbac/rbac.js';", 'no-restricted-imports'],
  ['generator/tools/a.ts', "import '../model/resource.js';", 'no-restricted-imports'],
  ['runtime/src/wire/d.ts', 'export const a: any = 1;', 'no-explicit-any'],
];

const allowed: [file: string, code: string][] = [
  ['generator/load/read.ts', "import 'node:fs';"],
  ['generator/write/ok.ts', "import 'node:fs';"],
  ['generator/emit/ok.ts', "import '../model/resource.js';"],
  ['generator/rbac/ok.ts', "import '../tools/code-uses/found.js';"],
  ['generator/tools/ok.ts', "import 'handlebars/runtime';"],
  ['runtime/src/yaml/ok.ts', "import 'js-yaml';"],
  ['runtime/src/io/node-ok.ts', "import 'node:net';"],
  ['runtime/src/auth/ok.ts', "import '../yaml/index.js';"],
];

describe('import rules of the house', () => {
  let dir: string;
  const found = new Map<string, string[]>();

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'kube-gen-house-'));
    cpSync(join(root, '.oxlintrc.json'), join(dir, '.oxlintrc.json'));
    const sources = new Map<string, string>();
    for (const [file, code] of [...forbidden, ...allowed]) sources.set(file, `${sources.get(file) ?? ''}${code}\n`);
    for (const [file, text] of sources) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text);
    }
    for (const { filename, code } of lint(dir)) found.set(filename, [...(found.get(filename) ?? []), code]);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it.each(forbidden)('%s may not hold `%s`', (file, _code, rule) => {
    expect(found.get(file)?.some((code) => code.includes(rule))).toBe(true);
  });

  it.each(allowed)('%s may hold `%s`', (file) => {
    expect(found.get(file) ?? []).toEqual([]);
  });
});

function lint(cwd: string): { filename: string; code: string }[] {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  try {
    execFileSync(process.execPath, [oxlint, '--format', 'json', '.'], { cwd, encoding: 'utf8' });
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return (JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] }).diagnostics;
  }
  throw new Error('oxlint found nothing at all: it did not look at the files');
}
