/** Freezes an object with everything in it. Iterative: no depth of nesting overflows the stack. */
export function deepFreeze<T>(value: T): T {
  const open: unknown[] = [value];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item !== 'object' || item === null || Object.isFrozen(item)) continue;
    if (ArrayBuffer.isView(item)) continue; // bytes, which a transform may have read out of text, cannot be frozen
    Object.freeze(item);
    for (const child of Object.values(item)) if (child !== undefined && child !== null) open.push(child);
  }
  return value;
}
