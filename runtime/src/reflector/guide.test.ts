import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startApiServer } from '../testing/index.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const crd = join(root, 'examples/foo-service/crds/foo.yaml');
const metadata = { name: 'shop', namespace: 'apps', labels: { app: 'web', tier: 'front' } };
const kind = { apiVersion: 'example.kube-gen.dev/v1', kind: 'Foo' } as const;
const definition = { group: 'example.kube-gen.dev', version: 'v1', plural: 'foos' };

/** The blocks of the guide as one program, in a file inside the repository, so that it finds the runtime. */
function writeProgram(): { file: string; remove: () => void } {
  const text = readFileSync(join(root, 'docs/guide/reflectors.md'), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  expect(blocks).toHaveLength(6);
  mkdirSync(join(root, '.reports'), { recursive: true });
  const folder = mkdtempSync(join(root, '.reports/guide-'));
  const file = join(folder, 'reflectors.ts');
  const end = 'closing.abort();\nawait followed;\nawait cluster.close();\n';
  writeFileSync(file, `${blocks.join('\n').replaceAll('./generated/', '../../generated/')}\n${end}`);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

describe('docs/guide/reflectors.md', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('does, as one program on the embedded server, what it says', async () => {
    const foo = { ...kind, metadata, spec: { image: 'ghcr.io/acme/shop:1', replicas: 2, tier: 'frontend' } };
    await using server = await startApiServer({ crds: [crd], objects: [foo] });
    const { file, remove } = writeProgram();
    const kubeconfig = join(file, '../kubeconfig.yaml');
    writeFileSync(kubeconfig, server.kubeconfig);
    vi.stubEnv('KUBECONFIG', kubeconfig);
    const said: unknown[][] = [];
    await using admin = await server.connect();
    vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => {
      said.push(words);
      // What the guide waits for happens when its subscribers have seen the set.
      if (words[0] === 'synced')
        void admin.request({
          method: 'PATCH',
          path: `/apis/${kind.apiVersion}/namespaces/apps/foos/shop/status`,
          headers: { 'content-type': 'application/merge-patch+json' },
          body: { status: { phase: 'Ready' } },
        });
    });
    try {
      await import(pathToFileURL(file).href);
    } finally {
      remove();
    }
    expect(said.slice(0, 2)).toEqual([['added', 'apps/shop', 2], ['synced']]);
    expect(said).toContainEqual(['updated', 'apps/shop', 2]);
    expect(said).toContainEqual(['shop', 'ghcr.io/acme/shop:1', '->', 'ghcr.io/acme/shop:1']);
    expect(said.at(-1)).toEqual([1, 1]);
    expect(server.objects(definition as never)).toMatchObject([{ spec: { replicas: 3 }, status: { phase: 'Ready' } }]);
  });
});
