import { fileURLToPath } from 'node:url';
import type { Cluster } from '@kube-gen/runtime';
import { startApiServer, type ApiServer, type Fault } from '@kube-gen/runtime/testing';
import type { FooManifest } from './src/generated/example.kube-gen.dev/v1/foo.js';
import { startService, type Service } from './src/service.js';

export const crd = fileURLToPath(new URL('crds/foo.yaml', import.meta.url));

/** The service on an embedded API server, and a second way to that server. */
export interface Running extends AsyncDisposable {
  readonly server: ApiServer;
  readonly service: Service;
  /** A cluster of the test's own, so that stopping the service leaves it alone. */
  readonly cluster: Cluster;
  /** The fault of `RunOptions`. */
  readonly fault: Disposable | undefined;
  /** Stops the service, runs `whileDown`, and starts it again on the same port. */
  restartService(options: { whileDown(): Promise<void> }): Promise<void>;
}

export interface RunOptions {
  readonly objects?: readonly FooManifest[];
  readonly namespaces?: readonly string[];
  /** Is there before the service starts. */
  readonly fault?: Fault;
}

export async function run({ objects = [], namespaces = [], ...options }: RunOptions = {}): Promise<Running> {
  const server = await startApiServer({ crds: [crd], objects });
  const fault = options.fault === undefined ? undefined : server.fault(options.fault);
  const cluster = await server.connect();
  const start = async (port: number): Promise<Service> =>
    startService(await server.connect(), { port, host: '127.0.0.1', namespaces });
  let service = await start(0);
  return {
    server,
    get service() {
      return service;
    },
    cluster,
    fault,
    async restartService(options) {
      await service.stop();
      await options.whileDown();
      service = await start(Number(new URL(service.url).port));
    },
    async [Symbol.asyncDispose]() {
      await service.stop();
      await cluster.close();
      await server.stop();
    },
  };
}

/** A Foo as a user writes it; `ready` copies of it run. */
export function foo(
  key: string,
  { ready, ...spec }: Partial<FooManifest['spec']> & { ready?: number } = {},
): FooManifest {
  const [namespace = '', name = ''] = key.split('/');
  return {
    apiVersion: 'example.kube-gen.dev/v1',
    kind: 'Foo',
    metadata: { namespace, name, labels: { app: name } },
    spec: { image: `ghcr.io/acme/${name}:1.0.0`, ...spec },
    ...(ready !== undefined && { status: { phase: 'Ready' as const, replicas: ready, readyReplicas: ready } }),
  };
}
