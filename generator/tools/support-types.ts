import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The declarations of `@kube-gen/runtime` that generated modules import, with everything that those import in turn: texts by path, the
 * entry first. From the sources of the runtime in its own repository, else from its build: both are declarations for a compiler.
 */
export function readSupportTypes(): ReadonlyMap<string, string> {
  const entry = new URL(import.meta.resolve('@kube-gen/runtime/codegen1'));
  const extension = entry.pathname.endsWith('.ts') ? '.ts' : '.d.ts';
  const texts = new Map<string, string>();
  const open = [withExtension(entry, extension)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const path = fileURLToPath(next);
    if (texts.has(path)) continue;
    const text = readFileSync(path, 'utf8');
    texts.set(path, text);
    for (const [, specifier = ''] of text.matchAll(/\bfrom ['"](\.[^'"]+)['"]/g))
      open.push(withExtension(new URL(specifier, next), extension));
  }
  return texts;
}

function withExtension(file: URL, extension: string): URL {
  return new URL(file.href.replace(/\.[jt]s$/, extension));
}
