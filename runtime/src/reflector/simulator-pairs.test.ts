import { describe, expect, it } from 'vitest';
import { requestFaults, streamFaults } from '../../../tests/simulator/faults.js';
import { runPlacedWorld } from '../../../tests/simulator/run-placed-world.js';
import { type Placed, REQUESTS, runPlaced, STEPS } from '../../../tests/simulator/run-placed.js';

function places(): Placed[] {
  const at = (points: number): number[] => Array.from({ length: points }, (_, n) => n + 1);
  return [
    ...requestFaults.flatMap((fault) => at(REQUESTS).map((n): Placed => ({ t: 'request', fault, at: n }))),
    ...[...streamFaults, 'compact', 'restart', 'restore'].flatMap((fault) =>
      at(STEPS).map((n) => ({ t: 'stream', fault, at: n }) as Placed),
    ),
  ];
}

/** KUBE_GEN_PAIRS=all runs every pair; the default takes each fault alone and every seventh pair. */
const STRIDE = process.env['KUBE_GEN_PAIRS'] === 'all' ? 1 : 7;

describe.each([true, false])('every fault at every point of a short history (streaming %s)', (streaming) => {
  it('alone', () => {
    const all = places();
    for (const place of all) runPlaced([place], streaming);
    expect(all.length).toBeGreaterThan(200);
  });

  it('alone, with drivers, shared watches and a selector', { timeout: 3_600_000 }, async () => {
    const all = places();
    for (const place of all) await runPlacedWorld([place], streaming);
    expect(all.length).toBeGreaterThan(200);
  });

  it('and together with every other one', { timeout: 3_600_000 }, () => {
    const all = places();
    let runs = 0;
    for (let i = 0; i < all.length; i++) {
      for (let j = i + 1; j < all.length; j++) {
        const [a, b] = [all[i], all[j]];
        if ((i + j) % STRIDE === 0 && a !== undefined && b !== undefined) {
          runPlaced([a, b], streaming);
          runs++;
        }
      }
    }
    expect(runs).toBeGreaterThan(1000);
  });
});
