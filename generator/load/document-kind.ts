import type { LoadedDocument } from './documents.js';
import { field, isMap, mapAt, stringField, textAt, type JsonMap } from './json-value.js';

/** What a document is decides what happens with it. */
export type DocumentKind =
  | { readonly t: 'crd'; readonly apiVersion: string; readonly document: JsonMap }
  /** A CRD by its kind, of an API version that nobody knows. */
  | { readonly t: 'unknown-crd'; readonly apiVersion: unknown }
  /** CRDs in a list that no object holds, which neither kubectl nor a server takes. */
  | { readonly t: 'bare-list' }
  | { readonly t: 'openapi'; readonly version: string; readonly document: JsonMap }
  /** What `/openapi/v3` of an API server tells: where its documents are. */
  | { readonly t: 'openapi-index' }
  /** What `/apis` of an API server tells of resources. */
  | { readonly t: 'discovery'; readonly document: JsonMap }
  | { readonly t: 'json-schema'; readonly document: JsonMap }
  /** Another Kubernetes object: skipped and counted. */
  | { readonly t: 'other'; readonly kind: string }
  | { readonly t: 'empty' }
  /** Not a Kubernetes object at all. */
  | { readonly t: 'foreign' };

const crdKind = 'CustomResourceDefinition';
const crdVersions = ['apiextensions.k8s.io/v1', 'apiextensions.k8s.io/v1beta1'];

/** Says what a document is. */
export function documentKind({ value, implied }: LoadedDocument): DocumentKind {
  if (value === null || value === undefined) return { t: 'empty' };
  if (Array.isArray(value) && value.some((item) => isMap(item) && field(item, 'kind') === crdKind))
    return { t: 'bare-list' };
  if (!isMap(value)) return { t: 'foreign' };
  const kind = field(value, 'kind') ?? implied?.kind;
  const apiVersion = field(value, 'apiVersion') ?? implied?.apiVersion;
  if (kind === crdKind) {
    return typeof apiVersion === 'string' && crdVersions.includes(apiVersion)
      ? { t: 'crd', apiVersion, document: value }
      : { t: 'unknown-crd', apiVersion };
  }
  if (kind === 'APIGroupDiscoveryList') return { t: 'discovery', document: value };
  if (typeof kind === 'string' && typeof apiVersion === 'string') return { t: 'other', kind };
  const openapi = stringField(value, 'openapi') ?? stringField(value, 'swagger');
  if (openapi !== undefined) return { t: 'openapi', version: openapi, document: value };
  if (isOpenApiIndex(value)) return { t: 'openapi-index' };
  if (looksLikeJsonSchema(value)) return { t: 'json-schema', document: value };
  return typeof kind === 'string' ? { t: 'other', kind } : { t: 'foreign' };
}

function isOpenApiIndex(value: JsonMap): boolean {
  return Object.values(mapAt(value, 'paths')).some((one) => textAt(one, 'serverRelativeURL') !== undefined);
}

function looksLikeJsonSchema(value: JsonMap): boolean {
  if (stringField(value, '$schema')?.includes('json-schema.org') === true) return true;
  return field(value, 'type') === 'object' && isMap(field(value, 'properties'));
}
