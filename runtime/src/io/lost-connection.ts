/** A request got no answer because its connection was gone, or going; `cause` is how it was noticed. */
export class LostConnection extends Error {
  override readonly name = 'LostConnection';
  /** Whether it is certain that the server did nothing with the request: then it may be sent again, whatever its method. */
  readonly unsent: boolean;

  constructor(message: string, { cause, unsent }: { cause: unknown; unsent: boolean }) {
    super(message, { cause });
    this.unsent = unsent;
  }
}
