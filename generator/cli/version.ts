import { readFileSync } from 'node:fs';

/** The version of this kube-gen, from its own package.json: it lies two folders up from the source and from what is built. */
export function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
