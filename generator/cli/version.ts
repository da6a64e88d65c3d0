import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The version of this kube-gen, from its own package.json: it lies two folders up from the source and from what is built. */
export function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** When this kube-gen was built, in milliseconds; `undefined` where it runs from its sources, which change without being built. */
export function builtAt(): number | undefined {
  const self = fileURLToPath(import.meta.url);
  return self.endsWith('.ts') ? undefined : statSync(self).mtimeMs;
}
