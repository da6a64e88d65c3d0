/**
 * Taken once: tests put timers of their own in the place of the global ones, and what waits for a turn of the event loop, as the data of
 * sockets does, is no matter of time. Browsers have none.
 */
const platform = globalThis as Partial<Pick<typeof globalThis, 'setImmediate' | 'clearImmediate'>>;
const { setImmediate: begin, clearImmediate: end } = platform;

/** Calls `fn` in a later turn of the event loop, after I/O that is already there; `undefined` where the platform has no such thing. */
export function inNextTurn(fn: () => void): { cancel(): void } | undefined {
  if (begin === undefined) return undefined;
  const handle = begin(fn);
  return { cancel: () => end?.(handle) };
}

/** Resolves in a later turn of the event loop, after I/O that is already there. Only for Node. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void inNextTurn(resolve));
}
