import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A compiler of this repository: the name of its package in node_modules. */
export type Compiler = 'typescript' | 'typescript54' | 'typescript6' | 'typescript7';

/** One message of a compiler. */
export interface CompileError {
  /** Relative to the folder of the project. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Writes a TypeScript project under all flags of the generated code's contract. */
export function writeProject(folder: string, files: readonly { path: string; content: string }[]): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
}

/** Compiles what `include` names below `folder`; the generated code imports the runtime from its sources. */
export async function compile(
  folder: string,
  { compiler, include }: { readonly compiler: Compiler; readonly include: readonly string[] },
): Promise<CompileError[]> {
  const config = join(folder, `tsconfig-${compiler}-${include.join('-').replace(/\W+/g, '-')}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions: compilerOptions(compiler), include }));
  const args = [
    '--max-old-space-size=6000',
    join(root, 'node_modules', compiler, 'bin/tsc'),
    '-p',
    config,
    '--pretty',
    'false',
  ];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 1 << 28 });
    return [];
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    const found = parseErrors(stdout ?? '');
    // The runtime's sources are no part of the promise to old compilers (its declarations are), and have tests of their own.
    if (found.length > 0) return found.filter(({ file }) => !file.startsWith('..'));
    throw new Error(`${compiler} failed without a message: ${stdout}${stderr}`, { cause: error });
  }
}

function compilerOptions(compiler: Compiler): Record<string, unknown> {
  return {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    ...(compiler === 'typescript54' ? {} : { erasableSyntaxOnly: true }),
    skipLibCheck: false,
    module: 'nodenext',
    moduleResolution: 'nodenext',
    target: 'es2022',
    lib: ['es2022', 'esnext.disposable', 'dom'],
    types: [],
    noEmit: true,
    paths: { '@kube-gen/runtime/*': [join(root, 'runtime/src/*.ts')] },
  };
}

function parseErrors(output: string): CompileError[] {
  const errors: CompileError[] = [];
  for (const text of output.split('\n')) {
    const [, file, line, message] = /^(.+?)\((\d+),\d+\): error (TS.*)$/.exec(text) ?? [];
    if (file !== undefined && message !== undefined) errors.push({ file, line: Number(line), message });
    else if (text.startsWith('error TS')) errors.push({ file: '', line: 0, message: text });
  }
  return errors;
}
