import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, type Compiler, type CompileError, compilers } from '../support/type-check.js';
import { createFooProject, fooModule } from './foo-project.js';
import { mistakes } from './mistakes.js';

const head = `import type { FooManifest } from '${fooModule}';`;
const lines = mistakes.map(({ manifest }, i) => {
  const has = (field: string): boolean => new RegExp(`^▸?${field}:|, ▸?${field}:`).test(manifest);
  const identity = [
    ...(has('apiVersion') ? [] : ["apiVersion: 'example.kube-gen.dev/v1'"]),
    ...(has('kind') ? [] : ["kind: 'Foo'"]),
    ...(/^▸?metadata:/.test(manifest) ? [] : ["metadata: { name: 'a' }"]),
    ...(manifest === '' ? [] : [manifest]),
  ];
  return `export const m${i} = { ${identity.join(', ')} } satisfies FooManifest;`;
});

describe('a mistake in a manifest', () => {
  let folder: string;
  const said = new Map<Compiler, readonly CompileError[]>();

  beforeAll(async () => {
    folder = await createFooProject({ 'mistakes.ts': `${[head, ...lines].join('\n').replaceAll('▸', '')}\n` });
    for (const compiler of compilers) {
      const errors = await compile(folder, { compiler, include: ['mistakes.ts'], runtime: 'declarations' });
      said.set(compiler, errors);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(mistakes.map((mistake, i) => ({ ...mistake, line: i + 2, text: lines[i] ?? '' })))(
    '$name is reported where it stands',
    ({ says, line, text }) => {
      const column = text.includes('▸') ? text.indexOf('▸') + 1 : text.indexOf('satisfies') + 1;
      const found = compilers.flatMap((compiler) => {
        const errors = said.get(compiler)?.filter((error) => error.file === 'mistakes.ts' && error.line === line) ?? [];
        return errors.map((error) => ({ compiler, column: error.column, message: error.message }));
      });
      expect(found).toEqual(
        compilers.map((compiler) => {
          const message: unknown = compiler === 'typescript' ? says : expect.stringMatching(/^TS\d+: /);
          return { compiler, column, message };
        }),
      );
    },
  );
});
