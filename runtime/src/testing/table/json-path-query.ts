import { isObject, ownValue } from '../state/json.js';

type Step =
  | { readonly t: 'key'; readonly key: string }
  | { readonly t: 'all' }
  | { readonly t: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly t: 'filter'; readonly keeps: (value: unknown) => boolean };

const stepPattern =
  /\.((?:\\.|[^.[\]\s\\"'()])+)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\[(-?\d+)\]|\[\*\]|\[(-?\d*):(-?\d*)\]|\[\?\((.*?)\)\]/gsy;
const filterPattern = /^@([^\s=!<>]*)\s*(?:(==|!=|<=|>=|<|>)(.*))?$/s;

/**
 * The values that the JSON path of a printer column finds: `.spec.replicas`, `.status.conditions[?(@.type=="Ready")].status`. `undefined`
 * for a path that is not understood. What is missing on the way finds nothing.
 * @see https://kubernetes.io/docs/reference/kubectl/jsonpath/
 */
export function queryJsonPath(object: unknown, path: string): unknown[] | undefined {
  const steps = readSteps(path);
  return steps?.reduce<unknown[]>((found, step) => found.flatMap((value) => take(value, step)), [object]);
}

function readSteps(path: string): Step[] | undefined {
  const text = path.trim().replace(/^\{(.*)\}$/s, '$1').replace(/^\$/, ''); // prettier-ignore
  const steps: Step[] = [];
  let end = 0;
  // `matchAll` works on a copy of the pattern: a filter reads a path inside a path.
  for (const match of text.matchAll(stepPattern)) {
    const step = readStep(match);
    if (step === undefined) return undefined;
    steps.push(step);
    end = match.index + match[0].length;
  }
  return end === text.length ? steps : undefined;
}

function readStep([whole, plain, single, double, index, from, to, filter]: RegExpMatchArray): Step | undefined {
  if (plain === '*' || whole === '[*]') return { t: 'all' };
  const key = plain?.replaceAll(/\\(.)/g, '$1') ?? (single ?? double)?.replaceAll(/\\(.)/g, '$1');
  if (key !== undefined) return { t: 'key', key };
  if (index !== undefined) {
    const at = Number(index);
    return { t: 'slice', from: at, to: at === -1 ? undefined : at + 1 };
  }
  if (filter !== undefined) {
    const keeps = readFilter(filter);
    return keeps === undefined ? undefined : { t: 'filter', keeps };
  }
  const bound = (text: string | undefined): number | undefined =>
    text === undefined || text === '' ? undefined : Number(text);
  return { t: 'slice', from: bound(from), to: bound(to) };
}

function readFilter(text: string): ((value: unknown) => boolean) | undefined {
  const match = filterPattern.exec(text.trim());
  if (match === null) return undefined;
  const [, path = '', operator, raw = ''] = match;
  const steps = path === '' ? [] : readSteps(path);
  if (steps === undefined) return undefined;
  const leftOf = (value: unknown): unknown =>
    steps.reduce<unknown[]>((found, step) => found.flatMap((each) => take(each, step)), [value])[0];
  if (operator === undefined) return (value) => leftOf(value) !== undefined;
  const right = readLiteral(raw.trim());
  if (right === undefined) return undefined;
  return (value) => {
    const left = leftOf(value);
    return left !== undefined && compare(left, operator, right);
  };
}

function readLiteral(raw: string): string | number | boolean | undefined {
  const quoted = /^(["'])(.*)\1$/s.exec(raw)?.[2];
  if (quoted !== undefined) return quoted;
  if (raw === 'true' || raw === 'false') return raw === 'true';
  return raw !== '' && Number.isFinite(Number(raw)) ? Number(raw) : undefined;
}

function compare(left: unknown, operator: string, right: string | number | boolean): boolean {
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (typeof left !== typeof right || typeof left === 'boolean') return false;
  const [a, b] = [left as string | number, right as string | number];
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

function take(value: unknown, step: Step): unknown[] {
  switch (step.t) {
    case 'key': {
      const inside = isObject(value) ? ownValue(value, step.key) : undefined;
      return inside === undefined ? [] : [inside];
    }
    case 'all':
      return membersOf(value);
    case 'slice':
      return Array.isArray(value) ? (value as unknown[]).slice(step.from, step.to) : [];
    case 'filter':
      return membersOf(value).filter((member) => step.keeps(member));
  }
}

function membersOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return isObject(value) ? Object.values(value) : [];
}
