import { didYouMean } from '../../did-you-mean.js';
import { quote } from '../json-value.js';
import type { Call, CelFault } from './expression.js';
import { functionNames, overloadsOf, type Overload } from './functions.js';
import { macroNames } from './macros.js';
import { typeText, type CelType } from './types.js';

/** Why a function or an operator does not take what it is given. */
export function callFault(
  call: { readonly at: number; readonly target?: unknown; readonly madeBy?: string },
  name: string,
  args: readonly CelType[],
  overloads: readonly Overload[],
): CelFault {
  const { at, madeBy } = call;
  const types = args.map(typeText);
  const hint = hintFor(name, args);
  const fault = (message: string): CelFault => ({ at, message, hint });
  if (madeBy !== undefined && name === '_?_:_' && !['bool', 'dyn', 'error'].includes(args[0]?.kind ?? '')) {
    return fault(`the condition of ${madeBy}() must be a bool, not ${types[0]}`);
  }
  if (madeBy !== undefined) return fault(`${madeBy}() does not go with ${types.join(' and ')}`);
  if (name === '_[_]' || name === '_[?_]') return fault(`[] does not take ${types[1]} of ${types[0]}`);
  if (name === '_?_:_') return fault(`the parts of ? : do not fit: ${types.join(', ')}`);
  const operator = /^_?(\W+|in)_$|^@(in)$/.exec(name);
  if (operator !== null) return fault(`${operator[1] ?? operator[2]} does not take ${types.join(' and ')}`);
  const isMethod = call.target !== undefined;
  if (overloads.every((overload) => overload.isMethod !== isMethod)) {
    return fault(isMethod ? `${name}() is no method; write ${name}(…)` : `${name}() is a method; write ….${name}(…)`);
  }
  const [first, ...rest] = types;
  return fault(
    isMethod ? `${first} has no ${name}(${rest.join(', ')})` : `${name}() does not take (${types.join(', ')})`,
  );
}

const comparisons: ReadonlySet<string> = new Set(['_==_', '_!=_']);
const numbers: ReadonlySet<string> = new Set(['int', 'uint', 'double']);

function hintFor(name: string, args: readonly CelType[]): string | undefined {
  const kinds = args.map(({ kind }) => kind);
  if (comparisons.has(name) && kinds.includes('null_type')) return 'Whether a field is there says has(self.a).';
  if (args.length === 2 && kinds.every((kind) => numbers.has(kind)))
    return 'Turn one into the type of the other: double(a), int(a).';
  if (name === '_+_' && kinds.includes('string')) return 'Turn the other into a text: string(a).';
  return undefined;
}

const variablesOfPolicies: ReadonlySet<string> = new Set(
  'object oldObject request params authorizer variables namespaceObject'.split(' '),
);

/** Why a variable is not there. */
export function noVariable(name: string, known: readonly string[], at: number): CelFault {
  const message = `there is no variable ${quote(name)}`;
  if (variablesOfPolicies.has(name)) {
    return { at, message, hint: 'Admission policies have it; rules of a CRD have self and oldSelf.' };
  }
  const guess = didYouMean(name, known);
  const hint = guess === undefined ? 'A text stands in quotes, a field behind self.' : `Did you mean ${quote(guess)}?`;
  return { at, message, hint };
}

/** Whether a call has the name of a macro, which has taken all calls that are right. */
export function isMacro({ name }: Call): boolean {
  return overloadsOf(name) === undefined && (name === 'has' || macroNames.includes(name));
}

/** Why a function is not there; `full` is its name with all in front of it. */
export function noFunction({ name, target, args, at }: NamedCall, full: string): CelFault {
  if (name === 'has' && target !== undefined) return { at, message: 'has() is no method; write has(self.a)' };
  if (name === 'has') return { at, message: `has() takes a field, not ${args.length} arguments` };
  if (macroNames.includes(name)) {
    const hint = name === 'existsOne' ? 'With one variable it is exists_one().' : undefined;
    const what = target === undefined ? 'is called on a list or a map' : `does not take ${args.length} arguments`;
    return { at, message: `${name}() ${what}`, hint };
  }
  if (variablesOfPolicies.has(full.replace(/\..*/, ''))) return noVariable(full.replace(/\..*/, ''), [], at);
  const guess = didYouMean(full, [...functionNames(), ...macroNames]);
  const message = `no version of Kubernetes has a function ${quote(full)}`;
  return { at, message, hint: guess && `Did you mean ${quote(guess)}?` };
}

type NamedCall = Pick<Call, 'name' | 'args' | 'at'> & { readonly target?: unknown };
