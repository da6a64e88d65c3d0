import type { Cluster } from '../cluster.js';
import type { ResourceInfo, Scope, Typed } from '../resource.js';
import type { ReflectorOptions } from './options.js';
import { Reflector } from './reflector.js';

// oxlint-disable-next-line typescript/no-explicit-any -- the manifest view stands in both directions
type DefinitionOf<T, S extends Scope> = ResourceInfo & Typed<T, any> & { readonly scope: S };

/**
 * What the reflector class of a generated module extends: a reflector of the kind that its static `definition` is.
 *
 * The constructor stands here and not in each module: the compiler checks a generated module whole, used or not, and a generic
 * constructor is the dearest part of a small one.
 */
export abstract class ReflectorOf<T, V = {}, S extends Scope = Scope> extends Reflector<T, V, S> {
  /** A live, typed, indexed cache of all objects of the kind, or of those that `options` tell. Makes no request. Throws `usage`. */
  constructor(cluster: Cluster, options?: ReflectorOptions<T, V, S>) {
    // Not declared as a member: each module would have to say `override`, and have its definition compared with it.
    const { definition } = new.target as unknown as { readonly definition: DefinitionOf<T, S> };
    super(cluster, definition, options);
  }
}
