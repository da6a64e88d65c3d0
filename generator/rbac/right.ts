import { byText } from '../by-text.js';
import type { CodePlace } from '../tools/code-uses/found.js';

/** A place in the code that needs a right. */
export interface Reason extends CodePlace {
  /** The calls that lead there, where these decide. */
  readonly calledFrom: readonly CodePlace[];
  /** Why it is needed in all namespaces, where it is. */
  readonly note: string | undefined;
  /** Whether that is so only because the namespace is not known. */
  readonly isUnclear: boolean;
  /** The one namespace that it is needed in. */
  readonly namespace: string | undefined;
}

/** A right that the code needs: one verb on one resource. */
export interface Right {
  /** `undefined`: in all namespaces, or the kind has none. */
  readonly namespace: string | undefined;
  readonly group: string;
  /** With its subresource: `foos/status`. */
  readonly resource: string;
  readonly verb: string;
  /** The objects it is needed for, sorted; `undefined`: any. */
  readonly names: readonly string[] | undefined;
  readonly reasons: readonly Reason[];
}

/** A right on a path that is no resource. */
export interface PathRight {
  readonly path: string;
  readonly verb: string;
  readonly reasons: readonly Reason[];
}

/** Everything that the code needs, sorted, each right once. */
export interface Needs {
  readonly rights: readonly Right[];
  readonly paths: readonly PathRight[];
  /** What every authenticated user may do and needs no rule, in words. */
  readonly given: readonly string[];
}

const verbOrder = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** Verbs in the order in which people write them. */
export function sortedVerbs(verbs: Iterable<string>): string[] {
  const rank = (verb: string): number => (verbOrder.includes(verb) ? verbOrder.indexOf(verb) : verbOrder.length);
  return [...new Set(verbs)].sort((a, b) => rank(a) - rank(b) || byText(a, b));
}
