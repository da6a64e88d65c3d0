/**
 * Contract 1: what generated code imports. It may grow and never changes; a break makes `codegen2` and keeps this.
 */
export type { Cluster } from './cluster.js';
export type { ReflectorOptions, IndexFunctions } from './reflector/options.js';
export { Reflector } from './reflector/reflector.js';
export { ReflectorOf } from './reflector/reflector-of.js';
export { defineResource } from './resource.js';
export type {
  EmbeddedMeta,
  EmbeddedObject,
  EmptyObject,
  IntOrString,
  KubernetesObject,
  ManagedFieldsEntry,
  ManifestMeta,
  MapOf,
  NamespacedObjectMeta,
  ObjectMeta,
  OpenEmbeddedObject,
  OwnerReference,
  PrinterColumn,
  ResourceDefinition,
  ResourceInfo,
  ScaleSubresource,
  Scope,
  Typed,
} from './resource.js';
