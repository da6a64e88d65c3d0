import type { ClusterInternals } from '../cluster.js';
import type { Calls } from './calls.js';

/** What a typed client works with. */
export interface ClientContext {
  readonly calls: Calls;
  readonly internals: ClusterInternals;
  /** The namespace of one object when neither option nor object names one. */
  readonly namespace: string;
  readonly server: string;
}

/** An object of any kind: what the types of the definition say is for the caller, not for here. */
export type AnyObject = Readonly<Record<string, unknown>>;

/** The namespace among the options. */
export interface Namespaced {
  readonly namespace?: string;
}
