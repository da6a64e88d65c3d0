import { SelfSubjectAccessReview } from '../../../generated/authorization.k8s.io/v1/self-subject-access-review.js';
import { ConfigMap, ConfigMapReflector } from '../../../generated/core/v1/config-map.js';
import { Node, NodeReflector } from '../../../generated/core/v1/node.js';
import { PodReflector } from '../../../generated/core/v1/pod.js';
import { Secret, SecretReflector } from '../../../generated/core/v1/secret.js';
import type { Client, Cluster, ResourceDefinition } from '@kube-gen/runtime';
import { Foo, FooReflector } from '../../../generated/example.kube-gen.dev/v1/foo.js';
import { live } from './live.js';

const namespace = 'apps';
const labels = { app: 'rbac' };

/** Everything that the app does, each time from the start: it leaves nothing behind that a second run would stumble over. */
export const actions: Readonly<Record<string, (cluster: Cluster) => Promise<unknown>>> = {
  caches: async (cluster) => {
    await live(new FooReflector(cluster, { namespaces: [namespace] }));
    await live(new PodReflector(cluster));
    await live(new NodeReflector(cluster));
    await live(new SecretReflector(cluster, { namespaces: [namespace], fieldSelector: { 'metadata.name': 'spare' } }));
  },
  'caches without streamed lists': async (cluster) => {
    const where = { namespaces: [namespace], streaming: false };
    await live(new FooReflector(cluster, where));
    await live(new ConfigMapReflector(cluster, where));
    await live(new PodReflector(cluster, { streaming: false }));
    await live(new NodeReflector(cluster, { streaming: false }));
    await live(new SecretReflector(cluster, { ...where, fieldSelector: 'metadata.name=spare' }));
  },
  'what is read at once': async (cluster) => {
    await cluster.resource(Node).list();
    const { items } = await cluster.resource(ConfigMap).list({ namespace });
    await cluster.resource(ConfigMap).list({ namespace: 'default' });
    return items;
  },
  'an object from its first day to its last': async (cluster) => {
    const foos = cluster.resource(Foo);
    const mine = { namespace };
    await foos.apply(
      { metadata: { name: 'web', namespace }, spec: { image: 'a' } },
      { fieldManager: 'app', force: true },
    );
    const foo = await foos.get('web', mine);
    await foos.replace({ ...foo, metadata: { ...foo.metadata, name: 'web' }, spec: { ...foo.spec, image: 'b' } }, mine);
    await foos.patch('web', { spec: { image: 'c' } }, mine);
    await foos.status.patch('web', { status: { phase: 'Ready' } }, mine);
    await foos.scale.replace('web', { replicas: 2 }, mine);
    await foos.delete('web', mine);
  },
  'objects by helpers': async (cluster) => {
    await createIn(cluster.resource(ConfigMap), { metadata: { generateName: 'made-', namespace, labels } });
    await clear(cluster, ConfigMap, 'apps');
    await drop(cluster, Secret, 'spare');
  },
  'a raw watch': async (cluster) => {
    const { metadata } = await cluster.resource(ConfigMap).list({ namespace });
    const { resourceVersion } = metadata;
    const watch = cluster.resource(ConfigMap).watch({ namespace, resourceVersion, timeoutMs: 1_000 });
    for await (const _ of watch) return;
  },
  'requests by their paths': async (cluster) => {
    const account = 'app';
    await cluster.request({
      method: 'POST',
      path: `/api/v1/namespaces/apps/serviceaccounts/${account}/token`,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    });
    await cluster.request({ path: '/metrics', as: 'text' });
  },
  'what everybody may': async (cluster) => {
    const resourceAttributes = { verb: 'get', resource: 'foos' };
    await cluster.resource(SelfSubjectAccessReview).create({ metadata: {} as never, spec: { resourceAttributes } });
    await cluster.request({ path: '/version' });
  },
};

function createIn<M>(api: Pick<Client<unknown, M>, 'create'>, manifest: M): Promise<unknown> {
  return api.create(manifest as never);
}

function clear(cluster: Cluster, definition: ResourceDefinition, namespace: string): Promise<unknown> {
  return cluster.resource(definition).deleteCollection({ namespace, labelSelector: labels });
}

/** The server only answers whether it would: the next run needs the object, too. */
function drop(cluster: Cluster, definition: ResourceDefinition, name: string): Promise<unknown> {
  return cluster.resource(definition).delete(name, { namespace: 'apps', dryRun: true });
}
