import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import wrongOnce from './wrong-once.json' with { type: 'json' };
import { checkCases, type Disagreement, type FuzzCase, fuzzCase, typesOf } from './fuzz-program.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

/** One schema again: `KUBE_GEN_FUZZ_SEED=4711`. More than CI has: `KUBE_GEN_FUZZ=1000000`, from `KUBE_GEN_FUZZ_FROM`. */
const seed = numberFrom('KUBE_GEN_FUZZ_SEED');
const count = seed === undefined ? (numberFrom('KUBE_GEN_FUZZ') ?? 10_000) : 1;
const first = seed ?? numberFrom('KUBE_GEN_FUZZ_FROM') ?? 1;
/** So many schemas are one program: more would cost memory, fewer the compiler's start. */
const atOnce = 5_000;

describe('random schemas and values', () => {
  const folder = useTemporaryFolder('fuzz');

  it(
    'no value that an API server stores as written is refused by the types, to write or to read',
    async () => {
      const found: Disagreement[] = [];
      let [values, refused, refusedByTypes, withValues] = [0, 0, 0, 0];
      for (let at = 0; at < count; at += atOnce) {
        const cases = Array.from({ length: Math.min(atOnce, count - at) }, (_, i) => fuzzCase(first + at + i));
        const result = await checkCases(join(folder, String(at)), cases);
        rmSync(join(folder, String(at)), { recursive: true });
        found.push(...result.disagreements);
        refusedByTypes += result.refusedByTypes;
        for (const one of cases) {
          values += one.accepted.length;
          refused += one.refused.length;
          withValues += one.accepted.length > 0 ? 1 : 0;
        }
        if (found.length > 20) break;
      }
      const share = ((100 * refusedByTypes) / Math.max(refused, 1)).toFixed(1);
      process.stderr.write(
        `\nFuzz: seeds ${first} to ${first + count - 1}: ${values} values accepted, ${found.length} of them refused by the types; ` +
          `${share} % of ${refused} values that the judge refuses are compile errors.\n`,
      );
      if (seed !== undefined) process.stderr.write(`${explain(fuzzCase(seed))}\n`);
      expect(found.slice(0, 20).map(describeOne)).toEqual([]);
      // Values for most schemas, or it would prove little.
      if (seed === undefined) expect(withValues).toBeGreaterThan(count * 0.8);
    },
    60 * count + 300_000,
  );

  it('random types that were wrong once are right', async () => {
    const { disagreements } = await checkCases(join(folder, 'once'), wrongOnce);
    expect(disagreements).toEqual([]);
  });

  it('types that lie are found', async () => {
    const cases = Array.from({ length: 60 }, (_, i) => fuzzCase(i + 1));
    const lies: ((types: string) => string)[] = [
      (types) => types.replace(/^(  readonly [^?:]+)\?: /gm, '$1: '),
      (types) => types.replaceAll(': number', ': boolean'),
      (types) => types.replaceAll(' | null', ''),
    ];
    for (const [i, lie] of lies.entries()) {
      const { disagreements } = await checkCases(join(folder, `lie-${i}`), cases, lie);
      expect(disagreements.length).toBeGreaterThan(2);
    }
  });
});

function describeOne({ seed: at, what }: Disagreement): string {
  return `seed ${at} (again with KUBE_GEN_FUZZ_SEED=${at}): ${what}\n${JSON.stringify(fuzzCase(at).schema)}`;
}

function explain(one: FuzzCase): string {
  return `${JSON.stringify(one.schema, undefined, 2)}\n${typesOf([one]).get(one.seed)}\n${JSON.stringify(one.accepted, undefined, 1)}`;
}

function numberFrom(name: string): number | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : Number(value);
}
