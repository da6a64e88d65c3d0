import { describe, expect, it } from 'vitest';
import { connectScene, kubeconfig, type KubeconfigParts } from '../../../tests/support/connect-scene.js';
import { createTestAuthority } from '../../../tests/support/test-certificates.js';
import { closeServersAfterEach, serveHttps } from '../../../tests/support/test-servers.js';
import { readCluster, type ClusterInput } from './read-cluster.js';

closeServersAfterEach();
const scene = connectScene();
const authority = createTestAuthority();

/** What is told of a cluster that cannot be read. */
async function told(input: Partial<ClusterInput>): Promise<string> {
  const { diagnostics } = await readCluster({ include: [], exclude: [], ...input });
  return diagnostics.map(({ message }) => message).join('\n');
}

function write(parts: KubeconfigParts): string {
  return scene.write('config.json', kubeconfig(parts));
}

async function serve(names: readonly string[]): Promise<string> {
  const { url } = await serveHttps((_, response) => response.end('{}'), authority.issue({ names }));
  return url;
}

describe('advice of the runtime about a cluster', () => {
  it('names the options of the command line', async () => {
    const none = await told({});
    expect(none).toMatch(/^no cluster is configured: .*Set KUBECONFIG, or name a kubeconfig with --kubeconfig$/);
    const noContext = await told({
      kubeconfig: scene.write('config.json', { ...kubeconfig(), 'current-context': '' }),
    });
    expect(noContext).toMatch(/^no current-context is set in .*; name one of its contexts with --context: "one"$/);
  });

  it('names fields of the kubeconfig where the command line has no option', async () => {
    const unknownAuthority = await told({ kubeconfig: write({ cluster: { server: await serve(['here']) } }) });
    expect(unknownAuthority).toMatch(/Give the right CA \(certificate-authority in the kubeconfig\)$/);
    const ca = Buffer.from(authority.ca).toString('base64');
    const otherName = await told({
      kubeconfig: write({ cluster: { server: await serve(['here']), 'certificate-authority-data': ca } }),
    });
    expect(otherName).toMatch(
      /Use the name it is for as server in the kubeconfig, or give it there as tls-server-name$/,
    );
    const retired = await told({ kubeconfig: write({ user: { 'auth-provider': { name: 'gcp' } } }) });
    expect(retired).toMatch(/writes such a kubeconfig$/);
  });
});
