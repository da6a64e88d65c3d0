import type { CheckedType } from '../tools/ts-morph.js';
import type { Use } from './change.js';
import { compareObjects } from './compare-objects.js';
import { accepts, at, partsOf, textOf, type Comparer, type Comparison, type Finding, type Types } from './finding.js';

/** Compares old types with new ones for one use, place by place. One object serves one use of one program. */
export class TypeComparer implements Comparer {
  readonly use: Use;
  readonly #known = new Map<string, Comparison | 'open'>();

  constructor(use: Use) {
    this.use = use;
  }

  compare(old: Types, now: Types): Comparison {
    const key = `${old.map(({ id }) => id).join()}:${now.map(({ id }) => id).join()}`;
    const known = this.#known.get(key);
    // A type that contains itself: what is wrong with it is found further up.
    if (known === 'open') return { findings: [], explains: true };
    if (known !== undefined) return known;
    this.#known.set(key, 'open');
    const result = this.#compare(old, now);
    this.#known.set(key, result);
    return result;
  }

  /** Code for the old types meets the new ones: objects come from the new side, manifests from the old one. */
  #direction<T>(old: T, now: T): { readonly from: T; readonly to: T } {
    return this.use === 'reads' ? { from: now, to: old } : { from: old, to: now };
  }

  #compare(old: Types, now: Types): Comparison {
    const before = partsOf(old);
    const after = partsOf(now);
    if (before.length === after.length && before.every((part) => after.includes(part)))
      return { findings: [], explains: false };
    const inside: Comparison[] = [];
    const paired = new Set<CheckedType>();
    for (const shape of ['object', 'array'] as const) {
      const [olds, news] = [before, after].map((parts) => parts.filter((part) => part.shape === shape));
      if (olds === undefined || news === undefined || olds.length === 0 || news.length === 0) continue;
      for (const part of [...olds, ...news]) paired.add(part);
      inside.push(
        shape === 'object'
          ? compareObjects(olds, news, this)
          : at('[]', this.compare(olds.flatMap(itemsOf), news.flatMap(itemsOf))),
      );
    }
    const findings = inside.flatMap((one) => one.findings);
    const explains = inside.some((one) => one.explains);
    const own = this.#ownFinding({ old, now, before, after, paired, isExplained: explains || findings.length > 0 });
    if (own === undefined) return { findings, explains };
    return { findings: [own, ...findings], explains: explains || own.isBreaking };
  }

  /** What changed here and not further down. */
  #ownFinding({ old, now, before, after, paired, isExplained }: Place): Finding | undefined {
    const texts = { path: '', old: textOf(old), new: textOf(now) };
    const [plainBefore, plainAfter] = [before, after].map((parts) => parts.filter((part) => !paired.has(part)));
    const fits = this.#direction(
      { parts: before, plain: plainBefore, all: old },
      { parts: after, plain: plainAfter, all: now },
    );
    const refused = (parts: Types = [], types: Types): boolean => !parts.every((part) => accepts(types, part));
    const isBreaking = refused(fits.from.plain, fits.to.all);
    if (isBreaking || refused(fits.to.plain, fits.from.all)) {
      const gained = without(after, before);
      const lost = without(before, after);
      return { ...texts, change: 'type', isBreaking, gained, lost };
    }
    if (isExplained) return undefined;
    // Nothing further down tells why, so it is how fields go together.
    if (refused(fits.from.parts, fits.to.all)) return { ...texts, change: 'combination', isBreaking: true };
    if (refused(fits.to.parts, fits.from.all)) return { ...texts, change: 'combination', isBreaking: false };
    return undefined;
  }
}

interface Place {
  readonly old: Types;
  readonly now: Types;
  readonly before: Types;
  readonly after: Types;
  /** The parts that were compared from inside. */
  readonly paired: ReadonlySet<CheckedType>;
  readonly isExplained: boolean;
}

function itemsOf({ items }: CheckedType): Types {
  return items === undefined ? [] : [items];
}

function without(parts: Types, others: Types): string[] {
  const known = new Set(others.map(({ text }) => text));
  return parts.map(({ text }) => text).filter((text) => !known.has(text));
}
