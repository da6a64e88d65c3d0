import { crdManifest } from '../crd-manifest.js';

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
  return crdManifest('Oddity', schema, { group: 'odd.example.dev', plural: 'oddities', version: more });
}
