import { fileURLToPath } from 'node:url';

/** What is used of the compiler of the user's project. */
export interface Compiler {
  transpileModule(text: string, o: { readonly compilerOptions: object; readonly reportDiagnostics: true }): Transpiled;
}

interface Transpiled {
  readonly outputText: string;
  readonly diagnostics?: readonly { readonly messageText: string | { readonly messageText: string } }[];
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

/** A module in TypeScript as one that Node runs. Throws a `SyntaxError`, as Node does: the compiler goes on with what it guesses was meant. */
export function compiledModule(compiler: Compiler, text: string): LoadedModule {
  // 99: the newest; `module` and `target` keep the code as it is but for its types.
  const compilerOptions = { module: 99, target: 99 };
  const { outputText, diagnostics } = compiler.transpileModule(text, { compilerOptions, reportDiagnostics: true });
  const mistake = diagnostics?.[0]?.messageText;
  if (mistake !== undefined) throw new SyntaxError(typeof mistake === 'string' ? mistake : mistake.messageText);
  return { format: 'module', source: outputText, shortCircuit: true };
}
