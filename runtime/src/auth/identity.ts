import type { Impersonation } from '../client/impersonation.js';

/** Where a text comes from: given, or in a file that may be rotated. */
export type Source = { readonly t: 'text'; readonly text: string } | { readonly t: 'file'; readonly path: string };

/** How a connection proves who it is. Holds secrets. */
export interface UserIdentity {
  /** The token to begin with. */
  readonly token?: string | (() => string | Promise<string>);
  /** A file with the token, read again as it is rotated. */
  readonly tokenFile?: string;
  readonly basic?: { readonly username: string; readonly password: string };
  readonly cert?: Source;
  readonly key?: Source;
  readonly impersonate?: Impersonation;
}

/** Everything about a connection that a kubeconfig, the pod or the options say. */
export interface ConnectionPlan {
  readonly server: string;
  readonly namespace: string | undefined;
  readonly ca?: Source;
  readonly tlsServerName?: string;
  readonly insecure: boolean;
  readonly user: UserIdentity;
  /** What errors call it: the context, the options or the pod. */
  readonly origin: string;
}
