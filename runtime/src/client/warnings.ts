import type { Publish } from '../cluster-internals.js';
import type { Logger } from '../logger.js';
import { maskSecrets } from '../mask-secrets.js';

/** After so many different warnings the first ones may be told again. */
const REMEMBERED = 200;

/**
 * Reads `Warning` headers of the API server and tells each text once, to the logger and on `kube-gen:warning`.
 * @see https://kubernetes.io/blog/2020/09/03/warnings/
 */
export function createWarnings(logger: Logger, publish: Publish): (header: string) => void {
  const told = new Set<string>();
  return (header) => {
    for (const text of parseWarnings(header)) {
      if (told.has(text)) continue;
      if (told.size >= REMEMBERED) told.clear();
      told.add(text);
      logger.warn(text);
      publish('kube-gen:warning', { text });
    }
  };
}

/** The texts of `299 - "text", 299 - "other"`. What has another form is left out. */
export function parseWarnings(header: string): string[] {
  const texts: string[] = [];
  for (const [, quoted] of header.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)) {
    texts.push(maskSecrets((quoted ?? '').replaceAll(/\\(.)/g, '$1')).slice(0, 1000));
  }
  return texts;
}
