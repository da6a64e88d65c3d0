import type { ts } from 'ts-morph';
import { isSamePlace } from './code-index.js';
import type { Context } from './origin.js';

const longest = 150;

/** The places that a value was followed through, the last first. */
export interface Trail {
  readonly node: ts.Node;
  readonly context: Context;
  readonly before: Trail | undefined;
  readonly length: number;
}

/** The trail with one place more, unless that leads in a circle, which adds nothing, or too far. */
export function onward(before: Trail | undefined, node: ts.Node, context: Context): Trail | 'circle' | 'too far' {
  const length = (before?.length ?? 0) + 1;
  if (length > longest) return 'too far';
  for (let one = before; one !== undefined; one = one.before) {
    if (one.node === node && isSame(one.context, context)) return 'circle';
  }
  return { node, context, before, length };
}

function isSame(a: Context, b: Context): boolean {
  return (
    a.length === b.length &&
    a.every((frame, i) => {
      const other = b[i];
      return frame.fn === other?.fn && isSamePlace(frame, other);
    })
  );
}
