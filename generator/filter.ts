import type { Diagnostic } from './diagnostics.js';
import { didYouMean } from './did-you-mean.js';

/** Which resources a run takes: `--include` and `--exclude`. */
export interface ResourceFilter {
  /** Whether there is no pattern at all. */
  readonly takesAll: boolean;
  takes(resource: { readonly group: string; readonly version: string; readonly kind: string }): boolean;
  /** Whether any kind of a version of a group can be taken; a pattern that leaves all of them out counts as used. */
  takesSome(groupVersion: { readonly group: string; readonly version: string }): boolean;
  /** Patterns that never matched anything, as they were written, and what each probably misspells of what was asked about. */
  unused(): { readonly text: string; readonly near: string | undefined }[];
}

/** Warnings about patterns that never matched anything. */
export function unusedPatterns(filter: ResourceFilter): Diagnostic[] {
  return filter.unused().map(({ text, near }) => ({
    severity: 'warning',
    message: `the pattern ${JSON.stringify(text)} matches no resource`,
    ...(near === undefined ? {} : { hint: `Did you mean ${JSON.stringify(near)}?` }),
  }));
}

/** A pattern that is neither `group/Kind` nor `group/version/Kind`. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

interface Pattern {
  readonly text: string;
  readonly group: RegExp;
  readonly version: RegExp;
  readonly kind: RegExp;
  /** Whether its kind is `*`. */
  readonly isEveryKind: boolean;
  used: boolean;
}

/**
 * Compiles patterns on `group/Kind` or `group/version/Kind`. `*` stands for any text and `?` for one character of one part; the core
 * group is `core`. Throws a `PatternError`.
 */
export function createFilter(o: {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}): ResourceFilter {
  const include = (o.include ?? []).map(compile);
  const exclude = (o.exclude ?? []).map(compile);
  /** The kinds that were asked about, by their groups. */
  const asked = new Map<string, Set<string>>();
  const kindsOf = (group: string): Set<string> => {
    const kinds = asked.get(group) ?? new Set();
    asked.set(group, kinds);
    return kinds;
  };
  return {
    takesAll: include.length === 0 && exclude.length === 0,
    takes: ({ group: given, version, kind }) => {
      const group = given === '' ? 'core' : given;
      kindsOf(group).add(kind);
      const matches = (pattern: Pattern): boolean => {
        const found = pattern.group.test(group) && pattern.version.test(version) && pattern.kind.test(kind);
        pattern.used ||= found;
        return found;
      };
      // Both lists are asked in full, so that every pattern that matches counts as used.
      const included = include.filter(matches).length > 0 || include.length === 0;
      const excluded = exclude.filter(matches).length > 0;
      return included && !excluded;
    },
    takesSome: ({ group: given, version }) => {
      const group = given === '' ? 'core' : given;
      kindsOf(group);
      const matches = (pattern: Pattern): boolean => pattern.group.test(group) && pattern.version.test(version);
      const excluding = exclude.filter((pattern) => pattern.isEveryKind && matches(pattern));
      for (const pattern of excluding) pattern.used = true;
      return excluding.length === 0 && (include.length === 0 || include.some(matches));
    },
    unused: () =>
      [...include, ...exclude].filter(({ used }) => !used).map(({ text }) => ({ text, near: nearest(text, asked) })),
  };
}

/** The same pattern with the group that is there, or with the kind that its group has, in the place of a misspelled one. */
function nearest(text: string, asked: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const [group = '', ...rest] = text.split('/');
  const kinds = asked.get(group);
  const [word, known] = kinds === undefined ? [group, asked.keys()] : [rest.at(-1) ?? '', kinds];
  const found = /[*?]/.test(word) ? undefined : didYouMean(word, known);
  // The kind itself is there: then it is the version that is not.
  if (found === undefined || found === word) return undefined;
  return (kinds === undefined ? [found, ...rest] : [group, ...rest.slice(0, -1), found]).join('/');
}

function compile(text: string): Pattern {
  const parts = text.split('/');
  const [group, second, third] = parts;
  if (parts.length > 3 || parts.includes('') || group === undefined || second === undefined) {
    throw new PatternError(
      `the pattern ${JSON.stringify(text)} must be group/Kind or group/version/Kind, for example cert-manager.io/*`,
    );
  }
  return {
    text,
    group: glob(group),
    version: glob(third === undefined ? '*' : second),
    kind: glob(third ?? second),
    isEveryKind: /^\*+$/.test(third ?? second),
    used: false,
  };
}

function glob(part: string): RegExp {
  const source = part
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
