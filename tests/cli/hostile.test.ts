import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { generate } from '../../generator/generate.js';
import { commitOutput } from '../../generator/write/commit.js';
import { planOutput } from '../../generator/write/plan.js';
import { filesIn } from './folder.js';

/** Text that runs, ends something, leads out of something or is something else than text, wherever one forgets to care. */
const evil = [
  '*/ pwn(); /*',
  '*/\npwn();\n/*',
  '${pwn()}',
  '`${pwn()}`',
  "' + pwn() + '",
  '" + pwn() + "',
  "\\' + pwn() + \\'",
  "\\\\' + pwn() //",
  '\\',
  '\npwn();\n',
  '\rpwn();\r',
  '\u2028pwn();\u2029',
  '\u0085pwn();',
  '// pwn()\npwn()',
  '{{pwn}}{{{pwn}}}{{#each constructor}}{{/each}}',
  '{{lookup (lookup this "constructor") "constructor"}}',
  '</script><script>pwn()</script>',
  '\0pwn()',
  '\uFEFF',
  '\uD800',
  '\u202Epwn()\u202C',
  '@deprecated {@link pwn()}',
  '@ts-nocheck\n/// <reference path="/etc/passwd" />',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '../../../outside/pwned',
  '..',
  '.',
  '/etc/pwned',
  'C:\\pwned',
  'a/b',
  'con',
  'index',
  '.kube-gen',
  '[pwn()]',
  '];pwn();[',
  '};pwn();{',
  '>(pwn());',
  '/*@__PURE__*/ pwn()',
  'import("pwn")',
  "'; import 'node:fs'; '",
  '-->',
  '%00',
  '',
] as const;

const text = fc.oneof(
  fc.constantFrom(...evil),
  fc
    .tuple(fc.constantFrom(...evil), fc.string({ maxLength: 8 }), fc.constantFrom(...evil))
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
/** A name that is right most of the time: what is refused early proves little. */
const nameOr = (good: string): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: text });

const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 }));

const { schema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc
    .tuple(
      fc.record(
        {
          description: text,
          title: text,
          format: text,
          pattern: text,
          example: value,
          externalDocs: fc.record({ url: text }),
        },
        { requiredKeys: ['description'] },
      ),
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.record({ type: fc.constant('string'), enum: fc.array(text, { minLength: 1, maxLength: 4 }) }),
        fc.record({ type: fc.constant('string'), default: text }),
        fc.record({
          type: fc.constant('object'),
          properties: fc.array(fc.tuple(text, tie('schema')), { maxLength: 4 }).map(ownMap),
          required: fc.array(text, { minLength: 1, maxLength: 2 }),
        }),
        fc.record({ type: fc.constant('array'), items: tie('schema') }),
        fc.record({ type: fc.constant('object'), additionalProperties: tie('schema') }),
        fc.record({
          type: fc.constant('object'),
          properties: fc.array(fc.tuple(text, tie('schema')), { minLength: 2, maxLength: 3 }).map(ownMap),
          'x-kubernetes-validations': fc.array(fc.record({ rule: text, message: text }), { maxLength: 2 }),
        }),
      ),
    )
    .map(([notes, type]) => ({ ...notes, ...type })),
}));

/** An object with these own keys, `__proto__` among them. */
function ownMap(entries: readonly (readonly [string, unknown])[]): object {
  const map: object = {};
  for (const [key, one] of entries)
    Object.defineProperty(map, key, { value: one, enumerable: true, configurable: true });
  return map;
}

