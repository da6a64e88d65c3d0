/** What people write with the module of a real CRD: `object` was read, `client` is the cluster's, `Kind` and `Manifest` are its two views. */
export interface RealUse {
  /** Below the folder of the corpus. */
  readonly file: string;
  readonly crd: string;
  readonly version: string;
  readonly compiles: readonly string[];
  readonly fails: readonly string[];
}

/** A manifest with a mistake; `▸` stands where the message points, and `says` is how it begins. */
export interface RealMistake {
  readonly crd: string;
  readonly version: string;
  /** Everything below `metadata`. */
  readonly rest: string;
  readonly says: string;
}

/** Compile for every kind. */
export const alwaysCompiles: readonly string[] = [
  'const same: Equal<ObjectOf<typeof definition>, Kind> = true; void same;',
  'const same: Equal<ManifestOf<typeof definition>, Manifest> = true; void same;',
  'const uses: [Manifest, ReplaceOf<Manifest>, ApplyOf<Manifest>, MergePatchOf<Manifest>] = [object, object, object, object]; void uses;',
  'const draft = structuredClone(object) as Draft<Kind>; const views: [Kind, Manifest] = [draft, draft]; void views;',
  'const changed: Kind = edit(object, (draft) => { (draft.metadata.labels ??= {})["a"] = "b"; }); void changed;',
  'const answer: Kind = await client.create(object); await client.replace(answer);',
  'await client.patch("a", { metadata: { labels: { a: null } } });',
];

/** Fail for every kind. */
export const alwaysFails: readonly string[] = [
  'const read: Kind = {} as Manifest; void read;',
  'object.metadata.name = "x";',
  'const other = { apiVersion: "example.dev/v1", kind: object.kind, metadata: { name: "a" } } satisfies Partial<Manifest>; void other;',
  'await client.patch("a", { metadata: { labels: { a: 1 } } });',
  'await client.replace({ ...object, metadata: { name: "a" } });',
];

