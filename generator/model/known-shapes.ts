import type { Member, Shape, TypeNode } from './resource.js';

/** A type that many CRDs embed, recognised by its fields. */
interface KnownShape {
  readonly name: string;
  /** Fields that it has in every version of Kubernetes. It may have others too, so that it keeps its name when it grows. */
  readonly must: readonly string[];
  /** How many fields it has at most, where those that it must have are too few or too common to tell it from larger objects. */
  readonly most?: number;
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
  { name: 'LabelSelector', must: words('matchExpressions matchLabels'), most: 3 },
  { name: 'Affinity', must: words('nodeAffinity podAffinity podAntiAffinity'), most: 4 },
  { name: 'NodeSelector', must: ['nodeSelectorTerms'], most: 2 },
  { name: 'NodeSelectorTerm', must: words('matchExpressions matchFields'), most: 3 },
  { name: 'PreferredSchedulingTerm', must: words('preference weight'), most: 3 },
  { name: 'WeightedPodAffinityTerm', must: words('podAffinityTerm weight'), most: 3 },
  { name: 'PodAffinityTerm', must: words('labelSelector namespaces topologyKey') },
  { name: 'Toleration', must: words('effect key operator tolerationSeconds value') },
  { name: 'TopologySpreadConstraint', must: words('labelSelector maxSkew topologyKey whenUnsatisfiable') },
  // A step of Tekton is a container with a script.
  { name: 'Container', must: words('args command env envFrom image name volumeMounts'), lacks: 'script' },
  {
    name: 'EnvVar',
    must: words('name value valueFrom'),
    most: 4,
    holds: { field: 'valueFrom', name: 'configMapKeyRef' },
  },
  { name: 'EnvFromSource', must: words('configMapRef prefix secretRef'), most: 4 },
  {
    name: 'Probe',
    must: words(
      'exec failureThreshold httpGet initialDelaySeconds periodSeconds successThreshold tcpSocket timeoutSeconds',
    ),
  },
  { name: 'LifecycleHandler', must: words('exec httpGet tcpSocket'), most: 5 },
  { name: 'Lifecycle', must: words('postStart preStop'), most: 4 },
  { name: 'ResourceRequirements', must: words('limits requests'), most: 4, lacks: 'container' },
  {
    name: 'SecurityContext',
    must: words('allowPrivilegeEscalation capabilities privileged readOnlyRootFilesystem runAsUser'),
  },
  { name: 'PodSecurityContext', must: words('fsGroup runAsGroup runAsNonRoot runAsUser supplementalGroups') },
  { name: 'Volume', must: words('configMap emptyDir hostPath name persistentVolumeClaim projected secret') },
  { name: 'VolumeMount', must: words('mountPath name readOnly subPath') },
  { name: 'SecretKeySelector', must: words('key name optional'), most: 4, says: { field: 'key', word: /\bsecret\b/i } },
  {
    name: 'ConfigMapKeySelector',
    must: words('key name optional'),
    most: 4,
    says: { field: 'key', word: /^The key to select\b|\bconfig ?map\b/i },
  },
  // Of a Secret or a ConfigMap: without descriptions nobody knows.
  { name: 'KeySelector', must: words('key name optional'), most: 4 },
  {
    name: 'SecretKeyRef',
    must: words('key name'),
    most: 4,
    lacks: 'type',
    says: { field: 'key', word: /\bsecret\b/i },
  },
  {
    name: 'SecretKeyRef',
    must: words('key name namespace'),
    most: 4,
    lacks: 'type',
    says: { field: 'name', word: /\bsecret\b/i },
  },
  {
    name: 'ObjectReference',
    must: words('apiVersion fieldPath kind name namespace resourceVersion uid'),
    lacks: 'conditions',
  },
  { name: 'PersistentVolumeClaimSpec', must: words('accessModes resources storageClassName volumeMode volumeName') },
  {
    name: 'PodSpec',
    must: words('containers initContainers nodeSelector restartPolicy serviceAccountName tolerations volumes'),
  },
  // How Istio matches a header, a path, a method, and where it sends what it matched.
  { name: 'StringMatch', must: words('exact prefix regex'), most: 4 },
  { name: 'Destination', must: words('host port subset'), most: 4 },
  // What the resources of the Prometheus operator have dozens of.
  { name: 'SecretOrConfigMap', must: words('configMap secret'), most: 3, holds: { field: 'secret', name: 'key' } },
  // One with cipher suites is that of a server.
  {
    name: 'TLSConfig',
    must: words('ca caFile cert certFile insecureSkipVerify keyFile keySecret serverName'),
    lacks: 'cipherSuites',
  },
  { name: 'SafeTLSConfig', must: words('ca cert insecureSkipVerify keySecret serverName'), lacks: 'cipherSuites' },
  { name: 'RelabelConfig', must: words('action modulus regex replacement separator sourceLabels targetLabel') },
  { name: 'OAuth2', must: words('clientId clientSecret endpointParams scopes tokenUrl') },
  {
    name: 'HTTPConfig',
    must: words('authorization basicAuth bearerTokenSecret followRedirects oauth2 tlsConfig'),
    lacks: 'interval',
  },
  // Where Argo CD finds an application, and the application that an ApplicationSet makes.
  { name: 'Source', must: words('chart directory helm kustomize path plugin ref repoURL targetRevision') },
  {
    name: 'ApplicationSpec',
    must: words('destination ignoreDifferences info project revisionHistoryLimit source sources syncPolicy'),
  },
  // What the rules of Kyverno select, and the variables that they have.
  { name: 'ResourceFilter', must: words('clusterRoles resources roles subjects'), lacks: 'any' },
  { name: 'ResourceDescription', must: words('annotations kinds name names namespaceSelector namespaces selector') },
  { name: 'ContextEntry', must: words('apiCall configMap imageRegistry name variable') },
  // What the resources of Crossplane providers have dozens of.
  { name: 'Reference', must: words('name policy'), most: 4, holds: { field: 'policy', name: 'resolution' } },
  { name: 'Selector', must: words('matchControllerRef matchLabels policy'), most: 5 },
  { name: 'Condition', must: words('lastTransitionTime message reason status type') },
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

function isLike({ must, most = Infinity, lacks, says, holds }: KnownShape, members: readonly Member[]): boolean {
  const has = (field: string): boolean => members.some(({ name }) => name === field);
  return (
    members.length >= must.length &&
    members.length <= most &&
    must.every(has) &&
    (lacks === undefined || !has(lacks)) &&
    (says === undefined || members.some(({ name, docs }) => name === says.field && says.word.test(docs.description))) &&
    (holds === undefined || members.some(({ name, type }) => name === holds.field && hasField(type, holds.name)))
  );
}

function hasField(type: TypeNode, name: string): boolean {
  if (type.t === 'union') return type.members.some((member) => hasField(member, name));
  return type.t === 'object' && type.shape.members.some((member) => member.name === name);
}
