/** A version of a CRD, but for what every version says. */
export interface OddVersion {
  readonly schema: object;
  /** What it says besides. */
  readonly more: object;
}

/** A version whose `spec` has one field. */
export function field(f: object | null): OddVersion {
  return root({ type: 'object', properties: { spec: { type: 'object', properties: { f } } } });
}

/** A version with a whole schema. */
export function root(schema: object): OddVersion {
  return { schema, more: {} };
}

/** A version with a whole schema and more. */
export function version(schema: object, more: object): OddVersion {
  return { schema, more };
}

/** The CRD that has it. */
export function crdWith({ schema, more }: OddVersion): Readonly<Record<string, unknown>> {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'oddities.odd.example.dev' },
    spec: {
      group: 'odd.example.dev',
      scope: 'Namespaced',
      names: { kind: 'Oddity', plural: 'oddities', singular: 'oddity', listKind: 'OddityList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...more }],
    },
  };
}
