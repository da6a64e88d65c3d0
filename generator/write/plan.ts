import { lstatSync, readFileSync } from 'node:fs';
import { byText } from '../by-text.js';
import type { OutputFile } from '../emit/output-file.js';
import { systemErrorCode, systemErrorReason } from '../system-error.js';
import { createFolderCheck } from './folder-check.js';
import { formatManifest, hashOf, isInside, manifestName, parseManifest, type Manifest } from './manifest.js';
import { OutputError, type OutputFault } from './output-error.js';
import { utf8Bytes } from './utf8-bytes.js';

/** Why a file is written or removed. */
export type Reason = 'missing' | 'input-changed' | 'edited' | 'line-ends' | 'other-version' | 'stale';

/** What happens to one file. */
export type PlanEntry = UnchangedFile | FileChange;

/** A file that is written or removed. */
export type FileChange = WrittenFile | { readonly t: 'remove'; readonly path: string; readonly reason: Reason };

interface UnchangedFile {
  readonly t: 'unchanged';
  readonly path: string;
}

interface WrittenFile {
  readonly t: 'write';
  readonly path: string;
  readonly reason: Reason;
  readonly content: string;
  readonly exists: boolean;
}

/** What would change in an output folder. */
export interface Plan {
  readonly out: string;
  /** One for each file of the output and each stale one, in order of their paths; without the manifest. */
  readonly entries: readonly PlanEntry[];
  /** `.kube-gen.json`; a change of it alone is a change too. */
  readonly manifest: UnchangedFile | WrittenFile;
  /** The text of the manifest that was there; `undefined` where there was none. */
  readonly seen: string | undefined;
  /** What the manifest says while files are being replaced: the old and the new ones are all kube-gen's. */
  readonly journal: string;
  /** The version of kube-gen that wrote the folder before. */
  readonly writtenBy: string | undefined;
  /** Files that kube-gen wrote once and somebody replaced: left alone. */
  readonly abandoned: readonly string[];
}

/**
 * Compares files with an output folder, which need not exist. Throws an `OutputError` that names everything in the way: a file that
 * kube-gen did not write, a symbolic link, a folder that cannot be read.
 */
export function planOutput(files: readonly OutputFile[], o: { readonly out: string; readonly version: string }): Plan {
  const faults: OutputFault[] = [];
  const check = createFolderCheck(o.out, faults);
  const { manifest: before, text: seen } = check(manifestName) ? readManifest(o.out, faults) : {};
  const look: Look = { ...o, before, faults, check };
  const wanted = new Map(files.map((file) => [file.path, file.content]));
  // One file where the disk does not tell capitals from small letters.
  const distinct = new Set([...wanted.keys()].map((path) => path.toLowerCase()));
  if (distinct.size !== files.length) throw new Error('two output files have one path');
  const entries = [...wanted].map(([path, content]) => planFile(look, path, content));
  const abandoned: string[] = [];
  for (const path of before?.files.keys() ?? []) {
    if (wanted.has(path)) continue;
    if (distinct.has(path.toLowerCase()) && isSameFile(look, path, wanted)) continue;
    const entry = planStale(look, path);
    if (entry === 'abandoned') abandoned.push(path);
    else if (entry !== undefined) entries.push(entry);
  }
  if (faults.length > 0) throw new OutputError(faults);
  const after = new Map(files.map(({ path, content }) => [path, hashOf(content)]));
  return {
    out: o.out,
    entries: entries.sort((a, b) => byText(a.path, b.path)),
    manifest: planManifest(look, { seen, content: formatManifest({ version: o.version, files: after }) }),
    seen,
    journal: formatManifest({ version: o.version, files: new Map([...(before?.files ?? []), ...after]) }),
    writtenBy: before?.version,
    abandoned,
  };
}

interface Look {
  readonly out: string;
  readonly version: string;
  readonly before: Manifest | undefined;
  readonly faults: OutputFault[];
  /** Whether the folders above a path are folders of their own, no links; a fault if not. */
  readonly check: (path: string) => boolean;
}

interface ReadManifest {
  readonly manifest?: Manifest;
  readonly text?: string;
}

