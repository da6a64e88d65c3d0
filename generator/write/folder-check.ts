import { lstatSync, statSync, type Stats } from 'node:fs';
import { systemErrorCode, systemErrorReason } from '../system-error.js';
import type { OutputFault } from './output-error.js';

/**
 * Says whether every folder between the output folder and a file is either missing or a folder of its own: a symbolic link could lead
 * out. Each folder is looked at once; what is in the way becomes a fault, once. The output folder itself may be a link.
 */
export function createFolderCheck(out: string, faults: OutputFault[]): (path: string) => boolean {
  const judge = (file: string, look: () => Stats | undefined): boolean => {
    const message = folderFault(look);
    if (message !== undefined) faults.push({ file, message });
    return message === undefined;
  };
  // Not to throw would mean to Node 22, but not to 20, that a way through a file leads to nothing.
  const root = judge(`${out}/`, () => statSync(out));
  const known = new Map<string, boolean>([['', root]]);
  const check = (folder: string): boolean => {
    const answer = known.get(folder);
    if (answer !== undefined) return answer;
    const path = `${out}/${folder}`;
    const good = check(folderOf(folder)) && judge(path, () => lstatSync(path, { throwIfNoEntry: false }));
    known.set(folder, good);
    return good;
  };
  return (path) => check(folderOf(path));
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function folderFault(look: () => Stats | undefined): string | undefined {
  try {
    const stats = look();
    if (stats === undefined || stats.isDirectory()) return undefined;
    return stats.isSymbolicLink()
      ? 'is a symbolic link: kube-gen does not follow links out of its output folder'
      : 'is in the way: it is a file, not a folder';
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    if (systemErrorCode(error) === 'ENOTDIR') return 'a part of the path is a file, not a folder';
    return `cannot be read: ${systemErrorReason(error)}`;
  }
}
