import { DeploymentReflector, Deployment, type DeploymentManifest } from '@kube-gen/kinds/apps/v1/deployment';
import { edit, type Cluster } from '@kube-gen/runtime';
import { Foo, FooReflector } from '../foo-service/src/generated/example.kube-gen.dev/v1/foo.js';
import { RetryQueue } from './retry-queue.js';

const finalizer = 'example.kube-gen.dev/cleanup';
const managedBy = { 'app.kubernetes.io/managed-by': 'foo-operator' };

export interface OperatorOptions {
  readonly signal: AbortSignal;
  /** Takes away what a Foo has outside of the cluster. It may be called again for the same one. */
  readonly cleanUp: (foo: Foo) => Promise<void>;
}

/** Gives each Foo a Deployment and tells in its status how that goes, until the signal fires. */
export async function runOperator(cluster: Cluster, { signal, cleanUp }: OperatorOptions): Promise<void> {
  await using foos = new FooReflector(cluster);
  await using deployments = new DeploymentReflector(cluster, { labelSelector: managedBy });
  await Promise.all([foos, deployments].map((each) => each.ready({ signal, failFast: true })));

  // What changed says only where to look, and a Deployment has the key of its Foo; what to do is read from the caches.
  // The first set comes as changes, too.
  const queue = new RetryQueue();
  foos.on('change', (change) => 'key' in change && queue.add(change.key), { signal });
  deployments.on('change', (change) => 'key' in change && queue.add(change.key), { signal });
  await queue.run(reconcile, signal);

  async function reconcile(key: string): Promise<void> {
    const [namespace = '', name = ''] = key.split('/');
    const foo = foos.get(name, namespace);
    if (foo === undefined) return; // The garbage collector of the cluster removes what it owned.
    const finalizers = foo.metadata.finalizers ?? [];
    if (foo.metadata.deletionTimestamp !== undefined) {
      if (!finalizers.includes(finalizer)) return;
      await cleanUp(foo);
      await replaceFinalizers(
        foo,
        finalizers.filter((each) => each !== finalizer),
      );
      return;
    }
    // The change of the finalizers comes back by the watch, and with it this key.
    if (!finalizers.includes(finalizer)) return replaceFinalizers(foo, [...finalizers, finalizer]);

    const found = deployments.get(name, namespace);
    const wanted = deploymentOf(foo);
    const api = cluster.resource(Deployment);
    if (found === undefined) deployments.assume(await api.create(wanted));
    else if (found.spec.replicas !== foo.spec.replicas || imageOf(found) !== foo.spec.image)
      deployments.assume(await api.patch(name, { spec: wanted.spec }, { namespace }));

    const readyReplicas = found?.status?.readyReplicas ?? 0;
    const phase = readyReplicas >= foo.spec.replicas ? 'Ready' : 'Progressing';
    // Written only when it differs: each write is a change that calls this function again.
    if (foo.status?.phase === phase && foo.status.readyReplicas === readyReplicas) return;
    foos.assume(await cluster.resource(Foo).status.patch(name, { status: { phase, readyReplicas } }, { namespace }));
  }

  /** Replace, not patch: it fails with `conflict` when somebody else changed the Foo, and is tried again. */
  async function replaceFinalizers(foo: Foo, finalizers: string[]): Promise<void> {
    await cluster.resource(Foo).replace(
      edit(foo, (draft) => {
        draft.metadata.finalizers = finalizers;
      }),
    );
  }
}

function imageOf({ spec: { template } }: Deployment): string | undefined {
  return template.spec?.containers[0]?.image;
}

function deploymentOf({ apiVersion, kind, metadata: { name, namespace, uid }, spec }: Foo) {
  const labels = { ...managedBy, foo: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels, ownerReferences: [{ apiVersion, kind, name, uid, controller: true }] },
    spec: {
      replicas: spec.replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: spec.image }] } },
    },
  } satisfies DeploymentManifest;
}
