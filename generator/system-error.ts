const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['ENOENT', 'no such file or folder'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['EISDIR', 'is a folder'],
  ['EEXIST', 'is there already, as something else'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ELOOP', 'too many symbolic links'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EMFILE', 'too many open files'],
  ['EBUSY', 'is in use'],
  ['ENOTEMPTY', 'the folder is not empty'],
]);

/** The code of an error that the operating system gave, such as `EACCES`; `undefined` for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && 'syscall' in (error as object) ? code : undefined;
}

/** An error of the operating system in words: `permission denied (EACCES)`. Throws what is none: that is a bug of ours. */
export function systemErrorReason(error: unknown): string {
  const code = systemErrorCode(error);
  if (code === undefined) throw error;
  const words = reasons.get(code);
  return words === undefined ? (error as Error).message : `${words} (${code})`;
}
