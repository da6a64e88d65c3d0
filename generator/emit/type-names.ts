import type { Declaration } from '../model/declaration.js';

/**
 * The names that declarations and aliases give to types, each once. The interfaces under unions are among them: compilers name them in
 * the declarations of what takes an alternative apart.
 */
export function typeNames(named: readonly (Pick<Declaration, 'names'> & Partial<Declaration>)[]): Set<string> {
  const found = new Set<string>();
  for (const { names, baseNames } of named) {
    found.add(names.read).add(names.manifest);
    if (baseNames !== undefined) found.add(baseNames.read).add(baseNames.manifest);
  }
  return found;
}
