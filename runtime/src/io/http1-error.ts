/** What came is no HTTP/1.1 answer, or one that is out of bounds. */
export class Http1Error extends Error {
  override readonly name = 'Http1Error';
  readonly code = 'HPE_INVALID';
}
