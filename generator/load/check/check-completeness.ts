import type { SchemaPlace, SchemaReport } from './schema-place.js';
import type { DocumentPath } from '../document-path.js';
import { field, fieldAt, isMap, quote, type JsonMap } from '../json-value.js';

interface Branch {
  /** What a combination says of a node. */
  readonly branch: JsonMap;
  /** The same node as it is declared; `undefined` where it is not. */
  readonly declared: unknown;
  readonly path: DocumentPath;
}

/**
 * The combinations of a root name only fields that it declares, and the items of lists that it declares: a warning for each that does
 * not. The server looks at the combinations of the root alone.
 */
export function checkCompleteness(root: SchemaPlace, report: SchemaReport): void {
  const open = branchesOf({ branch: root.node, declared: root.node, path: [] });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { branch, declared, path } = next;
    if (!isMap(declared)) {
      const name = path.at(-1);
      const message = name === 'items' ? 'items' : `the field ${quote(String(name))}`;
      report.warning({ ...root, node: branch, above: root, steps: path }, `names ${message} without a declaration`);
      continue;
    }
    for (const one of branchesOf(next)) open.push(one);
    const items = field(branch, 'items');
    if (isMap(items)) open.push({ branch: items, declared: field(declared, 'items'), path: [...path, 'items'] });
    const properties = field(branch, 'properties');
    for (const [name, inner] of isMap(properties) ? Object.entries(properties) : []) {
      if (!isMap(inner)) continue;
      open.push({
        branch: inner,
        declared: fieldAt(declared, 'properties', name),
        path: [...path, 'properties', name],
      });
    }
  }
}

function branchesOf({ branch, declared, path }: Branch): Branch[] {
  const lists = (['allOf', 'anyOf', 'oneOf'] as const).flatMap((key) => {
    const list = field(branch, key);
    return Array.isArray(list) ? list.map((inner: unknown, i) => ({ inner, at: [...path, key, i] })) : [];
  });
  const not = { inner: field(branch, 'not'), at: [...path, 'not'] };
  return [...lists, not].flatMap(({ inner, at }) => (isMap(inner) ? [{ branch: inner, declared, path: at }] : []));
}
