import { asSchema, field, requiredOf, type RawSchema } from '../raw-schema.js';

/** What Kubernetes returns as null while it is empty or not set. No OpenAPI document tells it. */
const empty: ReadonlySet<string> = new Set([
  'AllocatedDeviceStatus.conditions',
  'AzureFilePersistentVolumeSource.secretNamespace',
  'CSINodeDriver.topologyKeys',
  'CSINodeSpec.drivers',
  'CapacityRequestPolicy.default',
  'ClusterRole.rules',
  'ContainerImage.names',
  'CustomResourceDefinitionStatus.conditions',
  'CustomResourceDefinitionStatus.storedVersions',
  'DeviceClaim.requests',
  'EndpointSlice.endpoints',
  'EndpointSlice.ports',
  'HorizontalPodAutoscalerStatus.currentMetrics',
  'LimitRangeSpec.limits',
  'PodFailurePolicy.rules',
  'ProjectedVolumeSource.sources',
  'ResourcePolicyRule.namespaces',
  'Role.rules',
  'ScaleIOPersistentVolumeSource.secretRef',
  'ScaleIOVolumeSource.secretRef',
  'SubjectRulesReviewStatus.nonResourceRules',
  'SubjectRulesReviewStatus.resourceRules',
  'TypedLocalObjectReference.apiGroup',
  'TypedObjectReference.apiGroup',
]);

/** Times that Kubernetes leaves out while they are not set. Every other time of its own kinds is null then (`lastProbeTime` of a Pod). */
const leftOut: ReadonlySet<string> = new Set([
  'AllocationResult.allocationTimestamp',
  'CronJobStatus.lastScheduleTime',
  'CronJobStatus.lastSuccessfulTime',
  'DeviceTaint.timeAdded',
  'HorizontalPodAutoscalerStatus.lastScaleTime',
  'JobStatus.completionTime',
  'JobStatus.startTime',
  'LeaseCandidateSpec.pingTime',
  'LeaseCandidateSpec.renewTime',
  'LeaseSpec.acquireTime',
  'LeaseSpec.renewTime',
  'PersistentVolumeStatus.lastPhaseTransitionTime',
  'PodCertificateRequestStatus.beginRefreshAt',
  'PodCertificateRequestStatus.notAfter',
  'PodCertificateRequestStatus.notBefore',
  'PodStatus.startTime',
  'ResponderStatus.completionTime',
  'ResponderStatus.expectedCompletionTime',
  'ResponderStatus.heartbeatTime',
  'ResponderStatus.startTime',
  'Taint.timeAdded',
]);

const ownDefinition = /^io\.k8s\.(?:api|apiextensions-apiserver|kube-aggregator)\./;
const time = /\.meta\.v1\.(?:Micro)?Time"/;

/**
 * A definition of Kubernetes with `nullable` where its API server returns null (and takes it): Go prints lists that are nil and times that
 * are zero like that.
 */
export function withReturnedNulls(id: string, schema: RawSchema): RawSchema {
  const properties = asSchema(field(schema, 'properties'));
  if (properties === undefined || !ownDefinition.test(id)) return schema;
  const required = new Set(requiredOf(schema));
  const isNull = (name: string, value: unknown): boolean => {
    const place = `${id.slice(id.lastIndexOf('.') + 1)}.${name}`;
    return empty.has(place) || (isTime(value) && !required.has(name) && !leftOut.has(place));
  };
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [
        name,
        isNull(name, value) ? orNull(asSchema(value) ?? {}) : value,
      ]),
    ),
  };
}

/** Beside a reference other words say nothing, but where it is wrapped. */
function orNull({ $ref, ...rest }: RawSchema): RawSchema {
  return { ...rest, ...($ref === undefined ? {} : { allOf: [{ $ref }] }), nullable: true };
}

/** Whether a schema is a reference to a time, as v2 has it or wrapped as in v3. */
function isTime(schema: unknown): boolean {
  const node = asSchema(schema);
  if (node === undefined || Object.hasOwn(node, 'items')) return false;
  return time.test(JSON.stringify([field(node, '$ref'), field(node, 'allOf')]));
}
