import { describe, expect, it } from 'vitest';
import { runSeed } from '../../../tests/simulator/run-seed.js';

/** How many lives are simulated: KUBE_GEN_SEEDS=1000000 for a million. */
const SEEDS = Number(process.env['KUBE_GEN_SEEDS'] ?? 10_000);
/** KUBE_GEN_SEED=123 runs one, as a failure names it. */
const ONE = process.env['KUBE_GEN_SEED'];

describe('a watcher, simulated with a model server', () => {
  it(
    'comes to the truth after every kind of trouble, tells legal stories, and storms no server',
    { timeout: 3_600_000 },
    () => {
      const total = { steps: 0, requests: 0, faults: 0, told: 0, virtualMs: 0 };
      const from = ONE === undefined ? 1 : Number(ONE);
      const to = ONE === undefined ? SEEDS : from;
      for (let seed = from; seed <= to; seed++) {
        const report = runSeed(seed);
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += report[key];
      }
      expect(total.steps).toBeGreaterThan(0);
      process.stdout.write(`simulated ${to - from + 1} seeds: ${JSON.stringify(total)}\n`);
    },
  );
});
