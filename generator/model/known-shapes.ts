import type { Member, Shape, TypeNode } from './resource.js';

/** A type that many CRDs embed, recognised by its fields. */
interface KnownShape {
  readonly name: string;
  /** Fields that it has in every version of Kubernetes. */
  readonly must: readonly string[];
  /** Fields that it may have too: any, where those that it must have tell it from all others, so that it keeps its name when it grows. */
  readonly may?: readonly string[] | 'any';
  /** A field that tells another type from it, which has all its fields. */
  readonly lacks?: string;
  /** A word in the description of a field that tells it from another type with the same fields. */
  readonly says?: { readonly field: string; readonly word: RegExp };
  /** A field of a field that tells it from another type with the same fields. */
  readonly holds?: { readonly field: string; readonly name: string };
}

const words = (text: string): string[] => text.split(' ');

/**
 * Where a CRD embeds one of these, all places share one declaration with the name that everybody knows (`FooLabelSelector`), however
 * deep it stands and however many fields are added around it.
 */
const knownShapes: readonly KnownShape[] = [
  { name: 'LabelSelector', must: words('matchExpressions matchLabels') },
  { name: 'Affinity', must: words('nodeAffinity podAffinity podAntiAffinity') },
  { name: 'NodeSelector', must: ['nodeSelectorTerms'] },
  { name: 'NodeSelectorTerm', must: words('matchExpressions matchFields') },
  { name: 'PreferredSchedulingTerm', must: words('preference weight') },
  { name: 'WeightedPodAffinityTerm', must: words('podAffinityTerm weight') },
  { name: 'PodAffinityTerm', must: words('labelSelector namespaces topologyKey'), may: 'any' },
  { name: 'Toleration', must: words('effect key operator tolerationSeconds value'), may: 'any' },
  { name: 'TopologySpreadConstraint', must: words('labelSelector maxSkew topologyKey whenUnsatisfiable'), may: 'any' },
  // A step of Tekton is a container with a script.
  {
    name: 'Container',
    must: words('args command env envFrom image name volumeMounts'),
    may: 'any',
    lacks: 'script',
  },
  {
    name: 'EnvVar',
    must: words('name value valueFrom'),
    holds: { field: 'valueFrom', name: 'configMapKeyRef' },
  },
  { name: 'EnvFromSource', must: words('configMapRef prefix secretRef') },
  {
    name: 'Probe',
    must: words(
      'exec failureThreshold httpGet initialDelaySeconds periodSeconds successThreshold tcpSocket timeoutSeconds',
    ),
    may: 'any',
  },
  { name: 'LifecycleHandler', must: words('exec httpGet tcpSocket'), may: ['sleep'] },
  { name: 'Lifecycle', must: words('postStart preStop'), may: ['stopSignal'] },
  { name: 'ResourceRequirements', must: words('limits requests'), may: ['claims'] },
  {
    name: 'SecurityContext',
    must: words('allowPrivilegeEscalation capabilities privileged readOnlyRootFilesystem runAsUser'),
    may: 'any',
  },
  {
    name: 'PodSecurityContext',
    must: words('fsGroup runAsGroup runAsNonRoot runAsUser supplementalGroups'),
    may: 'any',
  },
  {
    name: 'Volume',
    must: words('configMap emptyDir hostPath name persistentVolumeClaim projected secret'),
    may: 'any',
  },
  { name: 'VolumeMount', must: words('mountPath name readOnly subPath'), may: 'any' },
  { name: 'SecretKeySelector', must: words('key name optional'), says: { field: 'key', word: /\bsecret\b/i } },
  {
    name: 'ConfigMapKeySelector',
    must: words('key name optional'),
    says: { field: 'key', word: /^The key to select\b|\bconfig ?map\b/i },
  },
  // Of a Secret or a ConfigMap: without descriptions nobody knows.
  { name: 'KeySelector', must: words('key name optional') },
  { name: 'SecretKeyRef', must: words('key name'), may: ['namespace'], says: { field: 'key', word: /\bsecret\b/i } },
  { name: 'SecretKeyRef', must: words('key name namespace'), says: { field: 'name', word: /\bsecret\b/i } },
  { name: 'ObjectReference', must: words('apiVersion fieldPath kind name namespace resourceVersion uid') },
  {
    name: 'PersistentVolumeClaimSpec',
    must: words('accessModes resources storageClassName volumeMode volumeName'),
    may: 'any',
  },
  {
    name: 'PodSpec',
    must: words('containers initContainers nodeSelector restartPolicy serviceAccountName tolerations volumes'),
    may: 'any',
  },
  // How Istio matches a header, a path, a method, and where it sends what it matched.
  { name: 'StringMatch', must: words('exact prefix regex') },
  { name: 'Destination', must: words('host port subset') },
  // What the resources of the Prometheus operator have dozens of.
  { name: 'SecretOrConfigMap', must: words('configMap secret') },
  {
    name: 'SafeTLSConfig',
    must: words('ca cert insecureSkipVerify keySecret serverName'),
    may: words('maxVersion minVersion'),
  },
  {
    name: 'TLSConfig',
    must: words('ca caFile cert certFile insecureSkipVerify keyFile keySecret serverName'),
    may: words('maxVersion minVersion'),
  },
  {
    name: 'RelabelConfig',
    must: words('action modulus regex replacement separator sourceLabels targetLabel'),
    may: 'any',
  },
  { name: 'OAuth2', must: words('clientId clientSecret endpointParams scopes tokenUrl'), may: 'any' },
  {
    name: 'HTTPConfig',
    must: words('authorization basicAuth bearerTokenSecret followRedirects oauth2 tlsConfig'),
    may: words('enableHttp2 noProxy proxyConnectHeader proxyFromEnvironment proxyURL proxyUrl'),
  },
  // Where Argo CD finds an application, and the application that an ApplicationSet makes.
  { name: 'Source', must: words('chart directory helm kustomize path plugin ref repoURL targetRevision'), may: 'any' },
  {
    name: 'ApplicationSpec',
    must: words('destination ignoreDifferences info project revisionHistoryLimit source sources syncPolicy'),
    may: 'any',
  },
  // What the rules of Kyverno select, and the variables that they have.
  { name: 'ResourceFilter', must: words('clusterRoles resources roles subjects') },
  {
    name: 'ResourceDescription',
    must: words('annotations kinds name names namespaceSelector namespaces selector'),
    may: 'any',
  },
  { name: 'ContextEntry', must: words('apiCall configMap imageRegistry name variable'), may: 'any' },
  // What the resources of Crossplane providers have dozens of.
  {
    name: 'Reference',
    must: words('name policy'),
    may: ['namespace'],
    holds: { field: 'policy', name: 'resolution' },
  },
  { name: 'Selector', must: words('matchControllerRef matchLabels policy'), may: ['namespace'] },
  { name: 'Condition', must: words('lastTransitionTime message reason status type'), may: 'any' },
];

