import type { Transport, TransportRequest } from '../../runtime/src/io/transport.js';
import {
  defineResource,
  type ManifestMeta,
  type NamespacedObjectMeta,
  type ObjectMeta,
} from '../../runtime/src/resource.js';
import { FakeClock } from '../../runtime/src/testing/fake-clock.js';
import { createCluster } from '../../runtime/src/client/create-cluster.js';

export interface Foo {
  readonly apiVersion: 'example.dev/v1';
  readonly kind: 'Foo';
  readonly metadata: NamespacedObjectMeta;
  readonly spec: { readonly size: number; readonly tags?: readonly string[]; readonly mode: 'A' | 'B' };
  readonly status?: { readonly ready?: boolean };
}
interface FooManifest {
  readonly apiVersion: 'example.dev/v1';
  readonly kind: 'Foo';
  readonly metadata: ManifestMeta;
  readonly spec: { readonly size: number; readonly tags?: readonly string[]; readonly mode?: 'A' | 'B' };
  readonly status?: { readonly ready?: boolean };
}
const info = { version: 'v1', shortNames: [], categories: [], printerColumns: [], selectableFields: [] } as const;
export const Foo = defineResource<Foo, FooManifest>()({
  ...info,
  group: 'example.dev',
  kind: 'Foo',
  plural: 'foos',
  singular: 'foo',
  listKind: 'FooList',
  scope: 'Namespaced',
  subresources: { status: true, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' } },
});

export interface Node {
  readonly apiVersion: 'v1';
  readonly kind: 'Node';
  readonly metadata: ObjectMeta;
}
export const Node = defineResource<
  Node,
  { readonly apiVersion: 'v1'; readonly kind: 'Node'; readonly metadata: ManifestMeta }
>()({
  ...info,
  group: '',
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  listKind: 'NodeList',
  scope: 'Cluster',
  subresources: {},
});

export const foo: Foo = {
  apiVersion: 'example.dev/v1',
  kind: 'Foo',
  metadata: {
    name: 'web',
    namespace: 'apps',
    uid: 'u',
    resourceVersion: '7',
    creationTimestamp: '2030-01-01T00:00:00Z',
  },
  spec: { size: 1, mode: 'A' },
};

export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; chunks?: string[] };

/** A server that gives these answers in turn. */
export function server(...answers: (Answer | Error)[]): {
  cluster: ReturnType<typeof createCluster>;
  asked: string[];
  requests: TransportRequest[];
  clock: FakeClock;
} {
  const requests: TransportRequest[] = [];
  const asked: string[] = [];
  const transport: Transport = {
    request: async (request) => {
      requests.push(request);
      const body = request.body === undefined ? '' : ` ${new TextDecoder().decode(request.body)}`;
      asked.push(`${request.method} ${request.path}${body}`);
      const answer = answers.shift();
      if (answer === undefined)
        return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(new Error('cut'))));
      if (answer instanceof Error) throw answer;
      const { status = 200, headers = {}, body: content = {}, chunks = [JSON.stringify(content)] } = answer;
      return { status, headers, body: stream(chunks) };
    },
  };
  const clock = new FakeClock();
  return {
    cluster: createCluster({ server: 'https://host/', transport, clock, namespace: 'mine' }),
    asked,
    requests,
    clock,
  };
}

async function* stream(chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield new TextEncoder().encode(chunk);
}

export const status = (code: number, rest: Record<string, unknown> = {}): Answer => ({
  status: code,
  body: { apiVersion: 'v1', kind: 'Status', status: 'Failure', code, ...rest },
});
export const page = (names: string[], metadata: Record<string, unknown> = {}): Answer => ({
  body: {
    kind: 'FooList',
    metadata: { resourceVersion: '9', ...metadata },
    items: names.map((name) => ({ metadata: { name } })),
  },
});
