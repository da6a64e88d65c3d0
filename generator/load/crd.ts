/** Where a document came from: its file and its place in that file, from 0. */
export interface DocumentSource {
  readonly file: string;
  readonly document: number;
}

/** A column that `kubectl get` prints, as the CRD declares it. */
export interface CrdPrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
}

/** Where a version keeps its replica counts. */
export interface CrdScale {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}

/** One version of a CRD. */
export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning?: string;
  /**
   * The `openAPIV3Schema` as the API server reads it, every node of it checked; `undefined` when there is none.
   * Its maps are data: keys may be `__proto__` or `constructor`, so read own properties only.
   */
  readonly schema: unknown;
  /** Whether that is the `validation` at the top, as all versions of a v1beta1 CRD may have it (F8). */
  readonly sharesSchema?: true;
  /** F7: the server keeps every field (`preserveUnknownFields: true`, or v1beta1 without a schema). */
  readonly open: boolean;
  readonly subresources: { readonly status?: true; readonly scale?: CrdScale };
  readonly printerColumns: readonly CrdPrinterColumn[];
  /** JSON paths that field selectors may use. */
  readonly selectableFields: readonly string[];
}

/**
 * A CustomResourceDefinition that was checked, v1 and v1beta1 alike: names and scope are usable and every schema node is an object
 * with JSON types.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/
 */
export interface Crd {
  readonly source: DocumentSource;
  /** `metadata.name`, by rule `<plural>.<group>`. */
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  /** Whether versions are converted by a webhook; without one an object keeps the defaults of the storage version (V10). */
  readonly conversionWebhook: boolean;
  readonly versions: readonly CrdVersion[];
}
