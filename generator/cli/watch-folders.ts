import { readdirSync, statSync, watch, type Dirent, type FSWatcher } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { systemErrorCode, systemErrorReason } from '../system-error.js';

/** What to watch: everything is looked for again with each `update`. */
export interface WatchList {
  /** Inputs as the command line has them: files, folders, globs. */
  readonly inputs: readonly string[];
  /** Single files: the config, templates. */
  readonly files: readonly string[];
  /** Output folders, in which nothing is an input. */
  readonly outs: readonly string[];
}

/** Folders under watch. */
export interface FolderWatch {
  /** Watches what is there now, and no more what is gone. Throws a `WatchError`. */
  update(list: WatchList): void;
  /** How many folders are watched. */
  readonly size: number;
  close(): void;
}

/** Why a folder cannot be watched. */
export class WatchError extends Error {
  override readonly name = 'WatchError';
}

/**
 * Watches folders, never files: editors put a new file in the place of the old one, and a watched file would be the old one. `onChange`
 * is called for each change of a file that may be an input.
 */
export function createFolderWatch(onChange: () => void): FolderWatch {
  // By path and inode: a folder that was put in the place of another is another one.
  const open = new Map<string, { readonly watcher: FSWatcher; wants: Wants }>();
  return {
    update: (list) => {
      const wanted = foldersOf(list);
      for (const [key, { watcher }] of open) {
        if (wanted.has(key)) continue;
        watcher.close();
        open.delete(key);
      }
      for (const [key, { folder, wants }] of wanted) {
        const known = open.get(key);
        if (known !== undefined) known.wants = wants;
        else {
          const watcher = watchFolder(folder, (name) => {
            if (open.get(key)?.wants(name) === true) onChange();
          });
          open.set(key, { watcher, wants });
        }
      }
    },
    get size() {
      return open.size;
    },
    close: () => {
      for (const { watcher } of open.values()) watcher.close();
      open.clear();
    },
  };
}

type Wants = (name: string) => boolean;

function watchFolder(folder: string, onName: (name: string) => void): FSWatcher {
  try {
    const watcher = watch(folder, (_event, name) => onName(name ?? ''));
    // A folder that goes away may end in an error; its parent has told of it.
    watcher.on('error', () => onName(''));
    return watcher;
  } catch (error) {
    const isLimit = ['ENOSPC', 'EMFILE'].includes(systemErrorCode(error) ?? '');
    const reason = isLimit ? 'the system allows no more watched folders' : systemErrorReason(error);
    throw new WatchError(`${folder} cannot be watched: ${reason}`);
  }
}

interface WatchedFolder {
  readonly folder: string;
  readonly wants: Wants;
}

function foldersOf({ inputs, files, outs }: WatchList): Map<string, WatchedFolder> {
  const found = new Map<string, WatchedFolder>();
  const skipped = new Set(outs.map((out) => resolve(out)));
  const add = (folder: string, wants: Wants): void => {
    const stats = statSync(folder, { throwIfNoEntry: false });
    if (stats === undefined || !stats.isDirectory()) return;
    const key = `${resolve(folder)} ${stats.ino}`;
    const other = found.get(key)?.wants;
    found.set(key, { folder, wants: other === undefined ? wants : (name) => wants(name) || other(name) });
  };
  const addFile = (file: string): void => {
    const name = basename(file);
    const folder = nearest(dirname(file));
    // While its folder is missing, anything may bring it.
    add(folder, folder === dirname(file) ? (changed) => changed === name || changed === '' : () => true);
  };
  for (const file of files) addFile(file);
  for (const input of inputs) {
    const stats = statSync(input, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) for (const folder of treeOf(input, skipped)) add(folder, mayBeInput);
    else if (stats !== undefined || !/[*?[\]{}()!]/.test(input)) addFile(input);
    else for (const folder of treeOf(nearest(fixedPart(input)), skipped)) add(folder, isVisible);
  }
  return found;
}

function isVisible(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}

/** A file that is read, or a name without an ending, which may be a folder. */
function mayBeInput(name: string): boolean {
  return isVisible(name) && /(?:^|\.ya?ml|\.json|^[^.]*)$/i.test(name);
}

/** The folders of a glob before its first sign. */
function fixedPart(glob: string): string {
  const parts = glob.split('/');
  const first = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
  const fixed = parts.slice(0, first).join('/');
  return fixed === '' ? (glob.startsWith('/') ? '/' : '.') : fixed;
}

function nearest(folder: string): string {
  let at = folder;
  while (statSync(at, { throwIfNoEntry: false })?.isDirectory() !== true && dirname(at) !== at) at = dirname(at);
  return at;
}

function treeOf(root: string, skipped: ReadonlySet<string>): string[] {
  const folders: string[] = [];
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (skipped.has(resolve(next))) continue;
    folders.push(next);
    for (const entry of entriesOf(next)) {
      if (entry.isDirectory() && isVisible(entry.name)) open.push(join(next, entry.name));
    }
  }
  return folders;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    // Gone meanwhile, or not ours to read: reading the inputs says so.
    if (systemErrorCode(error) === undefined) throw error;
    return [];
  }
}
