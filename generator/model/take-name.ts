import { pathHash } from './identifiers.js';
import type { Nest } from './nesting.js';

/** Of two paths with one name (`fooBar.baz`, `foo.barBaz`) the later carries a mark made from its path, so that no third one moves it. */
export function takeNested(taken: Set<string>, name: string, path: readonly string[]): string {
  let free = name;
  for (let i = 0; taken.has(free); i += 1) free = `${name}_${pathHash(i === 0 ? path : [...path, String(i)])}`;
  taken.add(free);
  return free;
}

/** Names the interfaces under a union (F22), where there is one. */
export function takeBases(one: Nest, taken: Set<string>, path: readonly string[]): void {
  if (!one.needsBase) return;
  const { read, manifest } = one.names;
  const readBase = takeNested(taken, `${read}Base`, path);
  const manifestBase = manifest === read ? readBase : takeNested(taken, `${manifest}Base`, path);
  one.baseNames = { read: readBase, manifest: manifestBase };
}
