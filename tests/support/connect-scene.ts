import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { connect, type ConnectOptions } from '../../runtime/src/connect.js';
import type { KubeError } from '../../runtime/src/errors.js';
import type { Transport, TransportRequest } from '../../runtime/src/io/transport.js';
import { failure } from './kube-failure.js';

/** A home folder of its own for each test. */
export interface ConnectScene {
  readonly home: string;
  /** Writes a file into the home folder, an object as JSON, and returns its path. */
  write(name: string, content: unknown, mode?: number): string;
}

const WITHOUT = ['KUBECONFIG', 'KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT', 'POD_NAMESPACE'];
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/** Must be called once in a test file that uses it: nothing of the machine's own configuration is seen. */
export function connectScene(): ConnectScene {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'kube-gen-connect-'));
    vi.stubEnv('HOME', home);
    for (const name of [...WITHOUT, ...PROXIES]) vi.stubEnv(name, '');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });
  return {
    get home() {
      return home;
    },
    write(name, content, mode = 0o644) {
      const file = join(home, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content), { mode });
      return file;
    },
  };
}

/** Answers every request, with these statuses first, and remembers it. */
export function recorder(statuses: number[] = []): Transport & { requests: TransportRequest[] } {
  const requests: TransportRequest[] = [];
  return {
    requests,
    request: (request) => {
      requests.push(request);
      return Promise.resolve({ status: statuses.shift() ?? 200, headers: {}, body: bytes('{}') });
    },
  };
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Fields of the parts of a kubeconfig. */
export interface KubeconfigParts {
  cluster?: Record<string, unknown>;
  user?: Record<string, unknown>;
  context?: Record<string, unknown>;
}

/** A kubeconfig of one context. */
export function kubeconfig(
  { cluster = {}, user = {}, context = {} }: KubeconfigParts = {},
  name = 'one',
): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: `https://${name}.example:6443`, ...cluster } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name, ...context } }],
  };
}

/** The headers of a request that is made after connecting so. */
export async function headersOf(options: ConnectOptions): Promise<Record<string, string>> {
  const transport = recorder();
  await using cluster = await connect({ ...options, transport });
  await cluster.request({ path: '/version' });
  return transport.requests[0]?.headers ?? {};
}

/** Why connecting so is refused. */
export function refusal(options: ConnectOptions = {}): Promise<KubeError> {
  return failure(connect(options));
}