/** Each under a field that it must have, with its place in the list. */
const byField = new Map<string, (readonly [place: number, known: KnownShape])[]>();
for (const [place, known] of knownShapes.entries()) {
  const [first = ''] = known.must;
  byField.set(first, [...(byField.get(first) ?? []), [place, known]]);
}

/** The name under which everybody knows an object with these fields, if there is one; of two the first, whatever the order of the fields. */
export function knownShapeName({ members }: Shape): string | undefined {
  let found: readonly [place: number, known: KnownShape] | undefined;
  for (const { name } of members) {
    const like = byField
      .get(name)
      ?.find(([place, known]) => (found === undefined || place < found[0]) && isLike(known, members));
    found = like ?? found;
  }
  return found?.[1].name;
}

function isLike({ must, may = [], lacks, says, holds }: KnownShape, members: readonly Member[]): boolean {
  const mayHave = (name: string): boolean =>
    name !== lacks && (may === 'any' || must.includes(name) || may.includes(name));
  return (
    members.length >= must.length &&
    (may === 'any' || members.length <= must.length + may.length) &&
    members.every(({ name }) => mayHave(name)) &&
    must.every((name) => members.some((member) => member.name === name)) &&
    (says === undefined || members.some(({ name, docs }) => name === says.field && says.word.test(docs.description))) &&
    (holds === undefined || members.some(({ name, type }) => name === holds.field && hasField(type, holds.name)))
  );
}

function hasField(type: TypeNode, name: string): boolean {
  if (type.t === 'union') return type.members.some((member) => hasField(member, name));
  return type.t === 'object' && type.shape.members.some((member) => member.name === name);
}
