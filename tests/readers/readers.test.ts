import { beforeAll, describe, expect, it } from 'vitest';
import { corpusFolder } from '../corpus/corpus.js';
import { compareReaders } from './compare.js';
import type { ReaderResult } from './report.js';

/** Every 16th CRD version; `KUBE_GEN_READERS=all` takes every one (minutes). */
const step = process.env['KUBE_GEN_READERS'] === 'all' ? 1 : 16;
/** Valid objects that a reader refuses for a fault of its own: `docs/independent-readers.md` says which. */
const known = new Set(['json-schema-to-typescript gateways.gateway.networking.k8s.io v1']);

describe.skipIf(corpusFolder === undefined)('what other type printers read in the same CRDs', () => {
  let results: readonly ReaderResult[];

  beforeAll(async () => {
    results = await compareReaders(step);
  }, 900_000);

  it('agrees with the API server about every valid object, but for faults of theirs', () => {
    const found = results.flatMap(({ reader, refusedValid }) =>
      refusedValid.map(({ crd, version, message }) => ({ where: `${reader} ${crd} ${version}`, message })),
    );
    expect(found.filter(({ where }) => !known.has(where))).toEqual([]);
    for (const { valid } of results) expect(valid).toBeGreaterThan(250);
  });

  it('is a real reading: they refuse nearly all objects that the server refuses for their types', () => {
    for (const { invalid, acceptedInvalid } of results) {
      expect(invalid).toBeGreaterThan(10);
      expect(acceptedInvalid.length / invalid).toBeLessThan(0.3);
    }
  });
});
