/**
 * How many values `root` is when each alias is written out, without writing it out. Shared parts are counted once and added as often as
 * they occur; `root` must hold no circles.
 */
export function expandedSize(root: unknown): { expanded: number; written: number } {
  const sizes = new Map<object, number>();
  let written = 1;
  if (!isNode(root)) return { expanded: 1, written };
  const path: Frame[] = [frame(root)];
  for (;;) {
    const top = path.at(-1) as Frame; // never empty here: the last frame returns below
    if (top.next < top.children.length) {
      const child = top.children[top.next++];
      const known = isNode(child) ? sizes.get(child) : 1;
      if (known === undefined) path.push(frame(child as object)); // only a node has no size yet
      else top.size += known;
      if (known === undefined || !isNode(child)) written++;
      continue;
    }
    sizes.set(top.node, top.size);
    path.pop();
    const parent = path.at(-1);
    if (parent === undefined) return { expanded: top.size, written };
    parent.size += top.size;
  }
}

interface Frame {
  readonly node: object;
  readonly children: readonly unknown[];
  next: number;
  size: number;
}

function frame(node: object): Frame {
  return { node, children: Array.isArray(node) ? node : Object.values(node), next: 0, size: 1 };
}

function isNode(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
