/** A CRD as it is written. */
export interface CrdObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** The CRD of a namespaced kind with one version, `v1`, that has this schema. */
export function crdManifest(
  kind: string,
  openAPIV3Schema: object,
  o: {
    /** Default `example.dev`. */
    readonly group?: string;
    /** Default: the kind in small letters, and an `s`. */
    readonly plural?: string;
    /** What the version says besides. */
    readonly version?: object;
  } = {},
): CrdObject {
  const { group = 'example.dev', plural = `${kind.toLowerCase()}s`, version } = o;
  const singular = kind.toLowerCase();
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular, listKind: `${kind}List` },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema }, ...version }],
    },
  };
}
