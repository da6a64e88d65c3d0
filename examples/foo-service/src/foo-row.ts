import type { Foo } from './generated/example.kube-gen.dev/v1/foo.js';

/** What the live page shows of a Foo. */
export interface FooRow {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly tier: string;
  readonly replicas: number;
  readonly ready: number;
  readonly phase: string;
  readonly resourceVersion: string;
  readonly created: string;
  readonly deleting: boolean;
}

export function fooRow({ metadata, spec, status }: Foo): FooRow {
  return {
    key: `${metadata.namespace}/${metadata.name}`,
    namespace: metadata.namespace,
    name: metadata.name,
    image: spec.image,
    tier: spec.tier,
    replicas: spec.replicas,
    ready: status?.readyReplicas ?? 0,
    phase: status?.phase ?? 'Pending',
    resourceVersion: metadata.resourceVersion,
    created: metadata.creationTimestamp,
    deleting: metadata.deletionTimestamp !== undefined,
  };
}
