import nodePath from 'node:path';
import { KubeError } from '../errors.js';
import { besideFile } from './file-paths.js';
import type { Source } from './identity.js';
import { textField, type Entry } from './kubeconfig.js';

/** A field that names a file, relative to the kubeconfig it stands in. */
export function pathField(entry: Entry, name: string): string | undefined {
  const value = textField(entry, name);
  return value === undefined ? undefined : besideFile(value, entry.file, nodePath);
}

/** `x-data` holds the text in base64 and counts before `x`, a path. */
export function sourceField(entry: Entry, name: string): Source | undefined {
  const data = textField(entry, `${name}-data`);
  if (data === undefined) {
    const path = pathField(entry, name);
    return path === undefined ? undefined : { t: 'file', path };
  }
  const compact = data.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact))
    throw new KubeError('config', `${entry.file}: ${name}-data of "${entry.name}" is no base64`);
  return { t: 'text', text: Buffer.from(compact, 'base64').toString('utf8') };
}
