import type { Docs, Shape, TypeNode, View } from './resource.js';

/**
 * What a declared type is: an object, another type under a name (a long literal union, a `spec` that is no object), or the object of a
 * field beside it.
 */
export type DeclarationBody =
  | { readonly t: 'shape'; readonly shape: Shape }
  | { readonly t: 'alias'; readonly type: TypeNode }
  | { readonly t: 'sibling'; readonly of: Declaration };

/** A type with a name in a module. */
export interface Declaration {
  readonly body: DeclarationBody;
  /** The names of the two views; equal where the views are. */
  readonly names: { readonly [V in View]: string };
  /** The names of the interfaces under a union (F22), one for each view. They are exported, too. */
  readonly baseNames: { readonly [V in View]: string } | undefined;
  readonly docs: Docs;
  /** The declaration that a part of a field's type goes by. `undefined` as field: the type of the fields without a name. */
  find(field: string | undefined, part: TypeNode | Shape): Declaration | undefined;
}

/** The contract names of a kind (api.md 1). */
export interface KindNames {
  /** Interface, constant, and prefix of all nested names. */
  readonly kind: string;
  readonly manifest: string;
  readonly reflector: string;
  readonly spec: string;
  readonly status: string;
}
