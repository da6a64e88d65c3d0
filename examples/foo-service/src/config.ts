/** What the environment decides. The cluster itself is found as kubectl finds it: `KUBECONFIG`, `~/.kube/config`, in-cluster. */
export interface Config {
  /** `PORT`, default 8080; 0 takes any free one. */
  readonly port: number;
  /** `HOST`, default all addresses. */
  readonly host: string;
  /** `NAMESPACES`, separated by commas; none means all. */
  readonly namespaces: readonly string[];
}

/** Reads the configuration, or throws an Error that says which variable is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const port = env['PORT'] ?? '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error(`PORT is ${JSON.stringify(port)}: it must be a number from 0 to 65535`);
  }
  const namespaces = (env['NAMESPACES'] ?? '').split(',').map((name) => name.trim());
  return { port: Number(port), host: env['HOST'] ?? '0.0.0.0', namespaces: namespaces.filter((name) => name !== '') };
}
