import { defineResource, type KubernetesObject, type ManifestMeta, type Scope } from '@kube-gen/runtime';

/** What the tests read and write of a built-in kind. */
export interface Loose extends KubernetesObject {
  readonly [key: string]: unknown;
}
interface LooseManifest {
  readonly metadata: ManifestMeta;
  readonly [key: string]: unknown;
}

// oxlint-disable-next-line typescript/explicit-function-return-type, typescript/explicit-module-boundary-types -- the literal types are the point
function builtIn<const G extends string, const K extends string, const S extends Scope>(
  group: G,
  kind: K,
  plural: string,
  scope: S,
) {
  return defineResource<Loose, LooseManifest>()({
    group,
    version: 'v1',
    kind,
    plural,
    singular: kind.toLowerCase(),
    listKind: `${kind}List`,
    scope,
    shortNames: [],
    categories: [],
    subresources: { status: true },
    printerColumns: [],
    selectableFields: [],
  });
}

export const ConfigMap = builtIn('', 'ConfigMap', 'configmaps', 'Namespaced');
export const Event = builtIn('', 'Event', 'events', 'Namespaced');
export const Namespace = builtIn('', 'Namespace', 'namespaces', 'Cluster');
export const Pod = builtIn('', 'Pod', 'pods', 'Namespaced');
export const ServiceAccount = builtIn('', 'ServiceAccount', 'serviceaccounts', 'Namespaced');
export const Lease = builtIn('coordination.k8s.io', 'Lease', 'leases', 'Namespaced');
export const ClusterRole = builtIn('rbac.authorization.k8s.io', 'ClusterRole', 'clusterroles', 'Cluster');
export const ClusterRoleBinding = builtIn(
  'rbac.authorization.k8s.io',
  'ClusterRoleBinding',
  'clusterrolebindings',
  'Cluster',
);
export const CustomResourceDefinition = builtIn(
  'apiextensions.k8s.io',
  'CustomResourceDefinition',
  'customresourcedefinitions',
  'Cluster',
);
