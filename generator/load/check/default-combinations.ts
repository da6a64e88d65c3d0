import { field, isMap, type JsonMap } from '../json-value.js';
import { isJudged } from './pattern.js';

/**
 * Which of the combinations of a schema a value breaks, or `undefined`, also where that cannot be said for certain. `isMet` tells
 * whether the value meets a branch.
 */
export function combinationFault(
  value: unknown,
  schema: JsonMap,
  isMet: (branch: JsonMap) => boolean,
): string | undefined {
  const used = ['allOf', 'anyOf', 'oneOf', 'not'].some((key) => field(schema, key) !== undefined);
  // What becomes of null depends on the field that holds it, of which a branch says nothing.
  if (!used) return undefined;
  const longest = longestText(value);
  if (longest === undefined) return undefined;
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
    const branches = field(schema, key);
    if (!Array.isArray(branches) || branches.length === 0) continue;
    const judged = branches.filter((one): one is JsonMap => isJudgeable(one, longest));
    const met = judged.filter(isMet).length;
    if (key === 'allOf' && met < judged.length) return 'it does not meet all of allOf';
    // One of the others may be met, or more than one.
    if (judged.length < branches.length) continue;
    if (key === 'anyOf' && met === 0) return 'it meets none of anyOf';
    if (key === 'oneOf' && met !== 1) return `it meets ${met === 0 ? 'none' : String(met)} of oneOf, not one`;
  }
  const not = field(schema, 'not');
  return isJudgeable(not, longest) && isMet(not) ? 'it meets what stands in not' : undefined;
}

/** The length of the longest text in a value; `undefined` where it holds null. */
function longestText(value: unknown): number | undefined {
  const open = [value];
  let longest = 0;
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (one === null) return undefined;
    if (typeof one === 'string') longest = Math.max(longest, one.length);
    if (typeof one === 'object') for (const inner of Object.values(one)) open.push(inner);
  }
  return longest;
}

/** Branches that nest deeper are nobody's, and would cost the stack. */
const deepestBranch = 50;

/** Whether all that a branch says is judged as the API server does it. */
function isJudgeable(branch: unknown, longest: number, depth = 0): branch is JsonMap {
  if (!isMap(branch) || depth > deepestBranch) return false;
  const areJudgeable = (inner: readonly unknown[]): boolean =>
    inner.every((one) => isJudgeable(one, longest, depth + 1));
  return Object.keys(branch).every((key) => {
    const value = branch[key];
    switch (key) {
      case 'pattern':
        return typeof value === 'string' && isJudged(value, longest);
      case 'multipleOf':
        return Number.isInteger(value);
      case 'items':
      case 'not':
        return areJudgeable([value]);
      case 'allOf':
      case 'anyOf':
      case 'oneOf':
        return Array.isArray(value) && areJudgeable(value);
      case 'properties':
        return isMap(value) && areJudgeable(Object.values(value));
      default:
        return certain.has(key);
    }
  });
}

const certain: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'required',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]);
