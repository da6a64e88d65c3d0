import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connect } from '@kube-gen/runtime';
import { readYaml } from '@kube-gen/runtime/yaml';
import { describe, expect, it, vi } from 'vitest';
import { skipReason } from '../../examples/foo-service/browser.js';
import { bundlePage, openPage, serveKubectlProxy } from '../support/browser-reflector.js';
import { afterwards, closeServersAfterEach } from '../support/test-servers.js';
import { type CrdManifest, installCrd } from './tank.js';
import { kubectlPath, noControlPlane, noKubectl, startTestControlPlane } from './test-cluster.js';

if (skipReason !== undefined) process.stderr.write(`the browser before a real API server is skipped: ${skipReason}\n`);
closeServersAfterEach();

const crd = fileURLToPath(new URL('../../examples/foo-service/crds/foo.yaml', import.meta.url));
const foos = '/apis/example.kube-gen.dev/v1/namespaces/default/foos';

describe.skipIf(noControlPlane || noKubectl || skipReason !== undefined)(
  'a generated reflector in a browser, through kubectl proxy',
  () => {
    it('lists, watches, writes and reads its own writes; the server is killed, and it goes on', async () => {
      const plane = await startTestControlPlane();
      afterwards(() => plane.stop());
      await using cluster = await connect({ kubeconfig: plane.kubeconfigFile });
      await installCrd(cluster, readYaml(readFileSync(crd, 'utf8')) as CrdManifest);
      const folder = await bundlePage();
      const { run, complaints } = await openPage(
        await serveKubectlProxy({ kubectl: kubectlPath(), kubeconfigFile: plane.kubeconfigFile, folder }),
      );
      await run('ready');
      expect(await run('names')).toEqual([]);
      expect(await run('create', 'mine')).toMatch(/^[0-9a-f-]{36}$/);
      expect(await run('missing')).toBe('not-found');
      expect(complaints).toEqual([]);
      await plane.restartApiserver();
      await vi.waitFor(() => cluster.request({ method: 'DELETE', path: `${foos}/mine` }), { timeout: 30_000 });
      await vi.waitFor(async () => expect(await run('names')).toEqual([]), { timeout: 60_000 });
      expect(await run('events')).toEqual(expect.arrayContaining(['added mine', 'deleted mine']));
      expect(await run('stop')).toBe(true);
    }, 180_000);
  },
);
