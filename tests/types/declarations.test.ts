import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilers } from '../support/type-check.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A class has private state: two declarations of it would not be assignable to each other. */
const everyEntry = `
import * as all from '@kube-gen/runtime';
import * as codegen1 from '@kube-gen/runtime/codegen1';
import * as fetch from '@kube-gen/runtime/fetch';
import * as testing from '@kube-gen/runtime/testing';
import * as yaml from '@kube-gen/runtime/yaml';
export const same: [typeof codegen1.Reflector, typeof all.Reflector, typeof all.KubeError] = [all.Reflector, codegen1.Reflector, fetch.KubeError];
export async function disposes(reflector: codegen1.Reflector<object>): Promise<unknown> {
  await using all = reflector;
  using one = all.on('synced', () => {});
  return [all, one, testing.startApiServer, yaml.readYamlDocuments];
}
`;

describe('the declarations of the runtime package', () => {
  let folder: string;
  const tsc = async (compiler: string, file: string, ...flags: string[]): Promise<string> => {
    const command = [join(root, 'node_modules', compiler, 'bin/tsc'), '-p', `${file}.json`, ...flags];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    return stdout;
  };
  const write = (name: string, content: string): void => {
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022', 'dom'],
      types: [],
      noEmit: true,
    };
    writeFileSync(join(folder, `${name}.ts`), content);
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ compilerOptions, files: [`${name}.ts`] }));
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kube-gen-declarations-'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    mkdirSync(join(folder, 'node_modules/@kube-gen'), { recursive: true });
    symlinkSync(join(root, 'runtime'), join(folder, 'node_modules/@kube-gen/runtime'));
    write('every-entry', everyEntry);
    write('codegen1', "export { Reflector } from '@kube-gen/runtime/codegen1';\n");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(compilers)('all entries compile with %s, checked themselves, and share their classes', async (compiler) => {
    expect(await tsc(compiler, 'every-entry')).toBe('');
  });

  it('generated code makes the compiler read two files of the runtime', async () => {
    const files = (await tsc('typescript', 'codegen1', '--listFilesOnly')).split('\n');
    const ours = files.filter((file) => file.includes('/runtime/dist/'));
    expect(ours.map((file) => basename(file)).sort()).toEqual(['cluster.d.ts', 'codegen1.d.ts']);
  });
});
