import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, isKubeError } from '@kube-gen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCases, type FuzzCase } from '../fuzz/fuzz-program.js';
import { randomRoot } from '../fuzz/random-schema.js';
import { randomValue } from '../fuzz/random-value.js';
import { Random } from '../simulator/random.js';
import { crdManifest } from '../support/crd-manifest.js';
import { oddPlaces } from '../types/odd-places.js';
import { oddSchemas } from '../types/odd-schemas.js';
import { installCrd } from './tank.js';
import { noCluster, useTestCluster } from './test-cluster.js';

const group = 'example.dev';
const firstSeed = Number(process.env['KUBE_GEN_TEST_SEED'] ?? 1);
const schemasAtOnce = 60;
const valuesEach = 12;

describe.skipIf(noCluster)('generated types and the verdicts of the server', () => {
  let folder: string;
  let cluster: Cluster;

  useTestCluster((given) => {
    folder = mkdtempSync(join(tmpdir(), 'kube-gen-types-'));
    cluster = given;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The object as the server would store it; `undefined` where it refuses it. */
  async function stored(kind: string, written: object): Promise<Record<string, unknown> | undefined> {
    try {
      return await cluster.request<Record<string, unknown>>({
        method: 'POST',
        path: `/apis/${group}/v1/namespaces/default/${pluralOf(kind)}`,
        query: { dryRun: 'All', fieldValidation: 'Strict' },
        body: { ...written, apiVersion: `${group}/v1`, kind, metadata: { name: 'a' } },
      });
    } catch (error) {
      if (isKubeError(error) && (error.status === 400 || error.status === 422)) return undefined;
      // With `items` at its root, written or a default, the server takes an object for a list of objects, and fails.
      if (isKubeError(error) && error.status === 500 && error.message.includes('is not a list')) return undefined;
      // For a moment after a CRD is installed, while the server puts its last handler in the place of the first.
      if (isKubeError(error) && error.status === 503) return stored(kind, written);
      throw error;
    }
  }

  describe('schemas that are odd in more than one way', () => {
    const kinds = [...oddSchemas, ...oddPlaces].map((one, i) => ({ ...one, kind: `Odd${i}` }));

    beforeAll(async () => {
      const installed = kinds.map(({ kind, spec }) =>
        installCrd(cluster, crdManifest(kind, { type: 'object', properties: { spec } })),
      );
      await Promise.all(installed);
    }, 300_000);

    it.each(kinds)('the server says of $name what the table of the types says', async ({ accept, reject, kind }) => {
      const verdict = async (value: unknown): Promise<string> => {
        const answer = await stored(kind, { spec: value });
        return answer === undefined ? 'refused' : isPartOf(value, answer['spec']) ? 'stored' : 'changed';
      };
      expect(await Promise.all(accept.map(verdict))).toEqual(accept.map(() => 'stored'));
      expect(await Promise.all(reject.map(verdict))).toEqual(reject.map(() => 'refused'));
    });
  });

  it('no random value that the server stores as written is refused by the types of a random schema', async () => {
    const seeds = Array.from({ length: schemasAtOnce }, (_, i) => firstSeed + i);
    const cases = (await Promise.all(seeds.map(judged))).filter((one) => one !== undefined);
    const values = cases.reduce((sum, { accepted }) => sum + accepted.length, 0);
    expect(values).toBeGreaterThan(2 * schemasAtOnce);
    expect((await checkCases(folder, cases)).disagreements).toEqual([]);
  }, 300_000);

  /** A schema with the verdicts; `undefined` where the server does not take it: random ones are not always structural. */
  async function judged(seed: number): Promise<FuzzCase | undefined> {
    const random = new Random(Math.imul(seed, 0x9e3779b1));
    const schema = randomRoot(random);
    const kind = `K${seed}K`;
    try {
      await installCrd(cluster, crdManifest(kind, schema));
    } catch (error) {
      if (isKubeError(error) && error.status === 422) return undefined;
      throw error;
    }
    const head = { apiVersion: `${group}/v1`, kind, metadata: { name: 'a' } };
    const accepted: { written: unknown; stored: unknown }[] = [];
    for (let i = 0; i < valuesEach; i += 1) {
      const written = randomValue(random, schema) as object;
      // To the server 1.5 meets an enum with a 1 in it (docs/fidelity-gaps.md).
      if (JSON.stringify(written).includes('1.5')) continue;
      const answer = await stored(kind, written);
      if (answer !== undefined && isPartOf(written, answer))
        accepted.push({ written: { ...written, ...head }, stored: answer });
    }
    return { seed, schema, accepted, refused: [] };
  }
});

function pluralOf(kind: string): string {
  return `${kind.toLowerCase()}s`;
}

/** Whether all of `written` is in `answer`, which may have defaults besides. */
function isPartOf(written: unknown, answer: unknown): boolean {
  if (typeof written !== 'object' || written === null) return Object.is(written, answer);
  if (typeof answer !== 'object' || answer === null || Array.isArray(written) !== Array.isArray(answer)) return false;
  if (Array.isArray(written) && Array.isArray(answer) && written.length !== answer.length) return false;
  const kept: Record<string, unknown> = { ...answer };
  return Object.entries(written).every(([name, value]) => Object.hasOwn(kept, name) && isPartOf(value, kept[name]));
}
