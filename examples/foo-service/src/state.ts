import type { Cluster } from '@kube-gen/runtime';
import { FooReflector, type Foo } from './generated/example.kube-gen.dev/v1/foo.js';

/** What this service knows: one live cache, read synchronously from anywhere. */
export class State {
  readonly foos: FooReflector<{ image: string }>;

  constructor(cluster: Cluster, namespaces: readonly string[] = []) {
    this.foos = new FooReflector(cluster, {
      ...(namespaces.length > 0 && { namespaces }),
      indexes: { image: (foo) => foo.spec.image },
    });
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
}
