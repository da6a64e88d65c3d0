import { PodReflector, type Pod } from '@kube-gen/kinds/core/v1/pod';
import type { Cluster } from '@kube-gen/runtime';
import { FooReflector, type Foo } from './generated/example.kube-gen.dev/v1/foo.js';

/** What this service knows: two live caches, read synchronously from anywhere. */
export class State {
  readonly foos: FooReflector<{ image: string }>;
  readonly pods: PodReflector<{ owner: string }>;

  constructor(cluster: Cluster, namespaces: readonly string[] = []) {
    const where = namespaces.length > 0 ? { namespaces } : {};
    this.foos = new FooReflector(cluster, { ...where, indexes: { image: (foo) => foo.spec.image } });
    this.pods = new PodReflector(cluster, {
      ...where,
      // Uids, not names: the Pods of a Foo that was deleted and made again are not its own.
      indexes: { owner: (pod) => pod.metadata.ownerReferences?.map(({ uid }) => uid) },
    });
  }

  start(): void {
    this.foos.start();
    this.pods.start();
  }

  get synced(): boolean {
    return this.foos.status.synced && this.pods.status.synced;
  }

  /** The Foos that meet every condition given. */
  find({ namespace, labels, image }: { namespace?: string; labels?: string; image?: string }): readonly Foo[] {
    const found = this.foos.list({
      ...(namespace !== undefined && { namespace }),
      ...(labels !== undefined && { labels }),
    });
    if (image === undefined) return found;
    const running = new Set(this.foos.by('image', image));
    return found.filter((foo) => running.has(foo));
  }

  /** The Pods that a Foo owns: a join of two caches by an index, without a request. */
  podsOf({ metadata }: Foo): readonly Pod[] {
    return this.pods.by('owner', metadata.uid);
  }
}
