/** What every entry for applications offers; the entries add their own ways to reach an API server. */
export type {
  ApplyOptions,
  CallOptions,
  CollectionNamespace,
  DeleteOptions,
  ListOptions,
  NamespaceOption,
  SelectorOptions,
  WatchOptions,
  WriteOptions,
} from './client/call-options.js';
export type { ClusterCommonOptions } from './client/create-cluster.js';
export type { Impersonation } from './client/impersonation.js';
export type { Bookmark, Status, WatchEvent } from './client/raw-watch-event.js';
export type {
  Client,
  ListMetadata,
  ListResult,
  Patch,
  ResourceClient,
  ScaleClient,
  StatusClient,
} from './client/resource-client.js';
export type { Scale } from './client/scale.js';
export type {
  ApplyOf,
  JsonPatchOperation,
  Loose,
  MergePatchOf,
  ReplaceOf,
  StatusReplaceOf,
  StrategicPatchOf,
} from './client/views.js';
export type { DiagnosticsChannel } from './cluster-internals.js';
export type { Cluster, ClusterRequest } from './cluster.js';
export { edit } from './edit.js';
export { isKubeError, KubeError } from './errors.js';
export type { KubeErrorCode, KubeErrorOptions, StatusDetails } from './errors.js';
export type { Clock } from './io/clock.js';
export type { Transport, TransportRequest, TransportResponse } from './io/transport.js';
export type { Logger } from './logger.js';
export { metrics } from './metrics.js';
export type { IndexFunctions, ReflectorOptions } from './reflector/options.js';
export { Reflector } from './reflector/reflector.js';
export type { ReadOptions, ReadyOptions, WaitForOptions, WaitOptions } from './reflector/reflector.js';
export type {
  NamespaceStatus,
  ReflectorCounts,
  ReflectorFailure,
  ReflectorPhase,
  ReflectorStatus,
} from './reflector/status.js';
export { defineResource } from './resource.js';
export type {
  Draft,
  EmbeddedMeta,
  EmbeddedObject,
  EmptyObject,
  IntOrString,
  KubernetesObject,
  ManagedFieldsEntry,
  ManifestMeta,
  ManifestOf,
  MapOf,
  NamespacedObjectMeta,
  ObjectMeta,
  ObjectOf,
  OpenEmbeddedObject,
  OwnerReference,
  PrinterColumn,
  ResourceDefinition,
  ResourceInfo,
  ScaleSubresource,
  Scope,
  Typed,
} from './resource.js';
export type {
  Added,
  Change,
  Deleted,
  Desynced,
  DesyncCause,
  ObjectChange,
  Replaced,
  Resync,
  SubscribeOptions,
  Synced,
  Updated,
} from './subscribe/change.js';
export type { ChangesOptions } from './subscribe/hub.js';
