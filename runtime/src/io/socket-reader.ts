import type { Socket } from 'node:net';

/** Reads a socket step by step, for what is said before a connection is one. */
export interface SocketReader {
  /** Resolves when this event came. Rejects, as all here, when the connection is cut. */
  opened(event: 'connect' | 'secureConnect'): Promise<void>;
  /** So many bytes. */
  exactly(count: number): Promise<Buffer>;
  /** Bytes up to `mark` and with it; rejects when there are more than `limit` before. */
  until(mark: string, limit: number): Promise<Buffer>;
  /** Stops reading. What came and was not taken is the next reader's. */
  release(): void;
}

/** Makes the reader. The socket should not have been read before. */
export function createSocketReader(socket: Socket): SocketReader {
  let seen: Buffer = Buffer.alloc(0);
  let check = (): void => undefined;
  let over = false;
  const onData = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk]);
    check();
  };
  const onClose = (): void => {
    over = true;
    check();
  };
  socket.on('data', onData);
  socket.on('close', onClose);

  /** `length` tells how many of the bytes are enough, or undefined when more are needed. */
  function take(length: () => number | undefined): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      check = () => {
        try {
          const enough = length();
          if (enough === undefined) {
            if (over) throw new Error('the connection was cut');
            return;
          }
          check = () => undefined;
          const taken = seen.subarray(0, enough);
          seen = seen.subarray(enough);
          resolve(taken);
        } catch (error) {
          check = () => undefined;
          reject(error);
        }
      };
      check();
    });
  }

  return {
    opened: async (event) => {
      let open = false;
      socket.once(event, () => {
        open = true;
        check();
      });
      await take(() => (open ? 0 : undefined));
    },
    exactly: (count) => take(() => (seen.length >= count ? count : undefined)),
    until: (mark, limit) =>
      take(() => {
        const at = seen.indexOf(mark);
        if (at !== -1 && at <= limit) return at + mark.length;
        if (seen.length > limit) throw new Error('the answer is too long');
        return undefined;
      }),
    release: () => {
      socket.off('data', onData);
      socket.off('close', onClose);
      socket.pause();
      if (seen.length > 0) socket.unshift(seen);
    },
  };
}
