import type { Reflector } from '@kube-gen/runtime';

/** Resolves when a cache has all objects and watches; rejects as soon as it is told that it may not. Stops it in the end. */
export async function live<T>(cache: Reflector<T>): Promise<void> {
  try {
    await cache.ready({ failFast: true, timeoutMs: 20_000 });
    if (cache.status.live) return;
    await new Promise<void>((resolve, reject) => {
      cache.on('status', ({ live: isLive, lastError }) => {
        if (isLive) resolve();
        else if (lastError !== undefined) reject(new Error(`${lastError.code}: ${lastError.message}`));
      });
    });
  } finally {
    await cache.stop();
  }
}
