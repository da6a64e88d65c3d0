import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { dirname, posix, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics.js';
import { systemErrorCode, systemErrorReason } from '../system-error.js';
import { decodeText, InputError, maxInputBytes, textOf, tooLarge } from './decode-text.js';
import type { Source } from './documents.js';
import { isUrl, shownInput } from './shown-input.js';
import { isGlob, splitGlob } from './split-glob.js';

/** What was read, and what could not be. */
export interface ReadResult {
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads inputs: a file, a directory (recursive, `*.yaml`, `*.yml`, `*.json`; not `node_modules` and what starts with a dot), a glob, `-`
 * for standard input, an `http(s)` URL. A file that several inputs name is read once.
 */
export async function readInputs(inputs: readonly string[]): Promise<ReadResult> {
  const sources = new Map<string, Source>();
  const diagnostics: Diagnostic[] = [];
  for (const input of inputs) {
    try {
      if (input === '-') sources.set('-', await (standardInput ??= readStandardInput()));
      else if (isUrl(input)) sources.set(input, sources.get(input) ?? (await readDownload(input)));
      else for (const one of readFiles(await expand(input), sources)) diagnostics.push(one);
    } catch (error) {
      diagnostics.push(inputDiagnostic(shownInput(input), error));
    }
  }
  return { sources: [...sources.values()], diagnostics };
}

function inputDiagnostic(file: string, error: unknown): Diagnostic {
  return { severity: 'error', file, message: error instanceof InputError ? error.message : systemErrorReason(error) };
}

async function readDownload(url: string): Promise<Source> {
  const { readUrl } = await import('./read-url.js');
  return { file: shownInput(url), text: await readUrl(url) };
}

/** It comes once only, and several output folders may be made of it. */
let standardInput: Promise<Source> | undefined;

async function readStandardInput(): Promise<Source> {
  return { file: '<stdin>', text: await textOf(process.stdin as AsyncIterable<Uint8Array>) };
}

interface InputFile {
  /** How messages name it. */
  readonly file: string;
  /** Whether it was found in a folder or by a glob. */
  readonly found: boolean;
  /** The folder that was named, where it was found in one. */
  readonly folder?: string;
}

function readFiles(files: readonly InputFile[], sources: Map<string, Source>): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const isBelow = belowFolders();
  for (const { file, found, folder } of files) {
    try {
      const real = realPath(file);
      const known = sources.get(real);
      if (known === undefined)
        sources.set(real, {
          file,
          text: readText(file),
          found,
          ...(isBelow(real, folder ?? dirname(file)) ? {} : { isOutside: true }),
        });
      // Named itself as well as found: it must work, whatever the order.
      else if (!found) sources.set(real, { ...known, found });
    } catch (error) {
      diagnostics.push(inputDiagnostic(file, error));
    }
  }
  return diagnostics;
}

/** A pipe of a shell (`<(helm template …)`) can be opened by its name, which leads to no path. */
function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT' && statSync(file, { throwIfNoEntry: false })?.isFIFO() === true)
      return file;
    throw error;
  }
}

/** Whether a file is below a folder. There are many files, and few folders. */
function belowFolders(): (real: string, folder: string) => boolean {
  const known = new Map<string, string>();
  return (real, folder) => {
    const start = known.get(folder) ?? `${realpathSync.native(folder).replace(/[/\\]$/, '')}${sep}`;
    known.set(folder, start);
    return real.startsWith(start);
  };
}

/** Where files are read, one after the other: fresh memory for each costs more than reading it. */
const room = Buffer.allocUnsafeSlow(4 << 20);

function readText(file: string): string {
  const { size } = statSync(file);
  if (size > maxInputBytes) throw new InputError(tooLarge);
  return decodeText(readBytes(file, size < room.length ? room : Buffer.allocUnsafeSlow(size + 1)));
}

/** All bytes of a file, until the next one is read. A pipe or a device does not tell how much will come, and may never end. */
function readBytes(file: string, space: Buffer): Uint8Array {
  const open = openSync(file, 'r');
  try {
    let bytes = space;
    for (let size = 0; ;) {
      const length = readSync(open, bytes, size, bytes.length - size, null);
      if (length === 0) return bytes.subarray(0, size);
      size += length;
      if (size > maxInputBytes) throw new InputError(tooLarge);
      if (size === bytes.length) bytes = Buffer.concat([bytes], 2 * size);
    }
  } finally {
    closeSync(open);
  }
}

async function expand(input: string): Promise<InputFile[]> {
  const stats = statsOf(input);
  if (stats?.isDirectory() === true) return inDirectory(input);
  if (stats !== undefined) return [{ file: named(input), found: false }];
  if (!isGlob(input)) throw new InputError('no such file or folder');
  const { glob } = await import('tinyglobby');
  const { folder, pattern } = splitGlob(input, isFolder);
  const ignore = input.includes('node_modules') ? [] : ['**/node_modules/**'];
  const files = await glob(pattern, { cwd: folder, onlyFiles: true, expandDirectories: false, ignore });
  if (files.length === 0) throw new InputError('no file matches this pattern');
  return files.map((file) => ({ file: named(folder === '.' ? file : `${folder}/${file}`), found: true }));
}

/** What stands at a path, if anything. Not to throw would mean to Node 22, but not to 20, that a way through a file leads to nothing. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What cannot be looked at is looked for as a pattern, which finds nothing. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return false;
  }
}

/** The way to a file, with slashes. From a link `..` does not lead back. */
function named(path: string): string {
  const text = path.split(sep).join('/');
  return text.split('/').includes('..') ? text : posix.normalize(text);
}

/** What a file of a folder is called that is read. */
export const inputFile: RegExp = /\.(?:ya?ml|json)$/i;

/** Said of a folder without such a file. */
export const noInputFile = 'no *.yaml, *.yml or *.json file in this folder';

function inDirectory(folder: string): InputFile[] {
  const files: InputFile[] = [];
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = `${next}/${entry.name}`;
      if (entry.isDirectory()) open.push(path);
      else if (inputFile.test(entry.name) && isFile(entry, path))
        files.push({ file: named(path), found: true, folder });
    }
  }
  if (files.length === 0) throw new InputError(noInputFile);
  return files;
}

/** A linked file counts, as in a mounted ConfigMap. Linked folders are not walked: they may lead back up. */
function isFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    // What is wrong with this one is told when it is read.
    return true;
  }
}
