/** How TLS connections are made and trusted. All texts are PEM. */
export interface TlsSettings {
  /** Whom to trust. Default: the platform's authorities. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** The name that the server's certificate must be for. Default: the host of its address. */
  readonly serverName?: string;
  /** Trust any certificate. Default false. */
  readonly insecure?: boolean;
}

/** The settings as `node:tls` takes them. An IP address is no server name (RFC 6066). */
export function tlsOptions(settings: TlsSettings): {
  ca?: string;
  cert?: string;
  key?: string;
  servername?: string;
  rejectUnauthorized: boolean;
} {
  const { ca, cert, key, serverName, insecure = false } = settings;
  return {
    rejectUnauthorized: !insecure,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}
