import type { CelFault } from './expression.js';
import type { Overload } from './functions.js';
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
  const fault = (message: string): CelFault => ({ at, message, ...(hint === undefined ? {} : { hint }) });
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
