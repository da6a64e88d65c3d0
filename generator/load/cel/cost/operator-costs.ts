import { isSameType } from '../types.js';
import type { Argument, CallCost, CostRule, Use } from './cost-rule.js';
import { joinEntries } from './entries.js';
import { addSizes, endless, fixedSize, product, scaled, Uncertain, unknownSize, type Size } from './size.js';

/** Per character of a text that is read once, and of a pattern. */
export const factors = { text: 0.1, pattern: 0.25 };

const known = (argument: Argument | undefined): Size => argument?.size ?? unknownSize;

/** What reading a text once costs. */
const reading = (argument: Argument | undefined): number => scaled(known(argument).max, factors.text);

/** The kind of the first parameter: of a method, what it is called on. */
const kindOf = ({ overload }: Use): string | undefined => overload.params[0]?.kind;

const isOfTexts = (use: Use): boolean => kindOf(use) === 'string' || kindOf(use) === 'bytes';

/** Types of Kubernetes that are compared at once, or as if they had this many characters. */
const opaqueSizes: ReadonlyMap<string, number> = new Map([
  ['net.IP', 1],
  ['net.CIDR', 1],
  ['kubernetes.Quantity', 1],
  ['kubernetes.Semver', 1],
  ['kubernetes.NamedFormat', 64],
]);

const equals: CostRule = (use) => {
  const [left, right] = use.args;
  if (left === undefined || right === undefined || !isSameType(left.type, right.type)) return compares(use);
  const { name } = left.type;
  const length = name === 'kubernetes.URL' ? (right.size?.max ?? 1) : opaqueSizes.get(name);
  return length === undefined ? compares(use) : { cost: scaled(length, factors.text) };
};

/** As much as the shorter of both has. */
function compares({ args: [left, right] }: Use): CallCost {
  return { cost: scaled(Math.min(known(left).max, known(right).max), factors.text) };
}

const ordered: CostRule = (use) => (isOfTexts(use) ? compares(use) : undefined);

const plus: CostRule = (use) => {
  const isList = kindOf(use) === 'list';
  if (!isList && !isOfTexts(use)) return undefined;
  const [left, right] = use.args;
  const size = addSizes(known(left), known(right));
  use.learned.setEntries(use.call, joinEntries(use.learned.entriesOf(left), use.learned.entriesOf(right)));
  return { cost: isList ? 1 : scaled(size.max, factors.text), size };
};

const matches: CostRule = ({ target, args }) => {
  const [text, pattern] = target === undefined ? args : [target, args[0]];
  const cost = scaled(addSizes(known(text), fixedSize(1)).max, factors.text);
  return { cost: product(cost, scaled(known(pattern).max, factors.pattern)) };
};

/** A size that the API server counts past the end of its 64 bits. */
function pastTheEnd(max: number, atTheEnd: number): number {
  if (max < endless) throw new Uncertain();
  return atTheEnd;
}

const toBytes: CostRule = (use) => {
  if (kindOf(use) !== 'string') return undefined;
  const { min, max } = known(use.args[0]);
  return { cost: reading(use.args[0]), size: { min, max: max * 4 < endless ? max * 4 : pastTheEnd(max, endless) } };
};

const toText: CostRule = (use) => {
  if (kindOf(use) !== 'bytes') return undefined;
  const { min, max } = known(use.args[0]);
  return { cost: reading(use.args[0]), size: { min: Math.floor(min / 4), max } };
};

const quote: CostRule = ({ args: [text] }) => {
  const { min, max } = known(text);
  const most = max * 2 + 2;
  return { cost: reading(text), size: { min: min + 2, max: most < endless ? most : pastTheEnd(max, 0) } };
};

/** What operators and the functions of the language itself cost. */
export const operatorCosts: ReadonlyMap<string, CostRule> = new Map<string, CostRule>([
  ['_&&_', () => ({ cost: 0 })],
  ['_||_', () => ({ cost: 0 })],
  ['_==_', equals],
  ['_!=_', compares],
  ['_<_', ordered],
  ['_<=_', ordered],
  ['_>_', ordered],
  ['_>=_', ordered],
  ['_+_', plus],
  ['@in', (use) => (use.overload.params[1]?.kind === 'list' ? { cost: known(use.args[1]).max } : undefined)],
  ['matches', matches],
  ['contains', ({ target, args: [part] }) => ({ cost: product(reading(target), reading(part)) })],
  ['startsWith', ({ args: [start] }) => ({ cost: reading(start) })],
  ['endsWith', ({ args: [end] }) => ({ cost: reading(end) })],
  ['format', ({ target }) => ({ cost: reading(target) })],
  ['bytes', toBytes],
  ['string', toText],
  ['strings.quote', quote],
]);
