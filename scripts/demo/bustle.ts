import { setTimeout as pause } from 'node:timers/promises';
import type { Writer } from './writer.js';

const paceMs = 2_500;

/** Slow changes without end: an application is made, grows, gets a new version and goes; then another one. */
export async function bustle(writer: Writer, signal: AbortSignal): Promise<void> {
  const names = ['orders', 'search', 'recommendations', 'reviews'];
  try {
    for (let round = 0; ; round++) {
      const key = `apps/${names[round % names.length]}`;
      const acts = [
        () => writer.create(key, { tier: 'backend', replicas: 2 }),
        () => writer.report(key, 1),
        () => writer.report(key, 2),
        () => writer.scale(key, 4),
        () => writer.report(key, 4),
        () => writer.image(key, `1.${round + 1}.0`),
        () => writer.image('apps/shop', `1.${round + 2}.0`),
        () => writer.remove(key),
      ];
      for (const act of acts) {
        await pause(paceMs, undefined, { signal });
        await act();
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
