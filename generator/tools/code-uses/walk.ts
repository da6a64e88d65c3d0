import { ts } from 'ts-morph';

/**
 * Looks at a node and at all below it, in the order of the text, but at nothing below a node of which `look` says `false`. Without
 * recursion: the compiler takes texts that are joined from thousands of lines, each of them one level.
 */
export function walk(root: ts.Node, look: (node: ts.Node) => boolean | void): void {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (look(node) === false) continue;
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    for (const child of children.reverse()) open.push(child);
  }
}
