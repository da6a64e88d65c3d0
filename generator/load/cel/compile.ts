import { checkCel, type Checked } from './check.js';
import { checkLiterals } from './check-literals.js';
import type { CelFault, Expression } from './expression.js';
import { parseCel } from './parse.js';
import { typeText, type CelType } from './types.js';
import { TooMuch } from './unify.js';

/** What came of compiling an expression. */
export interface Compiled {
  readonly faults: readonly CelFault[];
  /** Which of the variables it uses; undefined where it could not be read to its end. */
  readonly used: ReadonlySet<string> | undefined;
  /** The expression and its types, where nothing is wrong with it. */
  readonly good?: { readonly expression: Expression; readonly checked: Checked };
}

/**
 * Compiles an expression as the API server does, as far as it is certain.
 * @param wanted what it must be: a rule is a bool, its `messageExpression` a string.
 */
export function compileCel(text: string, variables: ReadonlyMap<string, CelType>, wanted: 'bool' | 'string'): Compiled {
  const result = parse(text);
  if ('fault' in result) return { faults: [result.fault], used: undefined };
  return check(result.expression, variables, wanted);
}

/** What was read last, by text: CRDs of one maker have the same rules again and again. */
const parsed = new Map<string, ReturnType<typeof parseCel>>();
const keeps = { texts: 1_000, characters: 1_000 };

function parse(text: string): ReturnType<typeof parseCel> {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const result = parseCel(text);
  if (text.length > keeps.characters) return result;
  if (parsed.size >= keeps.texts) parsed.clear();
  parsed.set(text, result);
  return result;
}

function check(expression: Expression, variables: ReadonlyMap<string, CelType>, wanted: 'bool' | 'string'): Compiled {
  const faults: CelFault[] = [];
  try {
    const checked = checkCel(expression, variables, faults);
    const { type, used, typeOf } = checked;
    if (faults.length > 0) return { faults, used: undefined };
    const wrong = checkLiterals(expression, typeOf);
    if (wrong.length > 0) return { faults: wrong, used };
    if (type.kind === wanted) return { faults: [], used, good: { expression, checked } };
    const hint = type.kind === 'dyn' && wanted === 'bool' ? 'Compare it with true.' : undefined;
    const message = `it must give a ${wanted}, not ${typeText(type)}`;
    return { faults: [{ at: 0, message, hint }], used };
  } catch (error) {
    if (error instanceof TooMuch) return { faults, used: undefined };
    throw error;
  }
}
