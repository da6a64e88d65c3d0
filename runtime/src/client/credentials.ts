/** Who asks: makes the headers of each request. Everything here is secret: it goes into requests and nowhere else. */
export interface Credentials {
  /** Headers for a request that is about to be sent; rejects with a `credentials` error. */
  headers(): Promise<Record<string, string>>;
  /**
   * After a 401 to a request that was sent at `sentAt` (monotonic ms): drops what is older. False when nothing newer can come.
   * Credentials made after `sentAt` stay: the request had not had them.
   */
  refresh(sentAt: number): Promise<boolean>;
}

/** No credentials. */
export const anonymous: Credentials = {
  headers: () => Promise.resolve({}),
  refresh: () => Promise.resolve(false),
};
