import type { Crd, CrdVersion } from '../load/crd.js';

/** Names of types that generated modules take from `@kube-gen/runtime/codegen1` for the fields of an object. */
export type SupportType =
  | 'ObjectMeta'
  | 'NamespacedObjectMeta'
  | 'ManifestMeta'
  | 'EmbeddedMeta'
  | 'EmbeddedObject'
  | 'OpenEmbeddedObject'
  | 'EmptyObject'
  | 'MapOf'
  | 'IntOrString';

/** The value of an enum member. */
export type Literal = string | number | boolean;

/**
 * What a value is, decided: no question about the schema is left to the emitter. A node holds both views; where they differ it
 * says so (`views`), or the shape below it does.
 */
export type TypeNode =
  | { readonly t: 'string' }
  | { readonly t: 'number' }
  | { readonly t: 'boolean' }
  | { readonly t: 'null' }
  | { readonly t: 'unknown' }
  | { readonly t: 'never' }
  | { readonly t: 'support'; readonly name: SupportType }
  | { readonly t: 'literals'; readonly values: readonly Literal[] }
  | { readonly t: 'array'; readonly items: TypeNode }
  | { readonly t: 'map'; readonly values: TypeNode }
  | { readonly t: 'union'; readonly members: readonly TypeNode[] }
  | { readonly t: 'views'; readonly read: TypeNode; readonly manifest: TypeNode }
  | { readonly t: 'object'; readonly shape: Shape }
  | { readonly t: 'ref'; readonly to: SharedType };

/** A type of an OpenAPI document that is declared once, in `types.ts` of its group and version, and imported where it is used. */
export interface SharedType {
  /** `io.k8s.api.core.v1.PodSpec`. */
  readonly id: string;
  /** The group and version whose folder it lives in. */
  readonly group: string;
  readonly version: string;
  /** The name that it would like to have: `PodSpec`. */
  readonly name: string;
  readonly viewsDiffer: boolean;
}

/** What a shared type holds. */
export interface SharedTypeModel {
  readonly type: SharedType;
  /** Where it comes from, as the header says it. */
  readonly origin: string;
  readonly shape: Shape;
  readonly docs: Docs;
}

/** The two views of an object: as the API server returns it, as you may write it. */
export type View = 'read' | 'manifest';

/** What stands above a declaration or a field, as data: the emitter wraps and escapes it. */
export interface Docs {
  /** Text of the schema, unescaped. Empty when it has none. */
  readonly description: string;
  /** Why not to use it any more; empty text when the schema gives no reason, `undefined` when it is not deprecated. */
  readonly deprecated: string | undefined;
  /** Rules in words, one sentence each (CEL, combinations that the type cannot say). */
  readonly rules: readonly string[];
  /** `['minimum', '1']` becomes `@minimum 1`. */
  readonly tags: readonly (readonly [name: string, text: string])[];
}

/** A field of an object. */
export interface Member {
  readonly name: string;
  readonly type: TypeNode;
  /** Whether the field is there, in each view. */
  readonly required: { readonly [V in View]: boolean };
  readonly docs: Docs;
  /** What the schema says of an item or a map value, where the field holds a list or a map; else the docs of nothing. */
  readonly itemDocs: Docs;
}

/** What one alternative of a choice says about a field: it is there, it is not, or it has a narrower type if it is there. */
export interface Condition {
  readonly name: string;
  readonly is: 'present' | 'absent' | 'narrowed';
  /** `never` where it is absent. */
  readonly type: TypeNode;
}

/** One of several alternatives must hold (F22): printed as a union that is intersected with the fields. */
export interface Choice {
  readonly alternatives: readonly (readonly Condition[])[];
}

/**
 * An object with named fields. Two equal objects of one module are the same `Shape` (compare with `===`), so that the namer can
 * let them share one declaration.
 */
export interface Shape {
  readonly members: readonly Member[];
  /** Type of the fields that have no name here; `undefined`: there are none, the server prunes them. */
  readonly index: TypeNode | undefined;
  readonly choices: readonly Choice[];
  /** Whether the two views differ here or anywhere below. */
  readonly viewsDiffer: boolean;
  /** Whether there are literals here or anywhere below. */
  readonly holdsLiterals: boolean;
  /** How many fields it has, with those of the objects below. */
  readonly weight: number;
}

/** One version of one kind: everything its module says, except the names of nested types (they depend on its neighbours). */
export interface ResourceModel
  extends
    Pick<Crd, 'group' | 'kind' | 'plural' | 'singular' | 'listKind' | 'scope' | 'shortNames' | 'categories'>,
    Pick<CrdVersion, 'subresources' | 'printerColumns' | 'selectableFields'> {
  /** Where it comes from, as the header says it: `CustomResourceDefinition certificates.cert-manager.io, version v1`. */
  readonly origin: string;
  /** The file that it was read from, for messages only: it never gets into the output. */
  readonly file: string;
  readonly version: string;
  /** What may be done with its objects; `undefined`: everything, as with custom resources. */
  readonly verbs?: readonly string[];
  readonly docs: Docs;
  readonly root: Shape;
}
