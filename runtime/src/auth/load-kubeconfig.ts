import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import nodePath from 'node:path';
import { KubeError } from '../errors.js';
import { expandHome, homeFolders, splitPathList } from './file-paths.js';
import { mergeKubeconfigs, readKubeconfig, type Kubeconfig } from './kubeconfig.js';

/**
 * Reads the kubeconfig: the given file, which must exist; else the list in `KUBECONFIG`, where missing files are tolerated; else
 * `~/.kube/config`. Throws `config` for what is there and cannot be read.
 */
export async function loadKubeconfig(path: string | undefined): Promise<Kubeconfig> {
  if (path !== undefined) {
    const home = homeFolder();
    if (home === undefined && path.startsWith('~'))
      throw new KubeError('config', `the kubeconfig ${path} does not exist: there is no home folder`);
    const file = expandHome(path, home ?? '', nodePath);
    const config = await loadFile(file);
    if (config === undefined) throw new KubeError('config', `the kubeconfig ${file} does not exist`);
    return config;
  }
  const list = process.env['KUBECONFIG'] ?? '';
  return list === '' ? loadFromHome() : loadList(list);
}

/** Not there for a user whom the system does not know, where HOME is not set: containers run with any user id. */
function homeFolder(): string | undefined {
  try {
    return homedir();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SYSTEM_ERROR') return undefined;
    throw error;
  }
}

async function loadFromHome(): Promise<Kubeconfig> {
  const looked: string[] = [];
  const home = homeFolder();
  if (home === undefined) return mergeKubeconfigs([], ['~/.kube/config, for which there is no home folder,']);
  for (const folder of homeFolders(process.env, home, nodePath)) {
    const file = nodePath.join(folder, '.kube', 'config');
    looked.push(file);
    const config = await loadFile(file);
    if (config !== undefined) return { ...config, looked };
  }
  return mergeKubeconfigs([], looked);
}

async function loadList(list: string): Promise<Kubeconfig> {
  const files = splitPathList(list, nodePath).map((file) => nodePath.resolve(file));
  const parts: Kubeconfig[] = [];
  for (const file of files) {
    const part = await loadFile(file);
    if (part !== undefined) parts.push(part);
  }
  const looked = files.map((file) => `${file} (from KUBECONFIG)`);
  return mergeKubeconfigs(parts, looked.length === 0 ? ['KUBECONFIG, which names no file'] : looked);
}

async function loadFile(file: string): Promise<Kubeconfig | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new KubeError('config', `the kubeconfig ${file} cannot be read (${code})`, { cause: error });
  }
  return readKubeconfig(await parse(decode(bytes), file), file);
}

/** Text as editors save it: UTF-8, or what PowerShell writes by `>`, UTF-16. A byte order mark is no part of it. */
function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

async function parse(text: string, file: string): Promise<unknown> {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      // YAML may begin so, too. The message is not used: it quotes the text.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  const { readYaml, YamlError } = await import('../yaml/index.js');
  try {
    return readYaml(text, { file });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    // What a reason quotes may be a secret: a password that begins with * is an alias. So it is no cause either.
    const reason = error.message.slice(file.length).replaceAll(/"[^"]*"|'[^']*'|<[^>]*>|!\S+/g, '…');
    throw new KubeError('config', `the kubeconfig is no YAML: ${file}${reason}`);
  }
}
