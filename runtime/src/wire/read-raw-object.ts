import { objectKey } from '../resource.js';
import { COMMA, decodeText, OPEN_BRACE, QUOTE, readString, skipValue, walkObject } from './json-scan.js';
import type { ByteRange, RawObject } from './raw-object.js';
import { WireError } from './wire-error.js';

interface Head {
  apiVersion: string | undefined;
  kind: string | undefined;
  name: string;
  namespace: string | undefined;
  uid: string;
  resourceVersion: string;
  managedFields: { start: number; end: number } | undefined;
  metadata: ByteRange | undefined;
}

/**
 * Reads the head of the object in `[start, end)`. Keys may come in any order; only those at their right depth count.
 * Throws a `WireError` (`decode`) for what is no object, and for one without a name.
 */
export function readRawObject(bytes: Uint8Array, start: number, end: number): RawObject {
  const head: Head = {
    apiVersion: undefined,
    kind: undefined,
    name: '',
    namespace: undefined,
    uid: '',
    resourceVersion: '',
    managedFields: undefined,
    metadata: undefined,
  };
  // Built-in kinds and custom resources begin with kind, apiVersion and metadata: the rest is then left to the parse.
  const isEnough = (): boolean =>
    head.metadata !== undefined && head.kind !== undefined && head.apiVersion !== undefined;
  walkObject(bytes, { at: start, end, isEnough }, (key, value) => {
    const to = skipValue(bytes, value, end);
    const name = topKey(bytes, key);
    if (name === 'metadata') readMetadata(bytes, { at: value, end: to }, head);
    else if (name !== undefined && bytes[value] === QUOTE) head[name] = readString(bytes, value, to);
    return to;
  });
  const { metadata, ...rest } = head;
  if (metadata === undefined || head.name === '' || head.name.includes('/')) {
    throw new WireError('decode', 'an object has no metadata or no usable name');
  }
  return { bytes, start, end, ...rest, metadata, key: objectKey(head.name, head.namespace) };
}

/** The object's JSON text, without `managedFields` when they are to be cut. */
export function rawText(raw: RawObject, cutManagedFields: boolean): string {
  const { bytes, start, end, managedFields } = raw;
  if (!cutManagedFields || managedFields === undefined) return decodeText(bytes, start, end);
  return decodeText(bytes, start, managedFields.start) + decodeText(bytes, managedFields.end, end);
}

function readMetadata(bytes: Uint8Array, range: { at: number; end: number }, head: Head): void {
  if (bytes[range.at] !== OPEN_BRACE) throw new WireError('decode', 'metadata is no object');
  head.metadata = { start: range.at, end: range.end };
  let previousEnd = range.at + 1;
  walkObject(bytes, range, (key, value) => {
    const to = skipValue(bytes, value, range.end);
    const name = metadataKey(bytes, key);
    if (name === 'managedFields') {
      head.managedFields = cutRange(bytes, { start: key.start, end: to, previousEnd, limit: range.end });
    } else if (name !== undefined && bytes[value] === QUOTE) {
      head[name] = readString(bytes, value, to);
    }
    previousEnd = to;
    return to;
  });
}

/** The member together with the comma after it, or, for the last member, the comma before it. */
function cutRange(
  bytes: Uint8Array,
  member: { start: number; end: number; previousEnd: number; limit: number },
): { start: number; end: number } {
  for (let i = member.end; i < member.limit; i += 1) {
    const c = bytes[i];
    if (c === COMMA) return { start: member.start, end: i + 1 };
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) break;
  }
  return { start: member.previousEnd, end: member.end };
}

type TopKey = 'apiVersion' | 'kind' | 'metadata';
type MetadataKey = 'name' | 'namespace' | 'uid' | 'resourceVersion' | 'managedFields';

const topKeys: ReadonlyMap<string, TopKey> = new Map([
  ['apiVersion', 'apiVersion'],
  ['kind', 'kind'],
  ['metadata', 'metadata'],
]);
const metadataKeys: ReadonlyMap<string, MetadataKey> = new Map([
  ['name', 'name'],
  ['namespace', 'namespace'],
  ['uid', 'uid'],
  ['resourceVersion', 'resourceVersion'],
  ['managedFields', 'managedFields'],
]);

/** The lengths of the keys we look for, quotes included: most other keys are told apart without making a string. */
function topKey(bytes: Uint8Array, key: { start: number; end: number }): TopKey | undefined {
  const length = key.end - key.start;
  if (length !== 6 && length !== 10 && length !== 12 && !hasEscape(bytes, key)) return undefined;
  return topKeys.get(readString(bytes, key.start, key.end));
}

function metadataKey(bytes: Uint8Array, key: { start: number; end: number }): MetadataKey | undefined {
  const length = key.end - key.start;
  if (length !== 5 && length !== 6 && length !== 11 && length !== 15 && length !== 17 && !hasEscape(bytes, key))
    return undefined;
  return metadataKeys.get(readString(bytes, key.start, key.end));
}

function hasEscape(bytes: Uint8Array, key: { start: number; end: number }): boolean {
  for (let i = key.start; i < key.end; i += 1) if (bytes[i] === 92) return true;
  return false;
}
