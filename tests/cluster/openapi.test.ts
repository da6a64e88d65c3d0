import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, isKubeError } from '@kube-gen/runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { generate } from '../../generator/generate.js';
import { readCluster } from '../../generator/load/cluster/read-cluster.js';
import type { JsonMap } from '../../generator/load/json-value.js';
import { defaultVersion } from '../../scripts/apiserver/binaries.js';
import { factsOf } from '../../scripts/server-facts.js';
import { manifests, mistakeName, withMistake } from '../kinds/fixtures.js';
import { writeManifestPrograms } from '../kinds/manifest-programs.js';
import { mistakes } from '../kinds/mistakes.js';
import { writeProject } from '../support/type-check.js';
import { noControlPlane, useTestControlPlane } from './test-cluster.js';

/** Mistakes that servers up to Kubernetes 1.x, as far as was tried, let pass. */
const uncheckedUpTo: ReadonlyMap<string, number> = new Map([
  ['apps/v1/StatefulSet: wrong enum spec.volumeClaimTemplates.0.spec.accessModes.0 = "ReadWriteTwice"', 31],
]);

describe.skipIf(noControlPlane)('the OpenAPI documents of a real API server', () => {
  let cluster: Cluster;
  let kubeconfig: string;
  let version: { readonly text: string; readonly minor: number };

  useTestControlPlane(async (given, { kubeconfigFile }) => {
    cluster = given;
    kubeconfig = kubeconfigFile;
    const { gitVersion, minor } = await cluster.request<{ gitVersion: string; minor: string }>({ path: '/version' });
    version = { text: gitVersion, minor: Number.parseInt(minor) };
  });

  it('F33 v2 and v3 of one release make the same modules', async () => {
    const v2 = await cluster.request<string>({ path: '/openapi/v2', as: 'text' });
    const { paths } = await cluster.request<{ paths: Record<string, { serverRelativeURL: string }> }>({
      path: '/openapi/v3',
    });
    const served = Object.entries(paths).filter(([path]) => /^(?:api|apis\/[^/]+)\/[^/]+$/.test(path));
    const v3 = await Promise.all(
      served.map(async ([path, { serverRelativeURL }]) => ({
        file: `${path}.json`,
        text: await cluster.request<string>({ path: serverRelativeURL, as: 'text' }),
      })),
    );
    // Descriptions differ where v3 tells the defaults that v2 lacks.
    const fromV2 = await generate([{ file: 'swagger.json', text: v2 }], { docs: false });
    const fromV3 = await generate(v3, { docs: false });
    expect(fromV2.diagnostics).toEqual([]);
    expect(fromV3.diagnostics).toEqual([]);
    expect(fromV2.summary.resources.length).toBeGreaterThan(60);
    const texts = (files: readonly { path: string; content: string }[]): Record<string, string> =>
      Object.fromEntries(files.map(({ path, content }) => [path, content]));
    expect(texts(fromV3.files)).toEqual(texts(fromV2.files));
    // The published documents lack enums; a server tells them.
    expect(texts(fromV3.files)['core/v1/types.ts']).toContain(
      "readonly type?: 'ClusterIP' | 'ExternalName' | 'LoadBalancer' | 'NodePort';",
    );
  });

  it('F15 what it tells beyond the published documents is what the committed kinds were made with', async ({
    skip,
  }) => {
    skip(version.text !== `v${defaultVersion}`, `the facts are of ${defaultVersion}`);
    const facts: unknown = JSON.parse(
      readFileSync(new URL('../../scripts/server-facts.json', import.meta.url), 'utf8'),
    );
    expect(factsOf((await documents()).map(({ text }) => text))).toEqual(facts);
  });

  it('its modules accept every manifest and refuse every mistake, a wrong member of an enum too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kube-gen-server-kinds-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { files } = await generate(await documents(), { docs: false });
    writeProject(
      folder,
      files.map(({ path, content }) => ({ path: `generated/${path}`, content })),
    );
    expect(await writeManifestPrograms(folder).check('typescript7')).toEqual({ errors: [], accepted: [] });
  }, 240_000);

  it.each([...manifests])('accepts the manifest of %s', async (key, manifest) => {
    expect(await tryToCreate(key, manifest)).toMatchObject({ kind: manifest['kind'] });
  });

  it.for(mistakes.map((mistake) => [mistakeName(mistake), mistake] as const))(
    'refuses what the types refuse: %s',
    async ([name, mistake], { skip }) => {
      skip(version.minor <= (uncheckedUpTo.get(name) ?? 0), `Kubernetes 1.${version.minor} does not check it`);
      const answer = await tryToCreate(mistake.kind, withMistake(mistake) as JsonMap).catch((error: unknown) => error);
      expect(isKubeError(answer) ? answer.code : answer).toBe('invalid');
    },
  );

  async function documents(): Promise<readonly { file: string; text: string }[]> {
    const input = { kubeconfig, include: [], exclude: [] };
    const { sources, diagnostics } = await readCluster(input);
    expect(diagnostics).toEqual([]);
    return sources;
  }

  /** Nothing is stored: it is a dry run under strict field validation, but for reviews, which never are. */
  async function tryToCreate(key: string, body: JsonMap): Promise<unknown> {
    const parts = key.split('/');
    const kind = parts.pop() ?? '';
    const base = parts.length === 1 ? `/api/${parts[0]}` : `/apis/${parts.join('/')}`;
    const { resources } = await cluster.request<{ resources: { name: string; kind: string; namespaced: boolean }[] }>({
      path: base,
    });
    const resource = resources.find((one) => one.kind === kind && !one.name.includes('/'));
    if (resource === undefined) throw new Error(`${key} is not served`);
    const path = `${base}/${resource.namespaced ? 'namespaces/default/' : ''}${resource.name}`;
    return cluster.request({ method: 'POST', path, query: { dryRun: 'All', fieldValidation: 'Strict' }, body });
  }
});
