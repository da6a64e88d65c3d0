import type { Impersonation } from '../client/impersonation.js';

/** Where a text comes from: given, or in a file that may be rotated. */
export type Source = { readonly t: 'text'; readonly text: string } | { readonly t: 'file'; readonly path: string };

/** A program that is asked for credentials. `args` and `env` may hold secrets. */
export interface ExecPlugin {
  readonly apiVersion: ExecApiVersion;
  /** A name to look for in PATH, or an absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always';
  readonly installHint?: string | undefined;
  /** What the plugin is told about the cluster; not there when it is told nothing. */
  readonly cluster?: ExecCluster | undefined;
}

export type ExecApiVersion = 'client.authentication.k8s.io/v1' | 'client.authentication.k8s.io/v1beta1';

/** What a plugin may be told about the cluster; the authority is added when the plugin runs. */
export interface ExecCluster {
  readonly server: string;
  readonly proxyUrl?: string | undefined;
  /** The cluster's extension `client.authentication.k8s.io/exec`. */
  readonly config?: unknown;
}

/** An OpenID Connect provider that gives new tokens for a refresh token. */
export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly idToken?: string | undefined;
  readonly refreshToken?: string | undefined;
  readonly ca?: Source | undefined;
}

/** How a connection proves who it is. Holds secrets. */
export interface UserIdentity {
  /** The token to begin with. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** A file with the token, read again as it is rotated. */
  readonly tokenFile?: string | undefined;
  readonly basic?: { readonly username: string; readonly password: string } | undefined;
  readonly exec?: ExecPlugin | undefined;
  readonly oidc?: OidcProvider | undefined;
  readonly cert?: Source | undefined;
  readonly key?: Source | undefined;
  readonly impersonate?: Impersonation | undefined;
}

/** Everything about a connection that a kubeconfig, the pod or the options say. */
export interface ConnectionPlan {
  readonly server: string;
  readonly namespace: string | undefined;
  readonly ca?: Source | undefined;
  readonly tlsServerName?: string | undefined;
  readonly insecure: boolean;
  /** A proxy for this cluster alone. It may hold a password. */
  readonly proxyUrl?: string | undefined;
  readonly user: UserIdentity;
  /** What errors call it: the context, the options or the pod. */
  readonly origin: string;
}
