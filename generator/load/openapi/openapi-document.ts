import type { DocumentSource } from '../crd.js';
import type { DocumentPath } from '../document-path.js';
import type { JsonMap } from '../json-value.js';

/** One operation on a resource, as the paths of an OpenAPI document tell it. */
export interface ApiOperation {
  /** `/apis/apps/v1/namespaces/{namespace}/deployments/{name}/status`. */
  readonly path: string;
  /** `x-kubernetes-action`: get, list, post, put, patch, delete, deletecollection, watch, watchlist, connect. */
  readonly action: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Whether it takes the query parameter `watch`. */
  readonly canWatch: boolean;
}

/**
 * An OpenAPI document of a Kubernetes API server, v2 and v3 alike. Every reference in its definitions is known to lead to one of them.
 * @see https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-interface-definition
 */
export interface OpenApiDocument {
  readonly source: DocumentSource;
  readonly title: string;
  readonly version: string;
  /** How it tells of CRDs, when an API server made it: `v3` with the defaults that are filled in, `v2` without the type of what may be null. */
  readonly crds: 'v2' | 'v3' | undefined;
  /** Where the definitions stand: `['definitions']`, or `['components', 'schemas']`. */
  readonly definitionsPath: DocumentPath;
  /** Schemas by name, `io.k8s.api.core.v1.PodSpec`, as they stand in the document. */
  readonly definitions: ReadonlyMap<string, JsonMap>;
  readonly operations: readonly ApiOperation[];
}
