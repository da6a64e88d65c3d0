import { asSchema, field, mapValues, propertiesOf, type RawSchema } from './raw-schema.js';

/** Where the nodes of a schema stand below `root`, as the end of a path: `.properties.spec.items`, and empty for the root itself. */
export function schemaPaths(root: RawSchema): ReadonlyMap<RawSchema, string> {
  const paths = new Map<RawSchema, string>();
  const stack: { node: RawSchema; path: string }[] = [{ node: root, path: '' }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, path } = top;
    if (paths.has(node)) continue;
    paths.set(node, path);
    const items = asSchema(field(node, 'items'));
    const values = mapValues(node);
    if (values !== undefined) stack.push({ node: values, path: `${path}.additionalProperties` });
    if (items !== undefined) stack.push({ node: items, path: `${path}.items` });
    for (const [name, child] of propertiesOf(node).reverse())
      stack.push({ node: child, path: `${path}.properties${segment(name)}` });
  }
  return paths;
}

function segment(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
