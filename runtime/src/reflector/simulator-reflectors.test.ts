import { describe, expect, it } from 'vitest';
import { runWorld } from '../../../tests/simulator/run-world.js';

/** How many lives are simulated: KUBE_GEN_SEEDS=1000000 for a million. */
const SEEDS = Number(process.env['KUBE_GEN_SEEDS'] ?? 2_000);
/** KUBE_GEN_WORLD=123 runs one, as a failure names it. */
const ONE = process.env['KUBE_GEN_WORLD'];

describe('reflectors with their drivers, simulated with a model server', () => {
  it(
    'share watches, come to the truth after every kind of trouble, and leave nothing behind',
    { timeout: 3_600_000 },
    async () => {
      const total = { requests: 0, faults: 0, told: 0, reflectors: 0, virtualMs: 0 };
      const from = ONE === undefined ? 1 : Number(ONE);
      const to = ONE === undefined ? SEEDS : from;
      for (let seed = from; seed <= to; seed++) {
        const report = await runWorld(seed);
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += report[key];
      }
      expect(total.requests).toBeGreaterThan(0);
      process.stdout.write(`simulated ${to - from + 1} worlds: ${JSON.stringify(total)}\n`);
    },
  );
});
