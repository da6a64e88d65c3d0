import type { Shape, SharedType, TypeNode } from '../resource.js';

/** The shared types that an object refers to, without those that they refer to in turn. */
export function sharedTypesOf(root: Shape): SharedType[] {
  const found = new Set<SharedType>();
  const seen = new Set<Shape>();
  const open: TypeNode[] = [{ t: 'object', shape: root }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (node.t) {
      case 'ref':
        found.add(node.to);
        break;
      case 'array':
        open.push(node.items);
        break;
      case 'map':
        open.push(node.values);
        break;
      case 'union':
        open.push(...node.members);
        break;
      case 'views':
        open.push(node.read, node.manifest);
        break;
      case 'object':
        if (!seen.has(node.shape)) open.push(...typesIn(node.shape));
        seen.add(node.shape);
        break;
      default:
    }
  }
  return [...found];
}

function typesIn({ members, index, choices }: Shape): TypeNode[] {
  const conditions = choices.flatMap(({ alternatives }) => alternatives.flat().map(({ type }) => type));
  return [...members.map(({ type }) => type), ...(index === undefined ? [] : [index]), ...conditions];
}
