import { isMap, type JsonMap } from '../load/json-value.js';
import { below, stepsOf } from './references.js';

/**
 * A schema whose root has `definitions` and `$defs`, with all of them in `$defs`: the printing tool takes one of the two words only. Any
 * other as it is.
 */
export function withOneMap(root: JsonMap): JsonMap {
  const { definitions, $defs, ...rest } = root;
  if (!isMap(definitions) || !isMap($defs)) return root;
  const moved = Object.entries(definitions).map(([name, one]): [string, unknown] => [
    nameAmong($defs, root, name),
    one,
  ]);
  return { ...rest, $defs: { ...$defs, ...Object.fromEntries(moved) } };
}

/** Where `withOneMap` has what `pointer` leads to in `root`. */
export function pointerInOneMap(pointer: string, root: JsonMap): string {
  const { definitions, $defs } = root;
  const [word, name, ...rest] = stepsOf(pointer);
  if (word !== 'definitions' || name === undefined || !isMap(definitions) || !isMap($defs)) return pointer;
  return ['$defs', nameAmong($defs, root, name), ...rest].reduce(below, '');
}

/** The name in `$defs` of one of the `definitions`. */
function nameAmong($defs: JsonMap, { definitions }: JsonMap, wanted: string): string {
  const isTaken = (name: string): boolean =>
    Object.hasOwn($defs, name) || (name !== wanted && isMap(definitions) && Object.hasOwn(definitions, name));
  let name = wanted;
  for (let n = 2; isTaken(name); n += 1) name = `${wanted}${n}`;
  return name;
}
