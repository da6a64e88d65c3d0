import { objectKey } from '../resource.js';
import { BACKSLASH, COMMA, OPEN_BRACE, QUOTE, readString, skipSpace, skipValue, walkObject } from './json-scan.js';
import { type ByteRange, type MemberOrder, MEMBERS, type RawObject } from './raw-object.js';
import { createSharedText } from './shared-text.js';
import { WireError } from './wire-error.js';

/** An object and where it ends. `raw` is `undefined` for one without a usable name: it cannot be kept, only counted. */
export interface ScannedObject {
  readonly raw: RawObject | undefined;
  readonly end: number;
}

/** What the walk has found so far. */
interface Head {
  apiVersion: string | undefined;
  kind: string | undefined;
  name: string;
  namespace: string | undefined;
  uid: string;
  resourceVersion: string;
  managedFields: ByteRange | undefined;
  metadata: ByteRange | undefined;
  order: MemberOrder;
  spec: ByteRange | undefined;
  status: ByteRange | undefined;
}

const METADATA_KEYS = ['name', 'namespace', 'uid', 'resourceVersion', 'managedFields'] as const;

// The same few texts stand in each object.
const sharedText = createSharedText();

/**
 * Reads the object that starts at `at` in one pass: what it is, who it is, and that it is JSON to its end. Keys may come in any
 * order; only those at their right depth count. Throws a `WireError` (`decode`), `endOfBytes` when the bytes end first.
 */
export function scanObject(bytes: Uint8Array, at: number, limit: number): ScannedObject {
  const head: Head = {
    apiVersion: undefined,
    kind: undefined,
    name: '',
    namespace: undefined,
    uid: '',
    resourceVersion: '',
    managedFields: undefined,
    metadata: undefined,
    order: 0,
    spec: undefined,
    status: undefined,
  };
  let isPlain = true;
  const end = walkObject(bytes, { at, end: limit }, (key, value) => {
    const name = keyAmong(MEMBERS, bytes, key);
    if (name === undefined || head[name] !== undefined) isPlain = false;
    else head.order = head.order * 10 + MEMBERS.indexOf(name) + 1;
    if (name === 'metadata') {
      if (bytes[value] !== OPEN_BRACE) isPlain = false;
      return readMetadata(bytes, { at: value, end: limit }, head);
    }
    const to = skipValue(bytes, value, limit);
    if (name === 'spec' || name === 'status') head[name] = { start: value, end: to };
    else if (name !== undefined && bytes[value] === QUOTE) head[name] = sharedText(bytes, value, to);
    else isPlain = false;
    return to;
  });
  const { metadata, name, namespace } = head;
  if (metadata === undefined || !isUsable(name) || !isUsable(namespace ?? 'none')) return { raw: undefined, end };
  const raw: RawObject = {
    bytes,
    start: at,
    end,
    apiVersion: head.apiVersion,
    kind: head.kind,
    key: objectKey(name, namespace),
    name,
    namespace,
    uid: head.uid,
    resourceVersion: head.resourceVersion,
    metadata,
    managedFields: head.managedFields,
    order: isPlain ? head.order : 0,
    spec: isPlain ? head.spec : undefined,
    status: isPlain ? head.status : undefined,
  };
  return { raw, end };
}

/** The value of `metadata` in a whole object that stands in `[start, end)`, when it is an object itself. */
export function findMetadata(bytes: Uint8Array, start: number, end: number): ByteRange | undefined {
  let metadata: ByteRange | undefined;
  walkObject(bytes, { at: start, end }, (key, value) => {
    const to = skipValue(bytes, value, end);
    if (keyAmong(METADATA_KEY, bytes, key) !== undefined && bytes[value] === OPEN_BRACE)
      metadata = { start: value, end: to };
    return to;
  });
  return metadata;
}

/** The value of `labels` in the metadata that stand in `[start, end)`; `undefined` when there is none. */
export function findLabels(bytes: Uint8Array, start: number, end: number): ByteRange | undefined {
  let labels: ByteRange | undefined;
  walkObject(bytes, { at: start, end }, (key, value) => {
    const to = skipValue(bytes, value, end);
    if (keyAmong(LABELS_KEY, bytes, key) !== undefined) labels = { start: value, end: to };
    return to;
  });
  return labels;
}

const METADATA_KEY = ['metadata'] as const;
const LABELS_KEY = ['labels'] as const;

/** A slash would make two objects share one key. */
function isUsable(name: string): boolean {
  return name !== '' && !name.includes('/');
}

function readMetadata(bytes: Uint8Array, range: { at: number; end: number }, head: Head): number {
  if (bytes[range.at] !== OPEN_BRACE) return skipValue(bytes, range.at, range.end);
  // The parse would see the last of two, and this the first.
  if (head.metadata !== undefined) throw new WireError('decode', 'an object has metadata twice');
  let previousEnd = range.at + 1;
  const end = walkObject(bytes, range, (key, value) => {
    const to = skipValue(bytes, value, range.end);
    const name = keyAmong(METADATA_KEYS, bytes, key);
    if (name === 'managedFields') {
      if (head.managedFields !== undefined) throw new WireError('decode', 'an object has managedFields twice');
      head.managedFields = cutRange(bytes, { start: key.start, end: to, previousEnd, limit: range.end });
    } else if (name !== undefined && bytes[value] === QUOTE) {
      head[name] = name === 'namespace' ? sharedText(bytes, value, to) : readString(bytes, value, to);
    }
    previousEnd = to;
    return to;
  });
  head.metadata = { start: range.at, end };
  return end;
}

/** The member together with the comma after it, or, for the last member, the comma before it. */
function cutRange(
  bytes: Uint8Array,
  member: { start: number; end: number; previousEnd: number; limit: number },
): ByteRange {
  const after = skipSpace(bytes, member.end, member.limit);
  return after < member.limit && bytes[after] === COMMA
    ? { start: member.start, end: after + 1 }
    : { start: member.previousEnd, end: member.end };
}

/** Which of `names` the key is. Compares bytes: nearly all keys are none of them, and need not become strings. */
function keyAmong<N extends string>(names: readonly N[], bytes: Uint8Array, key: ByteRange): N | undefined {
  const length = key.end - key.start - 2;
  for (const name of names) if (name.length === length && stands(name, bytes, key.start + 1)) return name;
  for (let i = key.start + 1; i < key.end; i += 1) {
    if (bytes[i] !== BACKSLASH) continue;
    const text = readString(bytes, key.start, key.end);
    return names.find((name) => name === text);
  }
  return undefined;
}

function stands(text: string, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
