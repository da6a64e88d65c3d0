import { byText } from '../../../by-text.js';
import { field, type JsonMap } from '../../json-value.js';
import type { Bounded } from './declared-sizes.js';
import { placeText } from './place-text.js';

/** What something costs with other bounds than its schema has; undefined where that is not certain. */
export type CostWith = (bounds: ReadonlyMap<JsonMap, number>) => number | undefined;

const mostNamed = 6;
/** Of so many bounds each is tried alone. */
const mostTried = 12;
/** One bound alone is asked for where it may be as large as this: names have so many characters. */
const roomy = 253;

/** Bounds, and the largest value for each of them that is good. */
interface Fitting {
  readonly these: readonly Bounded[];
  readonly most: number;
}

/**
 * Which bounds make something cost no more than a limit, and how large they may be, as a sentence. Those that are missing come first,
 * and one alone where it leaves room. Undefined where no bounds do it.
 */
export function boundsThatFit(asked: readonly Bounded[], costWith: CostWith, limit: number): string | undefined {
  const fit = (these: readonly Bounded[]): Fitting => {
    const isGood = (bound: number): boolean => {
      const cost = costWith(new Map(these.map(({ node }) => [node, bound])));
      return cost !== undefined && cost <= limit;
    };
    return { these, most: largest(isGood) };
  };
  const isOpen = ({ node, key }: Bounded): boolean => field(node, key) === undefined;
  for (const these of [asked.filter(isOpen), asked.filter((one) => !isOpen(one)), asked]) {
    const alone = these.slice(0, mostTried).map((one) => fit([one]));
    const best = alone.reduce((a, b) => (b.most > a.most ? b : a), { these, most: 0 });
    const found = best.most >= roomy ? best : fit(these);
    if (found.most > 0) return inWords(found.most > best.most ? found : best);
  }
  return undefined;
}

/** The largest bound that is good, up to a million; 0 where none is. */
function largest(isGood: (bound: number) => boolean): number {
  if (!isGood(1)) return 0;
  let good = 1;
  let bad = 1_000_001;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isGood(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** `maxItems: 10 at spec.a`, with what is there now. */
function inWords({ these, most }: Fitting): string {
  const named = these.map(({ node, key, place, steps }) => ({
    key,
    where: placeText(place, steps),
    now: field(node, key),
  }));
  const tighter = named.filter(({ now }) => typeof now !== 'number' || now > most);
  const parts = tighter
    .sort((a, b) => byText(a.where, b.where))
    .slice(0, mostNamed)
    .map(({ key, where, now }) => `${key}: ${most} at ${where}${typeof now === 'number' ? ` (now ${now})` : ''}`);
  if (tighter.length > mostNamed) parts.push(`as much at ${tighter.length - mostNamed} more`);
  const last = parts.pop() ?? '';
  return `It is cheap enough with ${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}.`;
}
