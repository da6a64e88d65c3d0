import type { ClientNodeKubeConfig } from '../../runtime/src/io/from-client-node.js';

/** What `applyToHTTPSOptions` of the real class writes, as versions 1 and 2 of `@kubernetes/client-node` do. */
export interface FakeIdentity {
  readonly headers?: Record<string, string | string[]>;
  readonly auth?: string;
  readonly ca?: Uint8Array;
  readonly cert?: Uint8Array;
  readonly key?: Uint8Array;
  readonly pfx?: Uint8Array;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** A `KubeConfig` with the shape of the one of `@kubernetes/client-node`. */
export function fakeKubeConfig(
  cluster: { server: string; proxyUrl?: string } | null,
  o: { namespace?: string; identity?: () => FakeIdentity | Promise<FakeIdentity> } = {},
): ClientNodeKubeConfig {
  return {
    getCurrentCluster: () => cluster,
    getCurrentContext: () => 'here',
    getContextObject: (name) =>
      name === 'here' ? { ...(o.namespace !== undefined && { namespace: o.namespace }) } : null,
    applyToHTTPSOptions: async (options) => {
      const { headers, ...rest } = (await o.identity?.()) ?? {};
      Object.assign((options as { headers: object }).headers, headers);
      // The real one writes an agent too, and leaves undefined what it does not know.
      Object.assign(options, { ca: undefined, cert: undefined, key: undefined, pfx: undefined, ...rest, agent: {} });
    },
  };
}
