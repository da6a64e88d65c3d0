import type { Transport, TransportRequest, TransportResponse } from '../../runtime/src/io/transport.js';
import type { View } from './model-objects.js';
import type { Exchange, ModelServer } from './model-server.js';

/** Lets the real driver talk to a model server: requests and bytes as over sockets, without sockets. */
export class ModelTransport implements Transport {
  /** Requests that have neither ended nor been aborted. */
  open = 0;
  readonly #server: ModelServer;
  readonly #note: (what: string) => void;

  constructor(server: ModelServer, note: (what: string) => void) {
    this.#server = server;
    this.#note = note;
  }

  request({ path, signal }: TransportRequest): Promise<TransportResponse> {
    return new Promise((resolve, reject) => {
      const body = new Body();
      this.#note(path.slice(path.indexOf('?')));
      let isOpen = true;
      this.open += 1;
      const end = (): void => {
        if (isOpen) this.open -= 1;
        isOpen = false;
        signal.removeEventListener('abort', onAbort);
      };
      const exchange: Exchange = {
        head: (status) => resolve({ status, headers: {}, body }),
        bytes: (chunk) => body.push(chunk),
        end: () => {
          end();
          body.push('end');
        },
        fail: (how) => {
          end();
          const code = how === 'refused' ? 'ECONNREFUSED' : 'ECONNRESET';
          const error = Object.assign(new Error(how), { code });
          reject(error);
          body.push(error);
        },
      };
      const onAbort = (): void => {
        end();
        abort();
        const error = new Error('aborted');
        reject(error);
        body.push(error);
      };
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort);
      const abort = this.#server.request(path, viewOf(path), exchange);
    });
  }
}

/** What a path asks for; the model knows namespaces and one label. */
export function viewOf(path: string): View {
  const url = new URL(path, 'http://server');
  const namespace = /\/namespaces\/([^/]+)\//.exec(url.pathname)?.[1];
  const color = /^color=(\w+)$/.exec(url.searchParams.get('labelSelector') ?? '')?.[1];
  return { namespace, color };
}

class Body implements AsyncIterable<Uint8Array> {
  readonly #waiting: (Uint8Array | Error | 'end')[] = [];
  #wake: (() => void) | undefined;

  push(piece: Uint8Array | Error | 'end'): void {
    this.#waiting.push(piece);
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const piece = this.#waiting.shift();
      if (piece === 'end') return;
      if (piece instanceof Error) throw piece;
      if (piece !== undefined) yield piece;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
