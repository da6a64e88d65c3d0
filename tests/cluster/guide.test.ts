import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { readYaml } from '@kube-gen/runtime/yaml';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type CrdManifest, installCrd } from './tank.js';
import { noCluster, useTestCluster } from './test-cluster.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Inside the repository, so that the program finds the runtime. */
const folder = join(root, '.reports/guide');

/** The blocks of a guide as one program: the first stays outside, so that the others see its names, and may use theirs again. */
function programOf(guide: string): string {
  const text = readFileSync(join(root, 'docs/guide', guide), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  expect(blocks.length).toBeGreaterThan(5);
  return `${blocks.join('\n').replaceAll('./generated/', '../../generated/')}\nawait cluster.close();\n`;
}

/** What TypeScript has against a program of this repository. */
async function compilerSays(file: string): Promise<string> {
  const config = join(folder, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ extends: join(root, 'tsconfig.json'), include: [file] }));
  const compiler = join(root, 'node_modules/typescript7/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', config]);
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe.skipIf(noCluster)('the guides', () => {
  let kubeconfig: string;

  useTestCluster(async (cluster, { kubeconfigFile }) => {
    kubeconfig = kubeconfigFile;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const crd = readFileSync(join(root, 'examples/foo-service/crds/foo.yaml'), 'utf8');
    await installCrd(cluster, readYaml(crd) as CrdManifest);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  it('docs/guide/reading-and-writing.md compiles, and does on a real API server what it says', async () => {
    const file = join(folder, 'reading-and-writing.ts');
    writeFileSync(file, programOf('reading-and-writing.md'));
    expect(await compilerSays(file)).toBe('');
    vi.stubEnv('KUBECONFIG', kubeconfig);
    const said: unknown[][] = [];
    vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => void said.push(words));
    await import(pathToFileURL(file).href);
    expect(said).toEqual([
      [1],
      ['ghcr.io/acme/web:1', 1, expect.stringMatching(/^\d+$/)],
      ['web'],
      ['.spec.resources.cpu', expect.stringContaining('conflict with "guide"')],
      ['Ready'],
      [5],
      [{ step: 'two' }],
      ['MODIFIED', undefined],
      [undefined],
      [expect.stringMatching(/^v1\./)],
    ]);
  });
});
