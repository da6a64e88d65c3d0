import { asSchema, field, mapValues, propertiesOf, type RawSchema } from './raw-schema.js';

/** Where `wanted` stands below `root`, as the end of a path: `.properties.spec.items`. Empty for the root and for strangers. */
export function schemaPath(root: RawSchema, wanted: RawSchema): string {
  const seen = new Set<RawSchema>();
  const stack: { node: RawSchema; path: string }[] = [{ node: root, path: '' }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, path } = top;
    if (node === wanted) return path;
    if (seen.has(node)) continue;
    seen.add(node);
    const items = asSchema(field(node, 'items'));
    const values = mapValues(node);
    if (values !== undefined) stack.push({ node: values, path: `${path}.additionalProperties` });
    if (items !== undefined) stack.push({ node: items, path: `${path}.items` });
    for (const [name, child] of propertiesOf(node).reverse())
      stack.push({ node: child, path: `${path}.properties${segment(name)}` });
  }
  return '';
}

function segment(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
