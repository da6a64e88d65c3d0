import { dirname } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { connectScene, kubeconfig, refusal } from '../../../tests/support/connect-scene.js';
import { connect } from '../connect.js';

/** As the platform says it of a user id that is in no /etc/passwd, where HOME is not set. */
vi.mock(import('node:os'), async (original) => ({
  ...(await original()),
  homedir: () => {
    throw Object.assign(new Error('uv_os_homedir returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' });
  },
}));

const { write } = connectScene();

describe('T1: a user without a home folder, as in a container', () => {
  it('has the service account of the pod', async () => {
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.0.0.1');
    vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
    await using cluster = await connect({ serviceAccountDir: dirname(write('sa/token', 't')) });
    expect(cluster.server).toBe('https://10.0.0.1');
  });

  it('has the kubeconfig that is given', async () => {
    const file = write('config', kubeconfig());
    await using given = await connect({ kubeconfig: file });
    vi.stubEnv('KUBECONFIG', file);
    await using listed = await connect();
    expect([given.server, listed.server]).toEqual(['https://one.example:6443', 'https://one.example:6443']);
  });

  it('is told so when nothing else is configured', async () => {
    expect((await refusal({ serviceAccountDir: '/gone' })).message).toBe(
      "no cluster is configured: looked at ~/.kube/config, for which there is no home folder, and for a pod's service account in /gone. Set KUBECONFIG, or give `kubeconfig` or `server`",
    );
    expect((await refusal({ kubeconfig: '~/config' })).message).toBe(
      'the kubeconfig ~/config does not exist: there is no home folder',
    );
  });
});