export const realUses: readonly RealUse[] = [
  {
    file: 'crds/prometheus-operator/prometheuses.monitoring.coreos.com.yaml',
    crd: 'prometheuses.monitoring.coreos.com',
    version: 'v1',
    compiles: [
      'edit(object, ({ spec }) => { spec.replicas = 2; spec.remoteWrite?.push({ url: "x" }); spec.affinity = { podAntiAffinity: {} }; });',
      'await client.patch("a", { spec: { replicas: 3, podMetadata: null, externalLabels: { a: null } } });',
      'const next: Manifest = { ...object, spec: { ...object.spec, remoteWrite: [...(object.spec.remoteWrite ?? []), { url: "y" }] } }; void next;',
    ],
    fails: [
      'edit(object, ({ spec }) => { spec.replicas = "2"; });',
      'edit(object, ({ spec }) => { spec.remoteWrite?.push({ urll: "x" }); });',
      'await client.patch("a", { spec: { replics: 3 } });',
      'object.spec.replicas = 1;',
    ],
  },
  {
    file: 'crds/gateway-api/httproutes.gateway.networking.k8s.io.yaml',
    crd: 'httproutes.gateway.networking.k8s.io',
    version: 'v1',
    compiles: [
      'edit(object, ({ spec }) => { spec.hostnames = ["a"]; const [rule] = spec.rules; if (rule) rule.matches = [{ path: { type: "Exact", value: "/" } }]; });',
      'await client.patch("a", { spec: { hostnames: null, rules: [{ backendRefs: [{ name: "x" }] }] } });',
      'const next: Manifest = { ...object, spec: { ...object.spec, rules: [{ filters: [{ type: "RequestMirror", requestMirror: { backendRef: { name: "a" } } }] }] } }; void next;',
    ],
    fails: [
      'edit(object, ({ spec }) => { const [rule] = spec.rules; if (rule) rule.matches = [{ path: { type: "exact", value: "/" } }]; });',
      'const next: Manifest = { ...object, spec: { rules: [{ filters: [{ type: "Mirror" }] }] } }; void next;',
    ],
  },
  {
    file: 'crds/cert-manager/certificates.cert-manager.io.yaml',
    crd: 'certificates.cert-manager.io',
    version: 'v1',
    compiles: [
      'edit(object, ({ spec }) => { if (spec) { spec.dnsNames = ["a"]; spec.privateKey = { algorithm: "RSA" }; } });',
      'await client.status.patch("a", { status: { conditions: [] } });',
      'await client.apply({ metadata: { name: "a" }, spec: { secretName: "b" } }, { fieldManager: "me" });',
    ],
    fails: [
      'edit(object, ({ spec }) => { if (spec) spec.privateKey = { algorithm: "rsa" }; });',
      'await client.patch("a", { spec: { dnsNames: "a" } });',
      'await client.apply({ spec: { secretName: "b" } }, { fieldManager: "me" });',
    ],
  },
  {
    file: 'crds/argo-cd/applications.argoproj.io.yaml',
    crd: 'applications.argoproj.io',
    version: 'v1alpha1',
    compiles: [
      'edit(object, ({ spec }) => { spec.source = { repoURL: "x", helm: { valuesObject: { a: { b: [1] } } } }; spec.syncPolicy = { automated: { prune: true } }; });',
      'await client.patch("a", { operation: null });',
    ],
    fails: [
      'edit(object, ({ spec }) => { spec.source = { repourl: "x" }; });',
      'object.status?.summary?.images?.push("x");',
      'edit(object, (draft) => { delete draft.spec; });',
    ],
  },
  {
    file: 'crds/kyverno/clusterpolicies.kyverno.io.yaml',
    crd: 'clusterpolicies.kyverno.io',
    version: 'v1',
    compiles: [
      'edit(object, ({ spec }) => { spec.rules?.push({ name: "a", skipBackgroundRequests: true, match: { any: [{ resources: { kinds: ["Pod"] } }] } }); });',
      'const next: Manifest = { ...object, spec: { rules: [{ name: "a", match: {}, context: [{ name: "x", configMap: { name: "a", namespace: "b" } }] }] } }; void next;',
      'for (const { apiCall } of object.spec.rules?.[0]?.context ?? []) { const method: "GET" | "POST" | undefined = apiCall?.method; void method; }',
    ],
    fails: [
      'const next: Manifest = { ...object, spec: { rules: [{ name: "a", match: {}, context: [{ name: "x" }] }] } }; void next;',
    ],
  },
  {
    file: 'crds/cluster-api/clusters.cluster.x-k8s.io.yaml',
    crd: 'clusters.cluster.x-k8s.io',
    version: 'v1beta1',
    compiles: [
      'edit(object, (draft) => { draft.spec = { paused: true }; });',
      'await client.patch("a", { spec: { paused: null } });',
    ],
    fails: ['await client.patch("a", { spec: { paused: "yes" } });'],
  },
  {
    file: 'crds/cloudnative-pg/clusters.postgresql.cnpg.io.yaml',
    crd: 'clusters.postgresql.cnpg.io',
    version: 'v1',
    compiles: ['edit(object, ({ spec }) => { spec.instances = 3; spec.bootstrap = { initdb: { database: "a" } }; });'],
    fails: ['edit(object, ({ spec }) => { spec.instances = "3"; });'],
  },
  {
    file: 'crds/envoy-gateway/envoyproxies.gateway.envoyproxy.io.yaml',
    crd: 'envoyproxies.gateway.envoyproxy.io',
    version: 'v1alpha1',
    compiles: ['await client.patch("a", { spec: { logging: { level: { default: "debug" } } } });'],
    fails: ['await client.patch("a", { spec: { logging: { level: { default: 1 } } } });'],
  },
  {
    file: 'crds/keda/scaledobjects.keda.sh.yaml',
    crd: 'scaledobjects.keda.sh',
    version: 'v1alpha1',
    compiles: ['edit(object, ({ spec }) => { spec.triggers.push({ type: "cron", metadata: { a: "b" } }); });'],
    fails: ['edit(object, ({ spec }) => { spec.triggers.push({ type: "cron" }); });'],
  },
  {
    file: 'crds/rook/cephclusters.ceph.rook.io.yaml',
    crd: 'cephclusters.ceph.rook.io',
    version: 'v1',
    compiles: ['edit(object, ({ spec }) => { spec.dataDirHostPath = "/x"; spec.mon = { count: 3 }; });'],
    fails: ['edit(object, ({ spec }) => { spec.mon = { count: "3" }; });'],
  },
];

