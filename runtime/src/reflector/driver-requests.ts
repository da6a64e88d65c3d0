import type { ClusterInternals } from '../cluster-internals.js';
import { answeredError } from '../client/http-error.js';
import { KubeError } from '../errors.js';
import { orAborted } from '../io/or-aborted.js';
import type { TransportResponse } from '../io/transport.js';
import { copyOf } from '../wire/bytes.js';
import { createLineSplitter } from '../wire/lines.js';
import { createListScanner } from '../wire/list-scanner.js';
import type { RawObject } from '../wire/raw-object.js';
import { WireError } from '../wire/wire-error.js';
import { failureOfAnswer, failureOfError } from './failure-of-error.js';
import type { Call, Failure, Input, ListQuery, WatchQuery } from './protocol.js';
import { acceptHeader, listPath, probePath, watchPath, type Selection } from './selection.js';
import { workTurns } from './work-turns.js';

/** Bytes are read in pieces of this size, so that one chunk never holds the event loop. */
const PIECE_BYTES = 65_536;

/** What requests need of the driver. */
export interface RequestHost {
  readonly internals: ClusterInternals;
  readonly server: string;
  readonly selection: Selection;
  readonly maxLineBytes: number;
  /** Whether anybody still waits for this request. */
  wants(call: Call): boolean;
  tell(input: Input): void;
  /** One item of a list; valid during the call. False for an object of another kind. */
  item(call: Call, raw: RawObject): boolean;
  /** So many items of a list have no name to be kept under. */
  skipped(count: number): void;
  /** One line of a watch; valid during the call. */
  line(call: Call, bytes: Uint8Array, start: number, end: number): void;
  /** Set while the driver cannot take more: a commit is running. */
  busy(): Promise<void> | undefined;
  /** New credentials that are being made (E7). */
  refreshing(): Promise<unknown> | undefined;
}

/** Makes one page of a list. Never rejects: it ends in `page` or `listFail`. */
export async function list(host: RequestHost, o: { call: Call; query: ListQuery; signal: AbortSignal }): Promise<void> {
  const { call, signal } = o;
  try {
    const path = listPath(host.selection, o.query);
    const response = await get(host, { path, accept: acceptHeader(host.selection, 'list'), signal });
    if (response.status !== 200) {
      return host.tell({ t: 'listFail', call, failure: await answered(host, { response, path }) });
    }
    const scanner = createListScanner({ maxItemBytes: host.maxLineBytes });
    let own = 0;
    let foreign = 0;
    const onItem = (raw: RawObject): void => {
      if (host.item(call, raw)) own += 1;
      else foreign += 1;
    };
    await pump(host, { call, body: response.body, feed: (piece) => scanner.feed(piece, onItem) });
    if (!host.wants(call)) return;
    const { kind, resourceVersion, continue: next, skipped } = scanner.end();
    // Else the list of something else would empty the cache.
    if (own === 0 && foreign > 0) throw notThisList(kind);
    host.skipped(skipped);
    host.tell({ t: 'page', call, resourceVersion, continue: next });
  } catch (error) {
    host.tell({ t: 'listFail', call, failure: failureOfError(error, 'unavailable') });
  }
}

function notThisList(kind: string | undefined): WireError {
  const what = kind === undefined ? 'the list' : `the ${kind.slice(0, 40)}`;
  return new WireError('not-a-list', `${what} holds nothing but objects of another kind`);
}

/** Asks for the server's version (R12). Never rejects: it ends in `probed` or `listFail`. */
export async function probe(host: RequestHost, o: { call: Call; signal: AbortSignal }): Promise<void> {
  const { call, signal } = o;
  try {
    const path = probePath(host.selection);
    const response = await get(host, { path, accept: acceptHeader(host.selection, 'probe'), signal });
    if (response.status !== 200) {
      return host.tell({ t: 'listFail', call, failure: await answered(host, { response, path }) });
    }
    const scanner = createListScanner({ maxItemBytes: host.maxLineBytes });
    await pump(host, { call, body: response.body, feed: (piece) => scanner.feed(piece, () => undefined) });
    if (!host.wants(call)) return;
    const { resourceVersion } = scanner.end();
    host.tell({ t: 'probed', call, resourceVersion });
  } catch (error) {
    host.tell({ t: 'listFail', call, failure: failureOfError(error, 'unavailable') });
  }
}

