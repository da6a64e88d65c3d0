import { isMap, type JsonMap } from '../load/json-value.js';
import { hasBoth, nameInDefs } from './definitions.js';
import { below, stepsOf } from '../load/json-pointer.js';
import { dataKeywords, namedSchemas } from './schema-words.js';

/** A step on the way to a schema. */
interface Step {
  readonly key: string;
  /** What it leads away from. */
  readonly from: unknown;
  /** The keyword whose names it is one of; `undefined` for a keyword, or a place in a list. */
  readonly nameIn: string | undefined;
  /** What that keyword belongs to. */
  readonly owner: unknown;
}

function stepsFrom(root: JsonMap, pointer: string): Step[] {
  let [from, owner]: unknown[] = [root];
  let nameIn: string | undefined;
  return stepsOf(pointer).map((key) => {
    const step = { key, from, nameIn, owner };
    owner = from;
    nameIn = nameIn === undefined && namedSchemas.has(key) ? key : undefined;
    from = typeof from === 'object' && from !== null ? (from as JsonMap)[key] : undefined;
    return step;
  });
}

/** Whether a pointer leads into the values of an `enum`, a `const`, a `default` or of `examples`: nothing in them is a keyword, whatever it is called. */
export function leadsIntoData(pointer: string, root: JsonMap): boolean {
  return stepsFrom(root, pointer).some(({ key, nameIn }) => nameIn === undefined && dataKeywords.has(key));
}

/** Where `pointer` leads once its document is written as the printing tool takes it, by the functions below and `withOneMap`. */
export function movedPointer(pointer: string, root: JsonMap): string {
  return stepsFrom(root, pointer)
    .map(({ key, from, nameIn, owner }) => {
      if (nameIn === 'definitions' && hasBoth(owner)) return nameInDefs(owner, key);
      if (nameIn === undefined && key === 'definitions' && hasBoth(from)) return '$defs';
      if (nameIn === 'patternProperties') return safePattern(key);
      const isTuple = nameIn === undefined && isMap(from) && Array.isArray(from['prefixItems']);
      if (isTuple && key === 'prefixItems') return 'items';
      return isTuple && key === 'items' ? 'additionalItems' : key;
    })
    .reduce(below, '');
}

/** Draft 2020-12 calls the items of a tuple `prefixItems`, and those after them `items`. */
export function withoutPrefixItems(schema: JsonMap): JsonMap {
  const { prefixItems, items, ...rest } = schema;
  if (!Array.isArray(prefixItems)) return schema;
  return { ...rest, items: prefixItems as unknown, ...(items === undefined ? {} : { additionalItems: items }) };
}

/** The same pattern without the end of a comment: the printing tool shows it in one. */
export function safePattern(pattern: string): string {
  return pattern.replaceAll('*/', String.raw`*\/`);
}
