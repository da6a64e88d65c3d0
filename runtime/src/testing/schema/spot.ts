import type { Structural } from './structural.js';

/** A value's place, what is asked of it, and what stood there before. */
export interface Spot {
  readonly path: string;
  readonly schema: Structural;
  /** The same value before an update: what was wrong already and did not change is let through. */
  readonly before?: unknown;
}

/** The path of a field below `path`. */
export function fieldPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
