import type { Cluster } from '@kube-gen/runtime';
import type {
  Foo as FooDefinition,
  FooManifest,
} from '../../examples/foo-service/src/generated/example.kube-gen.dev/v1/foo.js';

/** Changes Foos over the API, as users and a controller would. Keys are `namespace/name`. */
export interface Writer {
  create(key: string, spec?: Partial<FooManifest['spec']>): Promise<void>;
  /** What the controller says of it: so many copies run. */
  report(key: string, readyReplicas: number): Promise<void>;
  image(key: string, tag: string): Promise<void>;
  scale(key: string, replicas: number): Promise<void>;
  remove(key: string): Promise<void>;
}

export function createWriter(cluster: Cluster, definition: typeof FooDefinition): Writer {
  const foos = cluster.resource(definition);
  const split = (key: string): [name: string, where: { namespace: string }] => {
    const [namespace = '', name = ''] = key.split('/');
    return [name, { namespace }];
  };
  return {
    async create(key, spec) {
      const [name, { namespace }] = split(key);
      await foos.create({ metadata: { name, namespace }, spec: { image: imageOf(name, '1.0.0'), ...spec } });
    },
    async report(key, readyReplicas) {
      const [name, where] = split(key);
      const { spec } = await foos.get(name, where);
      const phase = readyReplicas >= spec.replicas ? 'Ready' : 'Progressing';
      await foos.status.patch(name, { status: { phase, replicas: spec.replicas, readyReplicas } }, where);
    },
    async image(key, tag) {
      const [name, where] = split(key);
      await foos.patch(name, { spec: { image: imageOf(name, tag) } }, where);
    },
    async scale(key, replicas) {
      const [name, where] = split(key);
      await foos.scale.replace(name, { replicas }, where);
    },
    async remove(key) {
      const [name, where] = split(key);
      await foos.delete(name, where);
    },
  };
}

function imageOf(name: string, tag: string): string {
  return `ghcr.io/acme/${name}:${tag}`;
}
