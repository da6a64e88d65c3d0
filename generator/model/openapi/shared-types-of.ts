import type { Shape, SharedType, TypeNode } from '../resource.js';
import { choiceTypes, fieldTypes, innerTypes } from '../type-node.js';

/** The shared types that an object refers to, without those that they refer to in turn. */
export function sharedTypesOf(root: Shape): SharedType[] {
  const found = new Set<SharedType>();
  const seen = new Set<Shape>();
  const open: TypeNode[] = [{ t: 'object', shape: root }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.t === 'ref') found.add(node.to);
    if (node.t === 'object' && seen.has(node.shape)) continue;
    if (node.t === 'object') seen.add(node.shape);
    const inner = node.t === 'object' ? [...fieldTypes(node.shape), ...choiceTypes(node.shape)] : innerTypes(node);
    for (const type of inner) open.push(type);
  }
  return [...found];
}
