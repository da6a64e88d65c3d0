/** A whole number from 0 and below `limit`. */
export function chance(limit: number): number {
  return Math.floor(Math.random() * limit);
}

/** One of these, if there is one. */
export function anyOf<T>(all: Iterable<T>): T | undefined {
  const list = [...all];
  return list[chance(list.length)];
}
