import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A compiler of this repository: the name of its package in node_modules. */
export type Compiler = 'typescript' | 'typescript54' | 'typescript6' | 'typescript7';
/** Every compiler that generated code promises to compile with. */
export const compilers: readonly Compiler[] = ['typescript54', 'typescript', 'typescript6', 'typescript7'];

/** One message of a compiler. */
export interface CompileError {
  /** Relative to the folder of the project. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `TS2322: …`, with the lines that explain it, one below the other. */
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

/** What is compiled, and by whom. */
export interface Compilation {
  readonly compiler: Compiler;
  /** Below the folder of the project. */
  readonly include: readonly string[];
  /** What the generated code imports of the runtime: its sources (default), or the declarations of the last build, which is much quicker. */
  readonly runtime?: 'sources' | 'declarations';
  /** Whether declarations of what is compiled can be written, too, as those who publish a library do. */
  readonly declaration?: boolean;
  /** Whether with all strict flags (default), or with none, as projects that began as JavaScript. */
  readonly strict?: boolean;
}

/** Compiles what `include` names below `folder`. */
export async function compile(
  folder: string,
  { compiler, include, runtime = 'sources', declaration = false, strict = true }: Compilation,
): Promise<CompileError[]> {
  const config = join(folder, `tsconfig-${compiler}-${include.join('-').replace(/\W+/g, '-')}.json`);
  writeFileSync(
    config,
    JSON.stringify({
      compilerOptions: {
        ...compilerOptions(compiler),
        ...(strict ? {} : { strict, exactOptionalPropertyTypes: false }),
        ...runtimeOptions(runtime),
        declaration,
      },
      include,
    }),
  );
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
    module: 'nodenext',
    moduleResolution: 'nodenext',
    target: 'es2022',
    lib: ['es2022', 'esnext.disposable', 'dom'],
    types: [],
    noEmit: true,
  };
}

function runtimeOptions(runtime: 'sources' | 'declarations'): Record<string, unknown> {
  if (runtime === 'sources') {
    return { skipLibCheck: false, paths: { '@kube-gen/runtime/*': [join(root, 'runtime/src/*.ts')] } };
  }
  if (!existsSync(join(root, 'runtime/dist/codegen1.d.ts'))) throw new Error('The runtime is not built: npm run build');
  const paths = {
    '@kube-gen/runtime': [join(root, 'runtime/dist/index.d.ts')],
    '@kube-gen/runtime/*': [join(root, 'runtime/dist/*.d.ts')],
  };
  return { skipLibCheck: true, paths };
}

function parseErrors(output: string): CompileError[] {
  const errors: CompileError[] = [];
  for (const text of output.split('\n')) {
    const [, file, line, column, message] = /^(.+?)\((\d+),(\d+)\): error (TS.*)$/.exec(text) ?? [];
    const last = errors.at(-1);
    if (file !== undefined && message !== undefined) {
      errors.push({ file, line: Number(line), column: Number(column), message });
    } else if (text.startsWith('error TS')) errors.push({ file: '', line: 0, column: 0, message: text });
    else if (text.startsWith(' ') && last !== undefined) {
      errors[errors.length - 1] = { ...last, message: `${last.message}\n${text}` };
    }
  }
  return errors;
}
