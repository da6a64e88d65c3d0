import type { Argument, CallCost, CostRule, Learned, Use } from './cost-rule.js';
import { factors } from './operator-costs.js';
import {
  addSizes,
  endless,
  fixedSize,
  multiplySizes,
  product,
  scaled,
  sum,
  Uncertain,
  unknownSize,
  type Size,
} from './size.js';

/** What a call that makes a list costs at least. */
const listCall = 11;

function sizeOf(argument: Argument | undefined, learned: Learned): Size {
  return argument?.size ?? (argument && learned.declaredSize(argument.path)) ?? unknownSize;
}

const targetSize = ({ target, learned }: Use): Size => sizeOf(target, learned);
const argumentSize = ({ args, learned }: Use, index = 0): Size => sizeOf(args[index], learned);

/** The size of the items of a list. */
function itemSize({ target, learned }: Use): Size {
  if (target === undefined || target.path.length === 0) return unknownSize;
  return learned.declaredSize(target.path.toOwn('@items')) ?? unknownSize;
}

/** Reads its first argument some times. */
const readsArgument =
  (times: number): CostRule =>
  (use) => ({ cost: scaled(argumentSize(use).max, times * factors.text) });

/** Reads the text that it is called on, and gives one as long. */
const changesText: CostRule = (use) => {
  const size = targetSize(use);
  return { cost: scaled(size.max, factors.text), size };
};

const url: CostRule = (use) => {
  const size = argumentSize(use);
  return { cost: scaled(size.max, factors.text), size };
};

/** Goes through a list once, and through the texts in it; or through a text. */
const goesThrough: CostRule = (use) => {
  const { max } = targetSize(use);
  const [item] = use.target?.type.params ?? [];
  if (item === undefined) return { cost: scaled(max, factors.text) };
  const isText = item.kind === 'string' || item.kind === 'bytes';
  return { cost: product(max, isText ? sum(1, scaled(itemSize(use).max, factors.text)) : 1) };
};

const replace: CostRule = (use) => {
  const whole = targetSize(use);
  const [from, to] = [argumentSize(use, 0), argumentSize(use, 1)];
  return { cost: scaled(whole.max, 2 * factors.text), size: replacedSize(whole, from, to) };
};

function replacedSize(whole: Size, from: Size, to: Size): Size {
  const longest =
    from.min === 0
      ? { count: sum(whole.max, 1), kept: whole.max }
      : to.max <= from.min
        ? { count: 0, kept: whole.max }
        : { count: Math.ceil(whole.max / from.min), kept: 0 };
  const shortest =
    from.max === 0
      ? { count: sum(whole.min, 1), kept: whole.min }
      : from.max <= to.min
        ? { count: 0, kept: whole.min }
        : { count: Math.ceil(whole.min / from.max), kept: 0 };
  return {
    min: sum(product(shortest.count, to.min), shortest.kept),
    max: sum(product(longest.count, to.max), longest.kept),
  };
}

const split: CostRule = (use) => {
  const { max } = targetSize(use);
  const most = wholeNumber(use.args[1]) ?? max;
  // A negative number is a large one to the API server.
  return { cost: scaled(max, 2 * factors.text), size: { min: 0, max: most < 0 ? endless : most } };
};

const join: CostRule = (use) => {
  const list = targetSize(use);
  let size = use.target?.type.params.length === 0 ? fixedSize(0) : multiplySizes(list, itemSize(use));
  if (use.args.length > 0) {
    const gaps = { min: Math.max(list.min - 1, 0), max: Math.max(list.max - 1, 0) };
    size = addSizes(size, multiplySizes(argumentSize(use), gaps));
  }
  return { cost: scaled(size.max, factors.text), size };
};

const find: CostRule = (use) => {
  const { max } = targetSize(use);
  const cost = product(scaled(sum(max, 1), factors.text), scaled(argumentSize(use).max, factors.pattern));
  return { cost, size: { min: 0, max } };
};

/** Compares addresses of 16 bytes, and reads the argument where it is a text. */
const comparesAddress =
  (cost: number): CostRule =>
  (use) => ({
    cost: use.overload.params[1]?.kind === 'string' ? sum(cost, scaled(argumentSize(use).max, factors.text)) : cost,
  });

/** Patterns of formats count as long as the longest. */
const validate: CostRule = (use) => ({
  cost: scaled(scaled(argumentSize(use).max, factors.text), 128 * factors.pattern),
});

function wholeNumber(argument: Argument | undefined): number | undefined {
  const value = argument?.expression.t === 'literal' ? argument.expression.value : undefined;
  return typeof value === 'bigint' ? Number(value) : undefined;
}

/** A number that is written in the rule; a negative one counts as nothing. */
const written = (argument: Argument | undefined, otherwise: number): number =>
  Math.max(wholeNumber(argument) ?? otherwise, 0);

const makesList = (size: Size, factor = 1): CallCost => ({ cost: sum(scaled(size.max, factor), listCall), size });
const squared = (size: Size): Size => multiplySizes(size, size);

const slice: CostRule = (use) => {
  const [from, to] = use.args;
  const length = written(to, targetSize(use).max) - written(from, 0);
  // Less than nothing is very much to the API server.
  return makesList(fixedSize(length < 0 ? endless : length));
};

const sortFactor = (kind: string | undefined): number => (kind === 'string' || kind === 'bytes' ? 2.1 : 2);

const sets =
  (factor: number): CostRule =>
  (use) => ({ cost: sum(scaled(product(argumentSize(use, 0).max, argumentSize(use, 1).max), factor), 1) });

const uncertain: CostRule = () => {
  throw new Uncertain();
};

/** What the functions cost that are no part of the language: those of Kubernetes, of lists and of sets. */
export const libraryCosts: ReadonlyMap<string, CostRule> = new Map<string, CostRule>([
  ...['isSorted', 'sum', 'max', 'min', 'indexOf', 'lastIndexOf'].map((name) => [name, goesThrough] as const),
  ...['lowerAscii', 'upperAscii', 'substring', 'trim'].map((name) => [name, changesText] as const),
  ...['cidr', 'isIP', 'isCIDR', 'quantity', 'isQuantity', 'semver', 'isSemver'].map(
    (name) => [name, readsArgument(1)] as const,
  ),
  // Not there in Kubernetes 1.37.
  ['includes', uncertain],
  ['url', url],
  ['replace', replace],
  ['split', split],
  ['join', join],
  ['find', find],
  ['findAll', find],
  ['ip', (use) => (use.overload.isMethod ? undefined : readsArgument(1)(use))],
  ['ip.isCanonical', readsArgument(2)],
  ['containsIP', comparesAddress(4)],
  ['containsCIDR', comparesAddress(7)],
  ['validate', validate],
  ['slice', slice],
  ['lists.range', ({ args: [count] }) => makesList(fixedSize(written(count, endless)))],
  ['reverse', (use) => makesList(targetSize(use))],
  ['flatten', (use) => makesList(targetSize(use), use.args.length === 0 ? 1 : written(use.args[0], endless))],
  ['distinct', (use) => makesList(squared(targetSize(use)), 2)],
  ['sort', (use) => makesList(squared(targetSize(use)), sortFactor(use.overload.params[0]?.params[0]?.kind))],
  [
    '@sortByAssociatedKeys',
    (use) => makesList(squared(argumentSize(use)), sortFactor(use.overload.params[1]?.params[0]?.kind)),
  ],
  ['sets.contains', sets(1)],
  ['sets.intersects', sets(1)],
  ['sets.equivalent', sets(2)],
]);
