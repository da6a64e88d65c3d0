import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkConfig, type CheckedTarget } from '../config/check-config.js';
import { systemErrorCode, systemErrorReason } from '../system-error.js';
import { ConfigError } from './find-config.js';
import { compileModules, followImports, takeAsModules } from './module-hooks.js';
import { printError } from './print.js';
import { inert } from './report.js';

/** A config file that was read and checked. */
export interface LoadedConfig {
  /** As messages name it. */
  readonly file: string;
  /** The folder that its paths are relative to, as seen from the working folder. */
  readonly folder: string;
  readonly targets: readonly CheckedTarget[];
}

/**
 * Reads a config file, and what it imports anew with it where `imports` is given, to which those files are added. Throws a `ConfigError`.
 */
export async function loadConfig(file: string, imports?: Set<string>): Promise<LoadedConfig> {
  const checked = checkConfig(await orSayWhy(file, readConfig(file, imports)));
  if ('messages' in checked) throw new ConfigError(file, checked.messages);
  const folder = relative('.', dirname(resolve(file)))
    .split(sep)
    .join('/');
  return { file, folder: folder === '' ? '.' : folder, targets: checked.targets };
}

/** Node ends when nothing is left that a promise could wait for, before there is an answer. */
async function orSayWhy<T>(file: string, reading: Promise<T>): Promise<T> {
  const say = (): void =>
    printError(`${inert(`kube-gen: ${file}: cannot be read: it waits for something that never comes`)}\n`);
  process.once('beforeExit', say);
  try {
    return await reading;
  } finally {
    process.off('beforeExit', say);
  }
}

async function readConfig(file: string, imports: Set<string> | undefined): Promise<unknown> {
  const kind = extname(file);
  if (!['.json', '.mjs', '.ts'].includes(kind))
    throw new ConfigError(file, ['a config file ends with .json, .mjs or .ts']);
  const text = readText(file);
  if (kind === '.json') return parseJson(file, text);
  const module = await importConfig(file, { kind, imports });
  if (!('default' in module))
    throw new ConfigError(file, ['has no default export: export default defineConfig({ … })']);
  return module.default;
}

function readText(file: string): string {
  try {
    // Editors of Windows may put a byte order mark in front.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new ConfigError(file, [systemErrorReason(error)]);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(file, [`is not JSON: ${error.message}`]);
  }
}

let reads = 0;

async function importConfig(
  file: string,
  { kind, imports }: { readonly kind: string; readonly imports: Set<string> | undefined },
): Promise<object> {
  const restore = kind === '.ts' ? prepareTypeScript(file) : undefined;
  try {
    return await importAgain(file, imports);
  } catch (error) {
    // Node only takes types away; enums and the like are code that the compiler has to write.
    const isCode = error instanceof Error && 'code' in error && error.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX';
    if (!isCode || !compileTypeScript(file)) return cannotBeRun(file, error);
    // Node 22 goes on refusing what was imported, by its address: all get a new one.
    return await importAgain(file, imports ?? new Set()).catch((again: unknown) => cannotBeRun(file, again));
  } finally {
    restore?.();
  }
}

async function importAgain(file: string, imports: Set<string> | undefined): Promise<object> {
  const url = pathToFileURL(file);
  // Node remembers modules by their address.
  if (reads++ > 0 || imports !== undefined) url.search = `?${reads}`;
  const stop = imports === undefined ? undefined : followImports(url.search, imports);
  // Standard output is for reports: what a config prints, or a library that it imports, is for people.
  const { log, info, debug } = console;
  Object.assign(console, { log: console.error, info: console.error, debug: console.error });
  try {
    return (await import(url.href)) as object;
  } finally {
    Object.assign(console, { log, info, debug });
    stop?.();
  }
}

function cannotBeRun(file: string, error: unknown): never {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  throw new ConfigError(file, [`cannot be run: ${reason}`]);
}

let isPrepared = false;

/**
 * Node reads TypeScript itself from 22.18 on; before, the compiler of the project takes the types away. What it gives takes back what no
 * other import needs.
 */
function prepareTypeScript(file: string): (() => void) | undefined {
  const { typescript } = process.features as { readonly typescript?: unknown };
  // Another loader that knows TypeScript (tsx) makes this needless.
  const isLoaded = process.execArgv.some((arg) => arg.includes('tsx'));
  if (isLoaded) return undefined;
  if (typeof typescript === 'string' && typescript !== '') return takeAsModules();
  if (isPrepared || compileTypeScript(file)) {
    isPrepared = true;
    return undefined;
  }
  const way = 'install typescript 5 or 6 beside it, use Node 22.18 or newer, or write kube-gen.config.mjs';
  throw new ConfigError(file, [`Node ${process.versions.node} cannot read TypeScript: ${way}`]);
}

/** Whether there is a compiler: from now on it takes the types away. */
function compileTypeScript(file: string): boolean {
  const compiler = findCompiler(file);
  if (compiler === undefined) return false;
  compileModules(compiler);
  return true;
}

function findCompiler(file: string): string | undefined {
  for (const from of [resolve(file), import.meta.url]) {
    const require = createRequire(from);
    try {
      const { version } = require('typescript/package.json') as { version: string };
      // TypeScript 7 has no compiler to call.
      if (/^[456]\./.test(version)) return require.resolve('typescript');
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'MODULE_NOT_FOUND') {
        if (systemErrorCode(error) === undefined) throw error;
      }
    }
  }
  return undefined;
}
