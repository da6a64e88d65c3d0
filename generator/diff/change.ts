/** How code uses a type: it reads objects that the API server returns, or writes manifests. */
export const uses = ['reads', 'writes'] as const;
export type Use = (typeof uses)[number];

/** What happened at a place. */
export type ChangeType =
  | 'kind-added'
  | 'kind-removed'
  | 'version-added'
  | 'version-removed'
  | 'definition'
  | 'field-added'
  | 'field-removed'
  | 'now-required'
  | 'now-optional'
  | 'type'
  | 'now-open'
  | 'now-closed'
  | 'combination';

/** A type as it stands in code, and whether the field may be missing. */
export interface TypeText {
  readonly type: string;
  readonly optional: boolean;
}

/** A version of a kind. */
export interface KindVersion {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Only where several resources have this kind: which one it is. */
  readonly plural?: string;
}

/** One change of one kind, for people who use its types. */
export interface Change extends KindVersion {
  /** Where in the object: `spec.rules[].backend.port`, `spec.labels.*` for the values of a map. Empty: the kind itself. */
  readonly path: string;
  readonly change: ChangeType;
  /** Which code no longer compiles, or no longer works; empty for a safe change. */
  readonly breaks: readonly Use[];
  /** What was there; missing where there was nothing. */
  readonly old?: TypeText;
  /** What is there now; missing where there is nothing. */
  readonly new?: TypeText;
  /** What to do about it, in a sentence. */
  readonly advice: string;
}

/** Whether any code breaks. */
export function isBreaking({ breaks }: Pick<Change, 'breaks'>): boolean {
  return breaks.length > 0;
}
