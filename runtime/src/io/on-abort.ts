const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `fn` once when `signal` fires, or at once if it has. The returned function takes it back.
 *
 * A signal that an app gives to many calls gets one listener for all of them: Node warns on stderr about the eleventh.
 */
export function onAbort(signal: AbortSignal | null | undefined, fn: () => void): () => void {
  if (signal === undefined || signal === null) return () => undefined;
  if (signal.aborted) {
    fn();
    return () => undefined;
  }
  const all = listeners.get(signal) ?? listen(signal);
  const own = (): void => fn(); // the same function twice is two calls
  all.add(own);
  return () => void all.delete(own);
}

function listen(signal: AbortSignal): Set<() => void> {
  const all = new Set<() => void>();
  const fire = (): void => {
    listeners.delete(signal);
    for (const fn of all) {
      all.delete(fn);
      fn(); // which may take others back
    }
  };
  signal.addEventListener('abort', fire, { once: true });
  listeners.set(signal, all);
  return all;
}
