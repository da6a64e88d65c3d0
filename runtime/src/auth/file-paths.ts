import type { PlatformPath } from 'node:path';

/** What a platform does with paths: `path.posix` or `path.win32`. */
export type PathStyle = Pick<PlatformPath, 'delimiter' | 'dirname' | 'isAbsolute' | 'join' | 'resolve' | 'sep'>;

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The paths of a list like PATH or KUBECONFIG, each once; empty entries are left out. On Windows quotes may hold a delimiter. */
export function splitPathList(list: string, style: PathStyle): string[] {
  const parts = style.sep === '\\' ? splitQuoted(list, style.delimiter) : list.split(style.delimiter);
  return [...new Set(parts.filter((part) => part !== ''))];
}

function splitQuoted(list: string, delimiter: string): string[] {
  const parts = [''];
  let quoted = false;
  for (const character of list) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** A path that stands in a file: relative ones are relative to the folder of that file. */
export function besideFile(path: string, file: string, style: PathStyle): string {
  return style.isAbsolute(path) ? path : style.resolve(style.dirname(file), path);
}

/** A command that stands in a file: a bare name is looked for in PATH, anything with a separator is a path. */
export function commandBesideFile(command: string, file: string, style: PathStyle): string {
  const isPath = command.includes('/') || command.includes(style.sep);
  return isPath ? besideFile(command, file, style) : command;
}

/**
 * Where `.kube/config` is looked for, in this order; the first that has it counts. Windows has several homes, and kubectl looks into each.
 * @see https://pkg.go.dev/k8s.io/client-go/util/homedir
 */
export function homeFolders(env: Environment, home: string, style: PathStyle): string[] {
  if (style.sep !== '\\') return [home];
  const { HOME, HOMEDRIVE, HOMEPATH, USERPROFILE } = env;
  const drive = HOMEDRIVE && HOMEPATH ? HOMEDRIVE + HOMEPATH : undefined;
  const folders = [HOME, drive, USERPROFILE, home].filter((folder): folder is string => !!folder);
  return [...new Set(folders)];
}

/** A path as people type it: `~/` is the home folder. */
export function expandHome(path: string, home: string, style: PathStyle): string {
  const rest = /^~(?=$|[/\\])/.exec(path) === null ? undefined : path.slice(1);
  if (rest === undefined || (rest.startsWith('\\') && style.sep !== '\\')) return style.resolve(path);
  return style.join(home, rest);
}
