import type { ByteRange, MemberOrder, RawObject } from '../wire/raw-object.js';

/** What is kept of the objects that a server sends. */
export interface LeanOptions {
  readonly apiVersion: string;
  readonly kind: string;
  /** Keep `metadata.managedFields`. */
  readonly managedFields: boolean;
  /** Keep nothing but apiVersion, kind and metadata. */
  readonly metadataOnly: boolean;
}

/** The parts of an object that are kept, in order: all that is needed to copy it. */
export interface LeanParts {
  readonly prefix: Uint8Array;
  readonly ranges: readonly ByteRange[];
  readonly suffix: Uint8Array;
  readonly length: number;
  /** The order of the members that are kept; 0 when some are others, or its kind is not the one that was asked for. */
  readonly order: MemberOrder;
}

const utf8 = new TextEncoder();
const NOTHING = new Uint8Array(0);
const CLOSE = utf8.encode('}');

/**
 * Makes a function that says which bytes of an object are kept: `managedFields` is left out before anything is parsed, and the
 * apiVersion and kind that items of a list lack are put in front, where the API server prints them.
 */
export function createLeanParts(o: LeanOptions): (raw: RawObject) => LeanParts {
  const typeMeta = `{"kind":${JSON.stringify(o.kind)},"apiVersion":${JSON.stringify(o.apiVersion)},`;
  const withTypeMeta = utf8.encode(typeMeta);
  const beforeMetadata = utf8.encode(`${typeMeta}"metadata":`);
  return (raw) => {
    const { metadata, managedFields, start, end } = raw;
    const cut = o.managedFields ? undefined : managedFields;
    if (o.metadataOnly) return parts(beforeMetadata, cutOut(metadata, cut), CLOSE, 123);
    const { kind, apiVersion, order } = raw;
    if (kind !== undefined && apiVersion !== undefined) {
      const isAsked = kind === o.kind && apiVersion === o.apiVersion;
      return parts(NOTHING, cutOut({ start, end }, cut), NOTHING, isAsked ? order : 0);
    }
    const hasNeither = order !== 0 && kind === undefined && apiVersion === undefined;
    const ordered = hasNeither ? Number(`12${order}`) : 0;
    return parts(withTypeMeta, cutOut({ start: start + 1, end }, cut), NOTHING, ordered);
  };
}

/** Writes the kept bytes to `target` from `at` on. */
export function writeLean(parts: LeanParts, bytes: Uint8Array, to: { target: Uint8Array; at: number }): void {
  const { target } = to;
  let { at } = to;
  target.set(parts.prefix, at);
  at += parts.prefix.length;
  for (const { start, end } of parts.ranges) {
    target.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  target.set(parts.suffix, at);
}

function cutOut(range: ByteRange, cut: ByteRange | undefined): readonly ByteRange[] {
  if (cut === undefined) return [range];
  return [
    { start: range.start, end: cut.start },
    { start: cut.end, end: range.end },
  ];
}

function parts(prefix: Uint8Array, ranges: readonly ByteRange[], suffix: Uint8Array, order: MemberOrder): LeanParts {
  let length = prefix.length + suffix.length;
  for (const { start, end } of ranges) length += end - start;
  return { prefix, ranges, suffix, length, order };
}
