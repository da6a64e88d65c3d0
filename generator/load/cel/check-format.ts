import { startOf, type Call, type CelFault, type Expression, type ListLiteral } from './expression.js';
import { article, isDynOrError, type CelType, type Kind } from './types.js';

/** What the clauses of `format` take, by their letters. */
const takenBy: ReadonlyMap<string, ReadonlySet<Kind>> = new Map(
  [
    ['s', 'list map int uint double bool string timestamp bytes duration type null_type'],
    ['d', 'int uint'],
    ['f', 'double string'],
    ['e', 'double string'],
    ['b', 'int uint bool'],
    ['x', 'int uint string bytes'],
    ['X', 'int uint string bytes'],
    ['o', 'int uint'],
  ].map(([letter = '', kinds = '']) => [letter, new Set(kinds.split(' ') as Kind[])]),
);

const clause = /%(?:%|(?:\.(\d*))?([^]?))/g;

/** What the API server checks of `'%s is %d'.format([a, b])` where both the text and the list stand in the rule. */
export function checkFormat({ name, target, args: [list, ...others] }: Call, typeOf: TypeOf): CelFault[] {
  if (name !== 'format' || target?.t !== 'literal' || list?.t !== 'list' || others.length > 0) return [];
  const { at, text = '' } = target;
  let used = 0;
  for (const [whole, digits, letter] of text.matchAll(clause)) {
    if (whole === '%%') continue;
    const value = list.elements[used]?.value;
    if (value === undefined) return [{ at: list.at, message: `the list has no value for the ${whole} of the text` }];
    used += 1;
    const kinds = digits === '' ? undefined : takenBy.get(letter ?? '');
    if (kinds === undefined) {
      return [{ at, message: `${whole} means nothing in format()`, hint: 'A percent sign is written twice: %%.' }];
    }
    const wrong = letter === 's' ? unprintable(value, kinds, typeOf) : isOne(typeOf(value), kinds) ? undefined : value;
    if (wrong !== undefined) {
      return [{ at: startOf(wrong), message: `${whole} does not take ${article(typeOf(wrong))}` }];
    }
  }
  return tooMany(list, used);
}

type TypeOf = (expression: Expression) => CelType;

function tooMany({ elements, at }: ListLiteral, used: number): CelFault[] {
  const message = `the list has ${elements.length} values, and the text has a place for ${used}`;
  return elements.length > used ? [{ at, message }] : [];
}

/** The first part of a value that is no text and cannot be made one. */
function unprintable(value: Expression, kinds: ReadonlySet<Kind>, typeOf: TypeOf): Expression | undefined {
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isOne(typeOf(next), kinds)) return next;
    if (next.t === 'list') open.push(...next.elements.map((element) => element.value).reverse());
    else if (next.t === 'map') open.push(...next.entries.flatMap((entry) => [entry.key, entry.value]).reverse());
  }
  return undefined;
}

function isOne(type: CelType, kinds: ReadonlySet<Kind>): boolean {
  return isDynOrError(type) || kinds.has(type.kind);
}