const crd = fc
  .record({
    metadataName: nameOr('foos.example.dev'),
    group: nameOr('example.dev'),
    kind: nameOr('Foo'),
    listKind: nameOr('FooList'),
    plural: nameOr('foos'),
    singular: nameOr('foo'),
    shortNames: fc.array(nameOr('fo'), { maxLength: 2 }),
    categories: fc.array(nameOr('all'), { maxLength: 2 }),
    version: nameOr('v1'),
    deprecationWarning: text,
    column: fc.record({ name: text, type: nameOr('string'), jsonPath: nameOr('.spec.x'), description: text }),
    fields: fc.array(nameOr('.spec.x'), { maxLength: 2 }),
    replicas: nameOr('.spec.replicas'),
    spec: schema,
    status: schema,
  })
  .map((c) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: c.metadataName },
    spec: {
      group: c.group,
      names: {
        kind: c.kind,
        listKind: c.listKind,
        plural: c.plural,
        singular: c.singular,
        shortNames: c.shortNames,
        categories: c.categories,
      },
      scope: 'Namespaced',
      versions: [
        {
          name: c.version,
          served: true,
          storage: true,
          deprecated: true,
          deprecationWarning: c.deprecationWarning,
          additionalPrinterColumns: [c.column],
          selectableFields: c.fields.map((jsonPath) => ({ jsonPath })),
          subresources: { status: {}, scale: { specReplicasPath: c.replicas, statusReplicasPath: '.status.replicas' } },
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: c.spec, status: c.status } } },
        },
      ],
    },
  }));

const sandbox = mkdtempSync(join(tmpdir(), 'kube-gen-hostile-'));
afterAll(() => rmSync(sandbox, { recursive: true, force: true }));

/** Compiles a module as it is and runs it. Whatever it imports does nothing; `pwn` is there for whoever gets to call it. */
function runModule(code: string): void {
  const { outputText, diagnostics } = ts.transpileModule(code, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
  const stub = { defineResource: () => (definition: unknown) => definition, ReflectorOf: Object };
  const imported: string[] = [];
  const pwned: string[] = [];
  runInNewContext(outputText, {
    exports: {},
    require: (name: string) => {
      imported.push(name);
      return new Proxy(stub, { get: (target, key) => Reflect.get(target, key) as unknown });
    },
    pwn: () => pwned.push('pwned'),
  });
  expect(pwned).toEqual([]);
  for (const name of imported) expect(name).toMatch(/^(?:@kube-gen\/runtime\/codegen1|\.\/[a-z0-9./-]+\.js)$/);
}

describe('hostile CRDs', () => {
  it('are inert: nothing outside the output folder is touched, and importing the output runs no text of theirs', async () => {
    writeFileSync(join(sandbox, 'precious'), 'mine');
    mkdirSync(join(sandbox, 'outside'));
    let made = 0;
    await fc.assert(
      fc.asyncProperty(crd, text, async (document, file) => {
        const out = join(sandbox, 'deep/out');
        const { files, diagnostics } = await generate([{ file, text: JSON.stringify(document) }]);
        // Refused, and said so: that is fine too.
        if (files.length === 0) {
          expect(diagnostics.map(({ severity }) => severity)).toContain('error');
          return;
        }
        made += 1;
        for (const { path, content } of files) {
          expect(path).toMatch(/^(?:[a-z0-9_][a-z0-9._-]*\/)*[a-z0-9_][a-z0-9._-]*\.ts$/);
          expect(path).not.toContain('..');
          runModule(content);
        }
        commitOutput(planOutput(files, { out, version: '1.0.0' }));
        expect(Object.keys(filesIn(sandbox)).filter((path) => !path.startsWith('deep/out/'))).toEqual(['precious']);
        expect(Object.keys(filesIn(out)).sort()).toEqual(['.kube-gen.json', ...files.map(({ path }) => path)].sort());
        expect(readdirSync(join(sandbox, 'outside'))).toEqual([]);
      }),
      { numRuns: Number(process.env['KUBE_GEN_FUZZ'] ?? 150) },
    );
    expect(made).toBeGreaterThan(10);
  });

  it('a module that does call something of theirs would be found', () => {
    expect(() => runModule('export const a = `${pwn()}`;')).toThrow(/pwned/);
    expect(() => runModule("import 'node:fs';")).toThrow(/node:fs/);
    expect(() => runModule('export const a = "')).toThrow(/Unterminated/);
  });
});
