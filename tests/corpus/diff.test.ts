import { describe, expect, it } from 'vitest';
import type { Change } from '../../generator/diff/change.js';
import { diff, type DiffResult } from '../../generator/diff/diff.js';
import { corpusCrds, corpusFolder, readLeniently } from './corpus.js';

interface CrdDocument {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly versions?: readonly { readonly name: string; readonly schema?: unknown }[] };
}

/** CRDs that carry a beta beside their v1: the beta as the v1 of yesterday, and the v1 of today. */
function histories(): { readonly old: object[]; readonly now: object[] } {
  const old: object[] = [];
  const now: object[] = [];
  const seen = new Set<string>();
  for (const file of corpusCrds('crds')) {
    if (!file.text.includes('name: v1beta1')) continue;
    const crd = readLeniently(file) as CrdDocument;
    const beta = crd.spec.versions?.find(({ name }) => name === 'v1beta1');
    const v1 = crd.spec.versions?.find(({ name }) => name === 'v1');
    if (beta?.schema === undefined || v1?.schema === undefined || seen.has(crd.metadata.name)) continue;
    seen.add(crd.metadata.name);
    const only = (version: object): object => ({
      ...crd,
      spec: { ...crd.spec, versions: [{ ...version, name: 'v1', served: true, storage: true }] },
    });
    old.push(only(beta));
    now.push(only(v1));
  }
  return { old, now };
}

describe.skipIf(corpusFolder === undefined)('diff of v1beta1 and v1 of the same kind', () => {
  const { old, now } = corpusFolder === undefined ? { old: [], now: [] } : histories();
  const between = (a: readonly object[], b: readonly object[]): Promise<DiffResult> => {
    const source = (file: string, items: readonly object[]) => ({
      file,
      text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    });
    return diff([source('old', a)], [source('new', b)], {});
  };
  const placesOf = (changes: readonly Change[], type: Change['change']): string[] =>
    changes.filter(({ change }) => change === type).map(({ kind, path }) => `${kind} ${path}`);

  it('finds nothing between a CRD and itself', async () => {
    expect(now.length).toBeGreaterThan(20);
    const { changes, compared } = await between(now, now);
    expect([compared, changes]).toEqual([now.length, []]);
  });

  it('finds the same places in both directions, as opposites', async () => {
    const { changes: forth } = await between(old, now);
    const { changes: back } = await between(now, old);
    expect(forth.length).toBeGreaterThan(50);
    expect(placesOf(back, 'field-added').sort()).toEqual(placesOf(forth, 'field-removed').sort());
    expect(placesOf(back, 'field-removed').sort()).toEqual(placesOf(forth, 'field-added').sort());
    expect(placesOf(back, 'now-optional').sort()).toEqual(placesOf(forth, 'now-required').sort());
    expect(placesOf(back, 'type').sort()).toEqual(placesOf(forth, 'type').sort());
  });

  it('finds what happened to SecretStore on its way to v1', async () => {
    const { changes } = await between(old, now);
    const store = changes.filter(({ kind }) => kind === 'SecretStore');
    expect(store).toContainEqual(
      expect.objectContaining({ path: 'spec.provider.alibaba', change: 'field-removed', breaks: ['reads', 'writes'] }),
    );
    expect(store).toContainEqual(
      expect.objectContaining({
        path: 'spec.provider.aws.service',
        breaks: ['reads'],
        new: { type: "'SecretsManager' | 'ParameterStore' | 'CertificateManager'", optional: false },
      }),
    );
    expect(store).toContainEqual(
      expect.objectContaining({ path: 'spec.provider.kubernetes.auth.cert.clientKey', breaks: ['writes'] }),
    );
  });
});
