import { createSocketOpener, type SocketOpener, type Way } from './node-socket.js';
import type { TlsSettings } from './node-tls.js';

/** The opener for the TLS settings of now. The same object means the same settings: another one, and what it opened before is out of date. */
export type CurrentOpener = () => SocketOpener;

/** Asks `tls` each time, and makes a new opener when it gives another object. */
export function createOpeners({ tls, ...way }: Omit<Way, 'settings'> & { tls: () => TlsSettings }): CurrentOpener {
  let settings = tls();
  let opener = createSocketOpener({ ...way, settings });
  return () => {
    const now = tls();
    if (now !== settings) {
      settings = now;
      opener = createSocketOpener({ ...way, settings });
    }
    return opener;
  };
}
