import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What is used of the compiler of the user's project. */
interface Compiler {
  transpileModule(text: string, o: { readonly compilerOptions: object }): { readonly outputText: string };
}

let compiler: Compiler | undefined;

/** Node calls this once, in the thread of module hooks. */
export async function initialize(data: { readonly compiler: string }): Promise<void> {
  const module = (await import(data.compiler)) as { readonly default: Compiler };
  compiler = module.default;
}

interface Loaded {
  readonly format: string;
  readonly source?: unknown;
  readonly shortCircuit?: boolean;
}

/** A module hook for Node before 22.18: takes the types out of TypeScript modules. */
export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<Loaded>,
): Promise<Loaded> {
  const path = url.replace(/\?.*$/, '');
  if (compiler === undefined || !path.startsWith('file:') || !path.endsWith('.ts')) return next(url, context);
  const text = await readFile(fileURLToPath(path), 'utf8');
  // 99: the newest; `module` and `target` keep the code as it is but for its types.
  const { outputText } = compiler.transpileModule(text, { compilerOptions: { module: 99, target: 99 } });
  return { format: 'module', source: outputText, shortCircuit: true };
}
