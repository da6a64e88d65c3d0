import { readFile } from 'node:fs/promises';
import { compiledModule, typeScriptFile, type Compiler, type LoadedModule } from './compiled-module.js';

let compiler: Compiler | undefined;

/** Node calls this once, in the thread of module hooks. */
export async function initialize(data: { readonly compiler: string }): Promise<void> {
  const module = (await import(data.compiler)) as { readonly default: Compiler };
  compiler = module.default;
}

/** A module hook for Node before 22.15, which runs them in a thread of their own: takes the types out of TypeScript modules. */
export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<LoadedModule>,
): Promise<LoadedModule> {
  const file = typeScriptFile(url);
  if (compiler === undefined || file === undefined) return next(url, context);
  return compiledModule(compiler, await readFile(file, 'utf8'));
}