export const realMistakes: readonly RealMistake[] = [
  {
    crd: 'prometheuses.monitoring.coreos.com',
    version: 'v1',
    rest: 'spec: { ▸replica: 3 }',
    says: "'replica' does not exist in type 'PrometheusSpecManifest'. Did you mean to write 'replicas'?",
  },
  {
    crd: 'prometheuses.monitoring.coreos.com',
    version: 'v1',
    rest: 'spec: { remoteWrite: [{ ▸remoteTimeout: 30, url: "x" }] }',
    says: "Type 'number' is not assignable to type 'string'.",
  },
  {
    crd: 'prometheuses.monitoring.coreos.com',
    version: 'v1',
    rest: 'spec: { tolerations: [{ key: "a", ▸opeartor: "Exists" }] }',
    says: "'opeartor' does not exist in type 'PrometheusToleration'. Did you mean to write 'operator'?",
  },
  {
    crd: 'httproutes.gateway.networking.k8s.io',
    version: 'v1',
    rest: 'spec: { rules: [{ backendRefs: [▸{ port: 80 }] }] }',
    says: "Property 'name' is missing in type '{ port: number; }' but required in type 'HTTPRouteSpecRuleBackendRefManifest'.",
  },
  {
    crd: 'httproutes.gateway.networking.k8s.io',
    version: 'v1',
    rest: 'spec: { rules: [{ filters: [{ ▸type: "RequestRedirekt" }] }] }',
    says: `Did you mean '"RequestRedirect"'?`,
  },
  {
    crd: 'certificates.cert-manager.io',
    version: 'v1',
    rest: '▸spec: { secretName: "a" }',
    says: "Property 'issuerRef' is missing in type '{ secretName: string; }' but required in type 'CertificateSpec'.",
  },
  {
    crd: 'certificates.cert-manager.io',
    version: 'v1',
    rest: 'spec: { secretName: "a", issuerRef: { name: "b" }, ▸dnsNames: "c" }',
    says: "Type 'string' is not assignable to type 'readonly string[]'.",
  },
  {
    crd: 'applications.argoproj.io',
    version: 'v1alpha1',
    rest: 'spec: { project: "a", destination: {}, source: { ▸repoUrl: "b" } }',
    says: "'repoUrl' does not exist in type 'ApplicationSource'. Did you mean to write 'repoURL'?",
  },
  {
    crd: 'clusterpolicies.kyverno.io',
    version: 'v1',
    rest: 'spec: { rules: [{ name: "a", match: {}, context: [▸{ name: "x", variable: {}, configMap: { name: "b", namespace: "c" } }] }] }',
    says: "Types of property 'configMap' are incompatible.",
  },
  {
    crd: 'clusters.postgresql.cnpg.io',
    version: 'v1',
    rest: 'spec: { instances: 3, storage: { ▸size: 10 } }',
    says: "Type 'number' is not assignable to type 'string'.",
  },
  {
    crd: 'envoyproxies.gateway.envoyproxy.io',
    version: 'v1alpha1',
    rest: 'spec: { provider: { ▸type: "kubernetes" } }',
    says: `Did you mean '"Kubernetes"'?`,
  },
  {
    crd: 'scaledobjects.keda.sh',
    version: 'v1alpha1',
    rest: 'spec: { scaleTargetRef: { name: "a" }, triggers: [{ type: "cron", metadata: { ▸start: 1 } }] }',
    says: "Type 'number' is not assignable to type 'string'.",
  },
];
