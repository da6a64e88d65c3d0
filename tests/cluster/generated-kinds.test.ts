import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Cluster, type KubernetesObject, type Reflector, type ResourceDefinition } from '@kube-gen/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { generate } from '../../generator/generate.js';
import {
  type CorpusFile,
  corpusCrds,
  corpusFolder,
  corpusSamples,
  corpusFile,
  readLeniently,
} from '../corpus/corpus.js';
import { allReady, expectCachesToEqualServer, watched, type Watched } from './caches.js';
import { type CrdManifest, installCrd, removeCrd } from './tank.js';
import { noCluster, useTestCluster } from './test-cluster.js';

/** Inside the repository, so that the modules find the runtime. */
const folder = join(fileURLToPath(new URL('../../', import.meta.url)), '.reports/generated-kinds');

/** CRDs of several projects, namespaced and not, with objects that a real API server took under strict validation. */
const wanted = [
  { crd: 'certificates.cert-manager.io', version: 'v1', kind: 'Certificate' },
  { crd: 'clusterissuers.cert-manager.io', version: 'v1', kind: 'ClusterIssuer' },
  { crd: 'httproutes.gateway.networking.k8s.io', version: 'v1', kind: 'HTTPRoute' },
  { crd: 'servicemonitors.monitoring.coreos.com', version: 'v1', kind: 'ServiceMonitor' },
];

/** What a generated module has of its kind. */
interface GeneratedKind {
  readonly crd: string;
  readonly definition: ResourceDefinition;
  // oxlint-disable-next-line typescript/no-explicit-any -- reflectors of any kind
  readonly make: (cluster: Cluster) => Reflector<any, any, any>;
}

/** The manifests of samples, each under a name of its own in the namespace `default`. */
function manifestsOf(crd: string, version: string): KubernetesObject[] {
  return corpusSamples()
    .filter((sample) => sample.crd === crd && sample.version === version && sample.strictValid)
    .filter((sample) => sample.verdict === 'valid')
    .slice(0, 12)
    .map(({ file }, at) => {
      // Labels and annotations of samples may hold a template's placeholders: the schema says nothing of them, the server does.
      const {
        metadata: _,
        status: __,
        ...rest
      } = readLeniently(corpusFile(file)) as KubernetesObject & {
        status?: unknown;
      };
      return {
        ...rest,
        metadata: { name: `sample-${at}`, labels: { origin: 'sample' } },
      } as unknown as KubernetesObject;
    });
}

/** The CRDs that are wanted, each from the first file of the corpus that has it. */
function wantedCrds(): { readonly file: CorpusFile; readonly manifest: CrdManifest }[] {
  const files = corpusCrds('crds');
  return wanted.map(({ crd }) => {
    for (const file of files.filter((one) => one.file.includes(`/${crd}`))) {
      const manifest = readLeniently(file) as CrdManifest;
      if (manifest.metadata.name === crd) return { file, manifest };
    }
    throw new Error(`the corpus has no ${crd}`);
  });
}

/** Generates modules from CRDs, and imports them. */
async function generatedKinds(crds: readonly CorpusFile[]): Promise<GeneratedKind[]> {
  const { files, diagnostics } = await generate(crds);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const kinds: GeneratedKind[] = [];
  for (const { crd, version, kind } of wanted) {
    const group = crd.slice(crd.indexOf('.') + 1);
    const url = pathToFileURL(join(folder, group, version, 'index.ts')).href;
    const exported = (await import(url)) as Record<string, unknown>;
    const Class = exported[`${kind}Reflector`] as new (cluster: Cluster) => Reflector<KubernetesObject>;
    kinds.push({ crd, definition: exported[kind] as ResourceDefinition, make: (cluster) => new Class(cluster) });
  }
  return kinds;
}

describe.skipIf(noCluster || corpusFolder === undefined)('what is generated from CRDs of several projects', () => {
  let cluster: Cluster;
  let kinds: GeneratedKind[];
  let caches: Watched[];

  useTestCluster(async (given) => {
    cluster = given;
    const crds = wantedCrds();
    kinds = await generatedKinds(crds.map(({ file }) => file));
    for (const { manifest } of crds) await installCrd(cluster, manifest);
    caches = kinds.map(({ definition, make }) => watched(cluster, definition, { reflector: make(cluster) }));
    await allReady(caches);
  });
  afterAll(async () => {
    for (const { crd } of kinds ?? []) await removeCrd(cluster, crd);
    rmSync(folder, { recursive: true, force: true });
  });

  const sizes = (): number[] => caches.map(({ reflector }) => reflector.read().size);

  it('creates, changes and deletes objects under strict validation, and each cache equals the server after each', async () => {
    const manifests = wanted.map(({ crd, version }) => manifestsOf(crd, version));
    expect(Math.min(...manifests.map((some) => some.length))).toBeGreaterThan(5);
    for (const [at, { definition }] of kinds.entries()) {
      for (const manifest of manifests[at] ?? []) await cluster.resource(definition).create(manifest);
    }
    await expectCachesToEqualServer(caches);
    expect(sizes()).toEqual(manifests.map((some) => some.length));

    // Each object gets what the next one has in its spec; some lose all labels and some get one.
    for (const [at, { definition }] of kinds.entries()) {
      const api = cluster.resource(definition);
      const some = (manifests[at] ?? []) as (KubernetesObject & { spec: unknown })[];
      for (const [n, { metadata }] of some.entries()) {
        const current = (await api.get(metadata.name)) as KubernetesObject;
        const spec = some[(n + 1) % some.length]?.spec;
        const labels = n % 2 === 0 ? {} : { changed: 'yes' };
        await api.replace({ ...current, metadata: { ...current.metadata, labels }, spec } as KubernetesObject);
        await api.patch(metadata.name, { metadata: { annotations: { step: String(n) } } });
      }
    }
    await expectCachesToEqualServer(caches);
    expect(sizes()).toEqual(manifests.map((some) => some.length));

    for (const [at, { definition }] of kinds.entries()) {
      for (const { metadata } of (manifests[at] ?? []).slice(0, 3))
        await cluster.resource(definition).delete(metadata.name);
    }
    await expectCachesToEqualServer(caches);
    expect(sizes()).toEqual(manifests.map((some) => some.length - 3));

    for (const { definition } of kinds) {
      const options = { labelSelector: { changed: 'yes' } };
      const api = cluster.resource(definition);
      await api.deleteCollection(
        (definition.scope === 'Cluster' ? options : { ...options, namespace: 'default' }) as { namespace: string },
      );
    }
    await expectCachesToEqualServer(caches);
    expect(sizes()).toEqual(manifests.map((some) => some.slice(3).filter((_, n) => (n + 3) % 2 === 0).length));
  }, 300_000);
});
