import { joinSizes, type Size } from './size.js';

/** What is known of the keys and values of a map, or of the items of a list. */
export interface Entries {
  readonly isList: boolean;
  readonly key: Size;
  readonly value: Size;
}

/** The entries of something that has those of either of two. */
export function joinEntries(a: Entries | undefined, b: Entries | undefined): Entries | undefined {
  if (a === undefined || b === undefined) return undefined;
  return { isList: a.isList, key: joinSizes(a.key, b.key), value: joinSizes(a.value, b.value) };
}
