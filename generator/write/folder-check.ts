import { lstatSync, statSync } from 'node:fs';
import { systemErrorCode, systemErrorReason } from '../system-error.js';
import type { OutputFault } from './output-error.js';

/**
 * Says whether every folder between the output folder and a file is either missing or a folder of its own: a symbolic link could lead
 * out. Each folder is looked at once; what is in the way becomes a fault, once. The output folder itself may be a link.
 */
export function createFolderCheck(out: string, faults: OutputFault[]): (path: string) => boolean {
  const known = new Map<string, boolean>([['', isFolder(out, { follow: true, faults })]]);
  const check = (folder: string): boolean => {
    const answer = known.get(folder);
    if (answer !== undefined) return answer;
    const above = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
    const good = check(above) && isFolder(`${out}/${folder}`, { follow: false, faults });
    known.set(folder, good);
    return good;
  };
  return (path) => check(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
}

function isFolder(path: string, { follow, faults }: { follow: boolean; faults: OutputFault[] }): boolean {
  try {
    const look = follow ? statSync : lstatSync;
    const stats = look(path, { throwIfNoEntry: false });
    if (stats === undefined || stats.isDirectory()) return true;
    const what = stats.isSymbolicLink()
      ? 'is a symbolic link: kube-gen does not follow links out of its output folder'
      : 'is in the way: it is a file, not a folder';
    faults.push({ file: path, message: what });
  } catch (error) {
    const message =
      systemErrorCode(error) === 'ENOTDIR'
        ? 'a part of the path is a file, not a folder'
        : `cannot be read: ${systemErrorReason(error)}`;
    faults.push({ file: path, message });
  }
  return false;
}
