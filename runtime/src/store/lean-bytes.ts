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

/** What is kept of an object: all of it, or what is before and what is after one range that is left out. */
type KeptRanges = readonly [first: ByteRange, second?: ByteRange];

/** The parts of an object that are kept, in order: all that is needed to copy it. */
export interface LeanParts {
  readonly prefix: Uint8Array;
  readonly ranges: KeptRanges;
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
  const { prefix, ranges, suffix } = parts;
  const [first, second] = ranges;
  const { target, at } = to;
  target.set(prefix, at);
  target.set(bytes.subarray(first.start, first.end), at + prefix.length);
  const next = at + prefix.length + lengthOf(first);
  if (second !== undefined) target.set(bytes.subarray(second.start, second.end), next);
  target.set(suffix, next + lengthOf(second));
}

function cutOut(range: ByteRange, cut: ByteRange | undefined): KeptRanges {
  if (cut === undefined) return [range];
  return [
    { start: range.start, end: cut.start },
    { start: cut.end, end: range.end },
  ];
}

function parts(prefix: Uint8Array, ranges: KeptRanges, suffix: Uint8Array, order: MemberOrder): LeanParts {
  const [first, second] = ranges;
  const length = prefix.length + suffix.length + lengthOf(first) + lengthOf(second);
  return { prefix, ranges, suffix, length, order };
}

function lengthOf(range: ByteRange | undefined): number {
  return range === undefined ? 0 : range.end - range.start;
}
