import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compiledModule, typeScriptFile, type Compiler } from '../tools/compiled-module.js';

/** What Node has from 22.15 on, and its types of 20 do not tell. */
interface SyncHooks {
  readonly registerHooks?: (hooks: Hooks) => { deregister(): void };
}

interface Hooks {
  readonly load?: (url: string, context: Format, next: (url: string, context: Format) => unknown) => unknown;
  readonly resolve?: (specifier: string, context: Importer, next: Resolve) => Resolved;
}

interface Format {
  readonly format?: string | null;
}

interface Importer {
  readonly parentURL?: string;
}

interface Resolved {
  readonly url: string;
}

type Resolve = (specifier: string, context: Importer) => Resolved;

/**
 * A config file has imports and an export: it is a module, in a package with `"type": "commonjs"` too, as `npm init` makes them. What it
 * gives takes that back.
 */
export function takeAsModules(): () => void {
  return add({
    load: (url, context, next) =>
      next(url, /\.ts(?:\?|$)/.test(url) ? { ...context, format: 'module-typescript' } : context),
  });
}

/**
 * Lets what a module imports be read anew along with it, where its address ends with `search`, and adds these files to `files`. What it
 * gives takes that back. Before Node 22.15 nothing is followed.
 */
export function followImports(search: string, files: Set<string>): () => void {
  return add({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      const isPackage = !found.url.startsWith('file:') || found.url.includes('/node_modules/');
      if (context.parentURL?.endsWith(search) !== true || isPackage) return found;
      files.add(fileURLToPath(found.url));
      return { ...found, url: `${found.url}${search}` };
    },
  });
}

/**
 * Lets the compiler at a path take the types out of TypeScript modules from now on. Node before 22.15 asks hooks in a thread of their own,
 * which newer ones complain of.
 */
export function compileModules(path: string): void {
  const { registerHooks, createRequire, register } = nodeModule as SyncHooks & typeof nodeModule;
  if (registerHooks === undefined) {
    register(new URL('../tools/typescript-hooks.js', import.meta.url), {
      data: { compiler: pathToFileURL(path).href },
    });
    return;
  }
  const compiler = createRequire(import.meta.url)(path) as Compiler;
  add({
    load: (url, context, next) => {
      const file = typeScriptFile(url);
      return file === undefined ? next(url, context) : compiledModule(compiler, readFileSync(file, 'utf8'));
    },
  });
}

function add(hooks: Hooks): () => void {
  const added = (nodeModule as SyncHooks).registerHooks?.(hooks);
  return () => added?.deregister();
}
