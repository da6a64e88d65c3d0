/** One HTTP request, with an absolute path (query included) below the server's address. */
export interface TransportRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  /** Further values of headers that occur more than once: groups to impersonate. They must not be joined with commas. */
  readonly repeatedHeaders?: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array;
  /** Ends the request, and its body while it is read. */
  readonly signal: AbortSignal;
}

/** The answer as soon as its head is there. Header names are lower case. The body must be read to its end or left by `return()`. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * How requests travel. Bring your own to go through a proxy, a browser's `fetch` or another client.
 *
 * `request` rejects only when no answer came (a `KubeError` with `unreachable`, `tls`, `aborted`, or any other error);
 * an HTTP error status is an answer. When `signal` fires, a pending request rejects and a running body ends with an error.
 * A chunk handed out by `body` is valid until the next one is asked for: the transport may use its buffer again.
 */
export interface Transport {
  /** For transports that know where they go: `connect` then reads no kubeconfig, unless the options name one. */
  readonly server?: string;
  /** With `server`: the namespace of its context. */
  readonly namespace?: string;
  /**
   * False: reflectors list in pages and never stream a list. An API server packs a streamed list as one gzip member after another, and
   * browsers read the first alone. Default true.
   */
  readonly streamedLists?: boolean;
  /** Sends it, and resolves when the head of the answer is there. */
  request(request: TransportRequest): Promise<TransportResponse>;
  /** Closes idle and busy connections. */
  close?(): Promise<void>;
  /** For transports that learn the server's address from the cluster: a transport for that address, path prefix included. */
  forServer?(server: string): Transport;
}
