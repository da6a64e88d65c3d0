import type { Socket } from 'node:net';
import type { Clock } from './clock.js';
import { createHttp2Session, type Http2Session } from './http2-session.js';
import type { SocketOpener } from './node-socket.js';
import type { ServerAddress } from './server-address.js';

/** From so many exchanges on there are two sessions, so that one lost connection does not silence all. */
const ALONE = 10;
/** Load balancers forget silent connections after a minute. */
const IDLE_MS = 50_000;
/** After a second session could not be opened, the first carries all for so long. */
const PATIENCE_MS = 30_000;

/** What to do for a new exchange: take a session, wait until one has told its limit or has ended an exchange, or open another. */
export type Choice =
  | { readonly t: 'take'; readonly session: Http2Session }
  | { readonly t: 'wait'; readonly until: Promise<void> }
  | { readonly t: 'open' };

/** The sessions with one server. */
export interface Http2Sessions {
  /** Chooses among sessions of this opener; those of others are retired. */
  choose(opener: SocketOpener): Choice;
  /** Begins a session on a connection that this opener opened. */
  add(socket: Socket, opener: SocketOpener): void;
  /** A further session could not be opened: whether those that are there can carry on without it. */
  manageWithout(opener: SocketOpener): boolean;
  /** Closes all sessions, busy ones too. */
  close(): void;
}

/** Makes the sessions of one server. */
export function createHttp2Sessions(o: { address: ServerAddress; clock: Clock }): Http2Sessions {
  const { clock } = o;
  let all: { readonly session: Http2Session; readonly opener: SocketOpener }[] = [];
  let aloneUntil = Number.NEGATIVE_INFINITY;

  /** Those that take exchanges; others leave the list, and end by themselves. */
  function usable(current: SocketOpener): Http2Session[] {
    const oldest = clock.now() - IDLE_MS;
    const [keep, leave] = [[] as typeof all, [] as typeof all];
    for (const entry of all) {
      const { session, opener } = entry;
      const good = session.usable && opener === current && (session.streams > 0 || session.idleSince >= oldest);
      (good ? keep : leave).push(entry);
    }
    for (const { session } of leave) session.retire();
    all = [...keep, ...leave.filter(({ session }) => session.streams > 0)]; // closing the transport ends these too
    return keep.map(({ session }) => session);
  }

  function choose(opener: SocketOpener): Choice {
    const sessions = usable(opener);
    const free = sessions.filter(({ streams, limit }) => streams < limit);
    const least = free.reduce<Http2Session | undefined>(
      (a, b) => (a === undefined || b.streams < a.streams ? b : a),
      undefined,
    );
    const first = sessions.length === 1 ? sessions[0] : undefined;
    if (first !== undefined && first.streams >= ALONE && clock.now() >= aloneUntil) return { t: 'open' };
    // A second one that is about to tell how much it takes shall have its half.
    const settling = sessions.some(({ isSettling }) => isSettling);
    if (least !== undefined && !(settling && least.streams >= ALONE)) return { t: 'take', session: least };
    const unsettled = sessions.filter(({ isSettled }) => !isSettled);
    return unsettled.length > 0
      ? { t: 'wait', until: Promise.race(unsettled.map((session) => session.change())) }
      : { t: 'open' };
  }

  return {
    choose,
    add: (socket, opener) => void all.push({ session: createHttp2Session(socket, o), opener }),
    manageWithout(opener) {
      aloneUntil = clock.now() + PATIENCE_MS;
      return usable(opener).some(({ streams, limit }) => streams < limit);
    },
    close() {
      for (const { session } of all) session.destroy();
      all = [];
    },
  };
}
