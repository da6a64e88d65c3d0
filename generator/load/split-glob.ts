/** Whether a path may mean several files. */
export function isGlob(path: string): boolean {
  return /[*?[\]{}()!]/.test(path);
}

/**
 * A glob in two: the folders that it begins with, and the rest, to be looked for there. A folder that is there is meant as it is written,
 * also where its name holds signs of globs, as `app/[slug]` does.
 */
export function splitGlob(
  glob: string,
  isFolder: (path: string) => boolean,
): { readonly folder: string; readonly pattern: string } {
  const parts = glob.split('/');
  let count = 0;
  while (count < parts.length - 1 && isFolder(`${parts.slice(0, count + 1).join('/')}/`)) count += 1;
  const folder = parts.slice(0, count).join('/');
  const pattern = parts.slice(count).join('/');
  return { folder: folder === '' ? (glob.startsWith('/') ? '/' : '.') : folder, pattern };
}
