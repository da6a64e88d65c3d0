import { fastScan } from './fast-scan.js';
import { OPEN_BRACE, parseJson, QUOTE, readString, skipSpace, skipValue, walkObject } from './json-scan.js';
import type { RawObject } from './raw-object.js';
import { type ScannedObject, scanObject } from './read-raw-object.js';
import { WireError } from './wire-error.js';

interface ErrorCause {
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** What is read of a `Status`, to class a failure. */
export interface ErrorStatus {
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly causes: readonly ErrorCause[];
}

/** The type of a watch event that carries an object. */
export type ObjectEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One line of a watch. */
export type WatchEvent =
  | { readonly t: 'object'; readonly type: ObjectEventType; readonly raw: RawObject }
  /** `initialEventsEnd`: the whole set of a streaming list was told (L3). */
  | {
      readonly t: 'bookmark';
      readonly apiVersion?: string | undefined;
      readonly kind?: string | undefined;
      readonly resourceVersion: string;
      readonly initialEventsEnd: boolean;
    }
  | { readonly t: 'error'; readonly status: ErrorStatus }
  /** An unknown type, a Table, an object without name or version: an anomaly to count (W13). */
  | { readonly t: 'skipped'; readonly why: string };

/** Reads the event in `[start, end)`. Throws a `WireError` (`decode`) when it is no JSON object of that shape. */
export function decodeWatchEvent(bytes: Uint8Array, start: number, end: number): WatchEvent {
  const fast = fastScan()?.event(bytes, start, end);
  return fast === undefined ? walkWatchEvent(bytes, start, end) : objectEvent(fast.type, fast.raw);
}

/** As `decodeWatchEvent`, for any form of event: what is right is decided here. */
export function walkWatchEvent(bytes: Uint8Array, start: number, end: number): WatchEvent {
  let type: string | undefined;
  let object: { start: number; scanned: ScannedObject } | undefined;
  const after = walkObject(bytes, { at: skipSpace(bytes, start, end), end }, (key, value) => {
    const name = readString(bytes, key.start, key.end);
    if (name === 'object' && bytes[value] === OPEN_BRACE) {
      const scanned = scanObject(bytes, value, end);
      object = { start: value, scanned };
      return scanned.end;
    }
    const to = skipValue(bytes, value, end);
    if (name === 'type' && bytes[value] === QUOTE) type = readString(bytes, value, to);
    return to;
  });
  if (skipSpace(bytes, after, end) !== end) throw new WireError('decode', 'something follows a watch event');
  if (type !== undefined && object !== undefined) return eventOf(type, bytes, object);
  if (type === 'ERROR') return { t: 'error', status: readErrorStatus(undefined) };
  if (type !== undefined && !TYPES.has(type)) return unknownType(type);
  throw new WireError('decode', 'a watch event has no type or no object');
}

const TYPES: ReadonlySet<string> = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']);

function unknownType(type: string): WatchEvent {
  return { t: 'skipped', why: `an event of the unknown type ${JSON.stringify(type.slice(0, 40))}` };
}

function eventOf(type: string, bytes: Uint8Array, object: { start: number; scanned: ScannedObject }): WatchEvent {
  const { start, scanned } = object;
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return objectEvent(type, scanned.raw);
    case 'BOOKMARK':
      return bookmark(parseJson(bytes, start, scanned.end));
    case 'ERROR':
      return { t: 'error', status: readErrorStatus(parseJson(bytes, start, scanned.end)) };
    default:
      return unknownType(type);
  }
}

function objectEvent(type: ObjectEventType, raw: RawObject | undefined): WatchEvent {
  if (raw === undefined) return { t: 'skipped', why: 'an object without a usable name' };
  if (raw.kind === 'Table' || raw.kind === 'Status')
    return { t: 'skipped', why: `an event with a ${raw.kind} instead of an object` };
  if (raw.resourceVersion === '') return { t: 'skipped', why: 'an object without resourceVersion' };
  return { t: 'object', type, raw };
}

function bookmark(object: unknown): WatchEvent {
  const metadata = field(object, 'metadata');
  const resourceVersion = field(metadata, 'resourceVersion');
  if (typeof resourceVersion !== 'string' || resourceVersion === '')
    return { t: 'skipped', why: 'a bookmark without resourceVersion' };
  // Only exactly "true" ends the initial events: the annotation may be there with another value (L3).
  const initialEventsEnd = field(field(metadata, 'annotations'), 'k8s.io/initial-events-end') === 'true';
  return {
    t: 'bookmark',
    apiVersion: text(object, 'apiVersion'),
    kind: text(object, 'kind'),
    resourceVersion,
    initialEventsEnd,
  };
}

/** What is usable of a parsed `Status`; anything else becomes an empty one. */
export function readErrorStatus(value: unknown): ErrorStatus {
  const code = field(value, 'code');
  const details = field(value, 'details');
  const retryAfterSeconds = field(details, 'retryAfterSeconds');
  const causes = field(details, 'causes');
  return {
    code: typeof code === 'number' && Number.isFinite(code) ? code : undefined,
    reason: text(value, 'reason'),
    message: text(value, 'message'),
    retryAfterSeconds: typeof retryAfterSeconds === 'number' && retryAfterSeconds >= 0 ? retryAfterSeconds : undefined,
    causes: Array.isArray(causes) ? causes.map(readCause) : [],
  };
}

function readCause(value: unknown): ErrorCause {
  return { reason: text(value, 'reason'), message: text(value, 'message') };
}

function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** An own property of something that may be no object. */
function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
