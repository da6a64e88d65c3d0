import { contentHash } from './content-hash.js';

/** The file in the output folder that lists what kube-gen wrote there. */
export const manifestName = '.kube-gen.json';

/** What kube-gen wrote: its version and the hash of each file, by path relative to the output folder. */
export interface Manifest {
  readonly version: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The hash of a file as the manifest has it. */
export function hashOf(content: string | Uint8Array): string {
  return `murmur3:${contentHash(content)}`;
}

/** The text of a manifest: the same for the same files, whatever their order. */
export function formatManifest({ version, files }: Manifest): string {
  const paths = [...files.keys()].sort();
  const lines = paths.map((path) => `    ${JSON.stringify(path)}: ${JSON.stringify(files.get(path))}`);
  const list = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
  return `{\n  "generator": "kube-gen",\n  "version": ${JSON.stringify(version)},\n  "files": ${list}\n}\n`;
}

/**
 * Reads a manifest, also with the byte order mark of an editor; `undefined` when the text is none. Paths that could lead out of the output
 * folder are no part of any manifest.
 */
export function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // A merge conflict, most likely; the caller says what to do.
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { generator, version, files } = value as Record<string, unknown>;
  if (generator !== 'kube-gen' || typeof version !== 'string' || typeof files !== 'object' || files === null)
    return undefined;
  const entries = Object.entries(files);
  if (!entries.every((entry): entry is [string, string] => isInside(entry[0]) && typeof entry[1] === 'string'))
    return undefined;
  return { version, files: new Map(entries) };
}

/** Whether a path stays inside the folder that it is relative to, on every platform. */
export function isInside(path: string): boolean {
  if (path === '' || /[\\:\0]/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
