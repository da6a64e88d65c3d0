import { fileURLToPath } from 'node:url';

/** What is used of the compiler of the user's project. */
export interface Compiler {
  transpileModule(text: string, o: { readonly compilerOptions: object }): { readonly outputText: string };
}

/** What Node goes on with when a module hook has loaded a module. */
export interface LoadedModule {
  readonly format: string;
  readonly source?: unknown;
  readonly shortCircuit?: boolean;
}

/** The file of a module in TypeScript on this machine; nothing for another. */
export function typeScriptFile(url: string): string | undefined {
  const path = url.replace(/\?.*$/, '');
  return path.startsWith('file:') && path.endsWith('.ts') ? fileURLToPath(path) : undefined;
}

/** A module in TypeScript as one that Node runs. */
export function compiledModule(compiler: Compiler, text: string): LoadedModule {
  // 99: the newest; `module` and `target` keep the code as it is but for its types.
  const { outputText } = compiler.transpileModule(text, { compilerOptions: { module: 99, target: 99 } });
  return { format: 'module', source: outputText, shortCircuit: true };
}
