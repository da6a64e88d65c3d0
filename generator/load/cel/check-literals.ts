import { patternFault } from '../check/pattern-fault.js';
import { quote } from '../json-value.js';
import { checkConversion } from './check-conversion.js';
import { checkFormat } from './check-format.js';
import { operandsOf, startOf, type Call, type CelFault, type Expression } from './expression.js';
import { isOptional, isSameType, simple, typeText, type CelType } from './types.js';

/**
 * What the API server checks of literals when all types are right: the values of one list or map have the same type, dyn included, but
 * for those of `format`; and texts for numbers, durations, times, patterns and formats can be read.
 */
export function checkLiterals(root: Expression, typeOf: (expression: Expression) => CelType): CelFault[] {
  const faults: CelFault[] = [];
  const seen = new Set<Expression>();
  const open = [{ expression: root, isFormatted: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { expression } = next;
    if (seen.has(expression)) continue;
    seen.add(expression);
    if (expression.t === 'call')
      faults.push(...checkConversion(expression), ...checkPattern(expression), ...checkFormat(expression, typeOf));
    else if (!next.isFormatted) faults.push(...checkSameTypes(expression, typeOf));
    const isFormatted = next.isFormatted || (expression.t === 'call' && expression.name === 'format');
    for (const child of childrenOf(expression)) open.push({ expression: child, isFormatted });
  }
  return faults;
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.t) {
    case 'literal':
    case 'ident':
      return [];
    case 'select':
      return [expression.operand];
    case 'call':
      return operandsOf(expression);
    case 'list':
      return expression.elements.map(({ value }) => value);
    case 'map':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'message':
      return expression.values;
    case 'fold':
      return [expression.range, expression.start, expression.condition, expression.step, expression.result];
  }
}

interface Value {
  readonly value: Expression;
  readonly optional: boolean;
}

/** The API server asks the type behind a `?` what it holds, and dyn, which is all that the check lets by beside optionals, holds nothing. */
const dynBehind = {
  message: 'behind ? stands an optional, and the API server breaks off at dyn',
  hint: 'Leave the ? out, or write optional.of(…).',
};

function checkSameTypes(expression: Expression, typeOf: (expression: Expression) => CelType): CelFault[] {
  if (expression.t !== 'list' && expression.t !== 'map') return [];
  const values: readonly Value[] = expression.t === 'list' ? expression.elements : expression.entries;
  const bare = values.find(({ value, optional }) => optional && !isOptional(typeOf(value)));
  if (bare !== undefined) return [{ at: startOf(bare.value), ...dynBehind }];
  const held = values.map(({ value, optional }) => {
    const type = typeOf(value);
    return { at: startOf(value), type: optional ? (type.params[0] ?? simple.dyn) : type };
  });
  if (expression.t === 'list') return differing(held);
  return [
    ...differing(expression.entries.map(({ key }) => ({ at: startOf(key), type: typeOf(key) }))),
    ...differing(held),
  ];
}

function differing(values: readonly { readonly at: number; readonly type: CelType }[]): CelFault[] {
  const [first] = values;
  const other = values.find(({ type }) => first !== undefined && !isSameType(type, first.type));
  if (first === undefined || other === undefined) return [];
  const message = `${typeText(other.type)} stands beside ${typeText(first.type)}, but a list or map holds one type`;
  return [{ at: other.at, message }];
}

/** The functions that read a pattern; all but `matches` are methods only. */
const searching: ReadonlySet<string> = new Set(['matches', 'find', 'findAll']);

function checkPattern({ name, target, args }: Call): CelFault[] {
  if (!searching.has(name)) return [];
  const arg = args[target === undefined ? 1 : 0];
  if (arg?.t !== 'literal' || arg.text === undefined) return [];
  const { at, text } = arg;
  const fault = patternFault(text);
  return fault === undefined ? [] : [{ at, message: `the pattern ${quote(text)} cannot be read: ${fault}` }];
}
