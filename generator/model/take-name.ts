import { pathHash } from './identifiers.js';
import type { Nest } from './nesting.js';

/** Of two paths with one name (`fooBar.baz`, `foo.barBaz`) the later carries a mark made from its path, so that no third one moves it. */
export function takeNested(taken: Set<string>, name: string, path: readonly string[]): string {
  let free = name;
  for (let i = 0; taken.has(free); i += 1) free = `${name}_${pathHash(i === 0 ? path : [...path, String(i)])}`;
  taken.add(free);
  return free;
}

/** The names of the interfaces under a union (F22), where there is one. */
export function takeBases(
  { names: { read, manifest }, needsBase }: Pick<Nest, 'names' | 'needsBase'>,
  taken: Set<string>,
  path: readonly string[],
): Nest['baseNames'] {
  if (!needsBase) return undefined;
  const readBase = takeNested(taken, `${read}Base`, path);
  return { read: readBase, manifest: manifest === read ? readBase : takeNested(taken, `${manifest}Base`, path) };
}
