import type { ClusterInternals } from '../cluster-internals.js';
import type { Calls } from './calls.js';

/** What a typed client works with. */
export interface ClientContext {
  readonly calls: Calls;
  readonly internals: ClusterInternals;
  /** The namespace of one object when neither option nor object names one. */
  readonly namespace: string;
  readonly server: string;
}

/** The namespace among the options. */
export interface Namespaced {
  readonly namespace?: string;
}
