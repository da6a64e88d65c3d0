import type { TypeNode } from './resource.js';

/** What a term says about one field: whether it is there, and a narrower type for it. */
export interface Literal {
  readonly there: boolean | undefined;
  readonly type: TypeNode | undefined;
}

/** A conjunction: all of it holds. Empty: always true. */
export type Term = ReadonlyMap<string, Literal>;

/**
 * A condition on which fields are there, as a disjunction of terms: empty is false. It never refuses what the schema takes; it is
 * `exact` when it takes nothing else either, so that its opposite is known too.
 */
export interface Formula {
  readonly terms: readonly Term[];
  readonly exact: boolean;
}

/** No terms are followed beyond this number: a formula that grows larger counts as unknown. */
const mostTerms = 64;

/** Always true; `exact: false` says that the schema asks for more than that. */
export function truth(exact: boolean): Formula {
  return { terms: [new Map()], exact };
}

/** Never true. */
export const falsehood: Formula = { terms: [], exact: true };

/** One condition on one field. */
export function literal(name: string, value: Literal, exact: boolean): Formula {
  return { terms: [new Map([[name, value]])], exact };
}

/** Both hold. */
export function and(a: Formula, b: Formula): Formula {
  if (a.terms.length * b.terms.length > mostTerms) return truth(false);
  const terms = a.terms
    .flatMap((left) => b.terms.map((right) => merge(left, right)))
    .filter((term) => term !== undefined);
  return { terms: simplify(terms), exact: a.exact && b.exact };
}

/** All hold, of conditions on one field each and no field twice: a list of thousands is one term, and not made anew with each. */
export function andEach(conditions: readonly Formula[]): Formula {
  const terms = conditions.map(({ terms: [only] }) => only);
  if (terms.includes(undefined)) return falsehood;
  return {
    terms: [new Map(terms.flatMap((term) => [...(term ?? [])]))],
    exact: conditions.every(({ exact }) => exact),
  };
}

/** At least one holds. */
export function or(formulas: readonly Formula[]): Formula {
  const terms = formulas.flatMap((formula) => formula.terms);
  if (terms.length > mostTerms) return truth(false);
  return { terms: simplify(terms), exact: formulas.every(({ exact }) => exact) };
}

/** The opposite; of an inexact formula nothing is known. */
export function not({ terms, exact }: Formula): Formula {
  if (!exact) return truth(false);
  let result = truth(true);
  for (const term of terms) {
    const opposites = [...term].map(([name, { there }]) =>
      literal(name, { there: there !== true, type: undefined }, true),
    );
    result = and(result, or(opposites));
  }
  return result;
}

/** Exactly one holds. */
export function exactlyOne(formulas: readonly Formula[]): Formula {
  if (formulas.length > mostTerms) return truth(false);
  return or(
    formulas.map((formula, i) => formulas.reduce((all, other, j) => (i === j ? all : and(all, not(other))), formula)),
  );
}

function merge(a: Term, b: Term): Term | undefined {
  const result = new Map(a);
  for (const [name, right] of b) {
    const left = result.get(name);
    if (left !== undefined && left.there !== undefined && right.there !== undefined && left.there !== right.there)
      return undefined;
    // Of two narrower types either is right; the intersection is not worth having a type for.
    result.set(name, { there: left?.there ?? right.there, type: left?.type ?? right.type });
  }
  return result;
}

/** Leaves out terms that another one implies. */
export function simplify(terms: readonly Term[]): Term[] {
  return terms.filter(
    (term, i) => !terms.some((other, j) => i !== j && covers(other, term) && (j < i || !covers(term, other))),
  );
}

/** Whether one of a few terms is sure to hold, by what they say of which fields are there: `a` or not `a`. Of many it takes long to know. */
export function isTautology(terms: readonly Term[]): boolean {
  if (terms.some((term) => term.size === 0)) return true;
  // Each holds for so much of all objects; of a few terms this also keeps the number of steps small.
  const share = terms.reduce((sum, { size }) => sum + 2 ** -size, 0);
  const [name] = terms[0]?.keys() ?? [];
  if (share < 1 || name === undefined) return false;
  return [true, false].every((there) => isTautology(terms.flatMap((term) => termWhere(term, name, there))));
}

/** What is left of a term where a field is there, or is not; nothing where it asks for the opposite, or for a type. */
function termWhere(term: Term, name: string, there: boolean): readonly Term[] {
  const said = term.get(name);
  if (said === undefined) return [term];
  const isMet = said.there === there && said.type === undefined;
  return isMet ? [new Map([...term].filter(([other]) => other !== name))] : [];
}

/** Whether every object that meets `b` meets `a`: all that `a` asks for, `b` asks for too. */
function covers(a: Term, b: Term): boolean {
  for (const [name, { there, type }] of a) {
    const other = b.get(name);
    if (
      other === undefined ||
      (there !== undefined && other.there !== there) ||
      (type !== undefined && other.type !== type)
    ) {
      return false;
    }
  }
  return true;
}