/** Opens a watch and reads it to its end. Never rejects: it ends in `openFail` or `closed`. */
export async function watch(
  host: RequestHost,
  o: { call: Call; query: WatchQuery; signal: AbortSignal },
): Promise<void> {
  const { call, signal } = o;
  let response: TransportResponse;
  try {
    const path = watchPath(host.selection, o.query);
    response = await get(host, { path, accept: acceptHeader(host.selection, 'watch'), signal });
    if (response.status !== 200) {
      return host.tell({ t: 'openFail', call, failure: await answered(host, { response, path }) });
    }
  } catch (error) {
    return host.tell({ t: 'openFail', call, failure: failureOfError(error, 'unavailable') });
  }
  host.tell({ t: 'opened', call });
  try {
    await pumpLines(host, { call, body: response.body });
    host.tell({ t: 'closed', call });
  } catch (error) {
    host.tell({ t: 'closed', call, failure: failureOfError(error, 'reset') });
  }
}

async function get(
  host: RequestHost,
  o: { path: string; accept: string; signal: AbortSignal },
): Promise<TransportResponse> {
  const refreshing = host.refreshing();
  if (refreshing !== undefined) await orAborted(refreshing, o.signal);
  if (o.signal.aborted) throw new KubeError('aborted', 'nobody waits for this request any more');
  return host.internals.send({ method: 'GET', path: o.path, headers: { accept: o.accept }, signal: o.signal });
}

/** The failure in an answer with an error status. */
async function answered(host: RequestHost, o: { response: TransportResponse; path: string }): Promise<Failure> {
  const { internals, server } = host;
  return failureOfAnswer(await answeredError(o.response, { internals, server, method: 'GET', path: o.path }));
}

/** Reads a watch line by line. While the driver is busy with a commit, the lines of the piece at hand wait, copied. */
async function pumpLines(host: RequestHost, o: { call: Call; body: AsyncIterable<Uint8Array> }): Promise<void> {
  const { call } = o;
  const splitter = createLineSplitter({ maxLineBytes: host.maxLineBytes });
  let held: Uint8Array[] = [];
  const feed = (piece: Uint8Array): void => {
    splitter.feed(piece, (bytes, start, end) => {
      if (!host.wants(call)) return;
      if (held.length > 0 || host.busy() !== undefined) held.push(copyOf(bytes, start, end));
      else host.line(call, bytes, start, end);
    });
  };
  const settle = (): Promise<void> | undefined => (held.length === 0 ? undefined : release());
  const release = async (): Promise<void> => {
    while (held.length > 0 && host.wants(call)) {
      await host.busy();
      const lines = held;
      held = [];
      for (const line of lines) {
        if (held.length > 0 || host.busy() !== undefined) held.push(line);
        else if (host.wants(call)) host.line(call, line, 0, line.length);
      }
    }
  };
  await pump(host, { call, body: o.body, feed, settle });
}

interface Pumping {
  readonly call: Call;
  readonly body: AsyncIterable<Uint8Array>;
  readonly feed: (piece: Uint8Array) => void;
  /** What must be waited for before the next piece; mostly nothing, which then costs nothing. */
  readonly settle?: () => Promise<void> | undefined;
}

/** Feeds a body piece by piece, and gives the event loop back after some milliseconds of it (L14). Leaves it when nobody wants it any more. */
async function pump(host: RequestHost, { call, body, feed, settle }: Pumping): Promise<void> {
  const { clock } = host.internals;
  const turns = workTurns(clock);
  for await (const chunk of body) {
    if (!host.wants(call)) return;
    host.tell({ t: 'bytes', call });
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const began = clock.now();
      feed(chunk.length <= PIECE_BYTES ? chunk : chunk.subarray(at, at + PIECE_BYTES));
      turns.worked(clock.now() - began);
      const settled = settle?.();
      if (settled !== undefined) await settled;
      if (turns.spent) await turns.next();
      if (!host.wants(call)) return;
    }
  }
}
