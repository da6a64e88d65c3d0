import { apiVersionOf, type ScaleSubresource, type Scope, type PrinterColumn } from '../../resource.js';
import type { Structural } from '../schema/structural.js';

/** One version of a kind, as the server offers it. */
export interface ServedVersion {
  readonly name: string;
  readonly served: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning: string | undefined;
  /** Prunes, defaults and checks objects; `undefined` lets everything through. */
  readonly schema: Structural | undefined;
  readonly status: boolean;
  readonly scale: ScaleSubresource | undefined;
  /** JSON paths that field selectors may name, beside `metadata.name` and `metadata.namespace`: `.spec.color`. */
  readonly selectableFields: readonly string[];
  readonly printerColumns: readonly PrinterColumn[];
}

/** A kind, as the server offers it. */
export interface ServedKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly listKind: string;
  readonly scope: Scope;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly versions: readonly ServedVersion[];
  readonly storageVersion: string;
  /** Objects up to this revision were stored under another schema. */
  readonly schemaRevision: number;
  /** Its versions differ in more than their name, and only the webhook knows how: it is never called here. */
  readonly conversionWebhook: boolean;
  /** Whether its objects have `metadata.generation`. */
  readonly hasGeneration: boolean;
  /** Where it comes from: the server itself, a `ResourceInfo`, or a CustomResourceDefinition. */
  readonly origin: 'built-in' | 'definition' | 'crd';
  /** Answers as a kind that is compiled into the API server does: no kind in list items, updates without a version. */
  readonly builtIn: boolean;
}

/** `v1`, or `group/version`. */
export function apiVersionFor(kind: { readonly group: string }, version: string): string {
  return apiVersionOf({ group: kind.group, version });
}

/** Groups with a dot that are compiled into the API server; those without one all are. */
const builtInGroups: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** Whether the kinds of a group are compiled into real API servers, so that no CRD can offer them. */
export function isBuiltInGroup(group: string): boolean {
  return !group.includes('.') || builtInGroups.has(group);
}
