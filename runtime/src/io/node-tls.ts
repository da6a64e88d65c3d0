/** How TLS connections are made and trusted. All texts are PEM. */
export interface TlsSettings {
  /** Whom to trust. Default: the platform's authorities. */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** The name that the server's certificate must be for. Default: the host of its address. */
  readonly serverName?: string | undefined;
  /** Trust any certificate. Default false. */
  readonly insecure?: boolean | undefined;
}