function readManifest(out: string, faults: OutputFault[]): ReadManifest {
  const file = `${out}/${manifestName}`;
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return {};
    const text = stats.isFile() ? readFileSync(file, 'utf8') : undefined;
    const manifest = text === undefined ? undefined : parseManifest(text);
    if (text !== undefined && manifest !== undefined) return { manifest, text };
    faults.push({
      file,
      message: 'is not a list of files that kube-gen wrote (a merge conflict?)',
      hint: `Delete the folder ${out} if nothing else is in it, and run kube-gen again.`,
    });
  } catch (error) {
    faults.push({ file, message: `cannot be read: ${systemErrorReason(error)}` });
  }
  return {};
}

function planFile(look: Look, path: string, content: string): PlanEntry {
  if (!isInside(path) || path === manifestName)
    throw new Error(`output path ${JSON.stringify(path)} leaves its folder`);
  const missing: PlanEntry = { t: 'write', path, reason: 'missing', content, exists: false };
  if (!look.check(path)) return missing;
  const there = readOutput(look, path);
  if (there === undefined) return missing;
  if (there.equals(utf8Bytes(content))) return { t: 'unchanged', path };
  const reason = reasonOf(look, path, there, content);
  if (reason === undefined) {
    look.faults.push({
      file: `${look.out}/${path}`,
      message: 'is in the way: kube-gen did not write it and will not overwrite it',
      hint: 'Move it away, or choose another folder with --out.',
    });
    return missing;
  }
  return { t: 'write', path, reason, content, exists: true };
}

/** Why a file that is there differs; `undefined` when it is not kube-gen's. */
function reasonOf({ before, version }: Look, path: string, there: Buffer, wanted?: string): Reason | undefined {
  const hash = before?.files.get(path);
  if (hash === undefined) return undefined;
  const written = asWritten(there);
  if (wanted !== undefined && written !== there && written.equals(utf8Bytes(wanted))) return 'line-ends';
  if (hash === hashOf(written)) return before?.version === version ? 'input-changed' : 'other-version';
  return hasMark(there) ? 'edited' : undefined;
}

/** A file without the `\r` that git puts at the ends of lines where `core.autocrlf` is on. */
function asWritten(content: Buffer): Buffer {
  return content.includes('\r\n')
    ? Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    : content;
}

/** Whether a file still says in its head that kube-gen made it. */
function hasMark(content: Buffer): boolean {
  return content.subarray(0, 300).toString('latin1').includes('Generated by kube-gen');
}

function planStale(look: Look, path: string): PlanEntry | 'abandoned' | undefined {
  if (!look.check(path)) return undefined;
  const there = readOutput(look, path);
  if (there === undefined) return undefined;
  return reasonOf(look, path, there) === undefined ? 'abandoned' : { t: 'remove', path, reason: 'stale' };
}

/** Whether a path differs from one that is wanted in capitals only, and the disk takes both for one: then it is not stale. */
function isSameFile({ out }: Look, path: string, wanted: ReadonlyMap<string, string>): boolean {
  const other = [...wanted.keys()].find((one) => one.toLowerCase() === path.toLowerCase());
  const [a, b] = [path, other].map((one) => lstatSync(`${out}/${one}`, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

function readOutput({ out, faults }: Look, path: string): Buffer | undefined {
  const file = `${out}/${path}`;
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (stats.isFile()) return readFileSync(file);
    const what = stats.isSymbolicLink() ? 'a symbolic link' : stats.isDirectory() ? 'a folder' : 'not a file';
    faults.push({ file, message: `is ${what}: kube-gen did not make it and will not replace it` });
  } catch (error) {
    // A part of the path is no folder: the folder check has said so.
    if (systemErrorCode(error) !== 'ENOTDIR')
      faults.push({ file, message: `cannot be read: ${systemErrorReason(error)}` });
  }
  return undefined;
}

function planManifest(
  { before, version }: Look,
  { seen, content }: { readonly seen: string | undefined; readonly content: string },
): Plan['manifest'] {
  const path = manifestName;
  if (before === undefined) return { t: 'write', path, reason: 'missing', content, exists: false };
  if (seen === content) return { t: 'unchanged', path };
  const isMarked = seen?.startsWith('\uFEFF') === true;
  const same = seen !== undefined && seen.replaceAll('\r\n', '\n') === content;
  const changed = before.version === version ? 'input-changed' : 'other-version';
  const reason = same ? 'line-ends' : isMarked ? 'edited' : changed;
  return { t: 'write', path, reason, content, exists: true };
}
