import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { KubeError } from '../errors.js';
import { mergeKubeconfigs, readKubeconfig, type Kubeconfig } from './kubeconfig.js';

/**
 * Reads the kubeconfig: the given file, which must exist; else the list in `KUBECONFIG`, where missing files are tolerated; else
 * `~/.kube/config`. Throws `config` for what is there and cannot be read.
 */
export async function loadKubeconfig(path: string | undefined): Promise<Kubeconfig> {
  if (path !== undefined) {
    const file = resolve(path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);
    const config = await loadFile(file);
    if (config === undefined) throw new KubeError('config', `the kubeconfig ${file} does not exist`);
    return config;
  }
  const listed = (process.env['KUBECONFIG'] ?? '').split(delimiter).filter((part) => part !== '');
  const files =
    listed.length === 0 ? [join(homedir(), '.kube', 'config')] : [...new Set(listed.map((part) => resolve(part)))];
  const parts: Kubeconfig[] = [];
  for (const file of files) {
    const part = await loadFile(file);
    if (part !== undefined) parts.push(part);
  }
  return mergeKubeconfigs(parts, listed.length === 0 ? files : files.map((file) => `${file} (from KUBECONFIG)`));
}

async function loadFile(file: string): Promise<Kubeconfig | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new KubeError('config', `the kubeconfig ${file} cannot be read (${code})`, { cause: error });
  }
  return readKubeconfig(await parse(text, file), file);
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
    throw new KubeError('config', `the kubeconfig is no YAML: ${error.message}`, { cause: error });
  }
}
