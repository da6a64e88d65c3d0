import {
  lstatSync,
  readdirSync,
  realpathSync,
  statSync,
  watch,
  type Dirent,
  type FSWatcher,
  type Stats,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { systemErrorCode, systemErrorReason } from '../system-error.js';
import { isGlob, splitGlob } from '../load/split-glob.js';

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
    const stats = statsOf(folder);
    if (stats === undefined || !stats.isDirectory()) return;
    const key = `${resolve(folder)} ${stats.ino}`;
    const other = found.get(key)?.wants;
    found.set(key, { folder, wants: other === undefined ? wants : (name) => wants(name) || other(name) });
  };
  const addFile = (file: string): void => {
    const name = basename(file);
    const folder = nearest(dirname(file));
    const own = basename(resolve(folder));
    // While its folder is missing, anything may bring it.
    add(folder, folder === dirname(file) ? (changed) => [name, own, ''].includes(changed) : () => true);
    const target = linkTarget(file);
    if (target !== undefined) addFile(target);
    addLink(dirname(file));
  };
  // A folder that is a link may lead elsewhere later.
  const addLink = (path: string): void => {
    const link = linkIn(path);
    if (link !== undefined) addFile(link);
  };
  const addTree = (root: string, wants: (folder: Folder) => Wants): void => {
    addLink(root);
    for (const folder of treeOf(root, skipped)) {
      add(folder.path, wants(folder));
      for (const link of folder.links) addFile(link);
    }
  };
  for (const file of files) addFile(file);
  for (const input of inputs) {
    if (isFolder(input)) addTree(input, inputsIn);
    else if (statsOf(input) !== undefined || !isGlob(input)) addFile(input);
    else addTree(splitGlob(input, isFolder).folder, () => isVisible);
  }
  return found;
}

function isVisible(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}

function isInput(name: string): boolean {
  return isVisible(name) && /\.(?:ya?ml|json)$/i.test(name);
}

/** Files that are read, and folders that come or go; a folder that goes tells its own name, too. */
function inputsIn({ path, inner }: Folder): Wants {
  const own = basename(resolve(path));
  return (name) =>
    name === '' ||
    name === own ||
    isInput(name) ||
    (isVisible(name) && (inner.has(name) || isFolder(join(path, name))));
}

function nearest(folder: string): string {
  let at = folder;
  while (!isFolder(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

function isFolder(path: string): boolean {
  return statsOf(path)?.isDirectory() === true;
}

/** What cannot be looked at counts as missing: reading the inputs says why. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** The file that a link leads to in the end; `undefined` for what is no link, or leads nowhere. */
function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
      ? realpathSync.native(path)
      : undefined;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** The last part of a path that is a link, with what is before it. */
function linkIn(path: string): string | undefined {
  let at = path;
  while (linkTarget(at) === undefined && dirname(at) !== at) at = dirname(at);
  return linkTarget(at) === undefined ? undefined : at;
}

/** A folder of a tree. */
interface Folder {
  readonly path: string;
  /** The names of the folders in it. */
  readonly inner: ReadonlySet<string>;
  /** The paths of links in it that may be inputs: what they lead to changes elsewhere. */
  readonly links: readonly string[];
}

function treeOf(root: string, skipped: ReadonlySet<string>): Folder[] {
  const folders: Folder[] = [];
  const open = [root];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    // Who writes beside the inputs wants these to be seen nevertheless.
    if (path !== root && skipped.has(resolve(path))) continue;
    const here = path;
    const entries = entriesOf(here);
    const inner = entries.filter((entry) => entry.isDirectory() && isVisible(entry.name)).map(({ name }) => name);
    const links = entries.filter((entry) => entry.isSymbolicLink() && isInput(entry.name));
    folders.push({ path: here, inner: new Set(inner), links: links.map(({ name }) => join(here, name)) });
    for (const name of inner) open.push(join(here, name));
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
