import { isDynOrError, isSameType, simple, variableOf, type CelType } from './types.js';

/** Thrown when a rule has more in it than any that people write, such as types that double: nothing more is claimed of it. */
export class TooMuch extends Error {
  override name = 'TooMuch';
}

const mostSteps = 1_000_000;

/**
 * What is known of type variables, and which types go where others are wanted: the algorithm of cel-go, which the API server compiles
 * rules with, so that both come to the same end.
 */
export class Unifier {
  readonly #known = new Map<string, CelType>();
  /** What was known before each change, to go back. */
  readonly #trail: [name: string, before: CelType | undefined][] = [];
  #variables = 0;
  #steps = 0;

  /** A type variable that was never used before. */
  fresh(): CelType {
    this.#variables += 1;
    return variableOf(`_${this.#variables}`);
  }

  /** Whether all of `from` go where `to` are wanted. Remembers what that says about type variables, or nothing if not. */
  accepts(from: readonly CelType[], to: readonly CelType[]): boolean {
    const mark = this.#trail.length;
    if (this.#all(from, to)) return true;
    for (const [name, before] of this.#trail.splice(mark).reverse()) {
      if (before === undefined) this.#known.delete(name);
      else this.#known.set(name, before);
    }
    return false;
  }

  /** The type with all that is known put in; type variables that are left become dyn where `isLast`. */
  resolve(type: CelType, isLast = false): CelType {
    this.#step();
    if (type.kind === 'variable') {
      const known = this.#known.get(type.name);
      if (known !== undefined) return this.resolve(known, isLast);
      return isLast ? simple.dyn : type;
    }
    if (type.params.length === 0) return type;
    const params = type.params.map((param) => this.resolve(param, isLast));
    return params.every((param, i) => param === type.params[i]) ? type : { ...type, params };
  }

  /** The more general of two types, of which one goes where the other is wanted. */
  mostGeneral(a: CelType, b: CelType): CelType {
    return this.#isNoMoreSpecific(a, b) ? a : b;
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > mostSteps) throw new TooMuch();
  }

  #learn(name: string, type: CelType): void {
    this.#trail.push([name, this.#known.get(name)]);
    this.#known.set(name, type);
  }

  #all(from: readonly CelType[], to: readonly CelType[]): boolean {
    return from.length === to.length && from.every((type, i) => this.#one(type, to[i] ?? simple.error));
  }

  #one(a: CelType, b: CelType): boolean {
    this.#step();
    if (b.kind === 'variable') {
      const { isValid, isKnown } = this.#substitutes(a, b);
      if (isValid || isKnown) return isValid;
    }
    if (a.kind === 'variable') return this.#substitutes(b, a).isValid;
    if (isDynOrError(a) || isDynOrError(b)) return true;
    if (a.kind === 'null_type') return isNullable(b);
    if (b.kind === 'null_type') return isNullable(a);
    if (a.kind === 'type') return b.kind === 'type';
    return a.kind === b.kind && a.name === b.name && this.#all(a.params, b.params);
  }

  #substitutes(type: CelType, variable: CelType): { isValid: boolean; isKnown: boolean } {
    if (isSameType(type, variable)) return { isValid: true, isKnown: true };
    const known = this.#known.get(variable.name);
    if (known === undefined) {
      const isValid = !this.#occurs(variable, type);
      if (isValid) this.#learn(variable.name, type);
      return { isValid, isKnown: false };
    }
    if (isSameType(type, known)) return { isValid: true, isKnown: true };
    if (!this.#one(type, known)) return { isValid: false, isKnown: true };
    const general = this.mostGeneral(type, known);
    if (!this.#occurs(variable, general)) this.#learn(variable.name, general);
    return { isValid: true, isKnown: true };
  }

  /** Whether the variable is part of the type. */
  #occurs(variable: CelType, type: CelType): boolean {
    this.#step();
    if (isSameType(variable, type)) return true;
    if (type.kind !== 'variable') return type.params.some((param) => this.#occurs(variable, param));
    const known = this.#known.get(type.name);
    return known !== undefined && this.#occurs(variable, known);
  }

  #isNoMoreSpecific(a: CelType, b: CelType): boolean {
    this.#step();
    if (a.kind === 'dyn' || a.kind === 'variable') return true;
    if (b.kind === 'dyn' || b.kind === 'variable') return false;
    if (a.kind !== b.kind) return false;
    if (a.kind === 'type') return true;
    return (
      a.name === b.name &&
      a.params.length === b.params.length &&
      a.params.every((param, i) => this.#isNoMoreSpecific(param, b.params[i] ?? simple.error))
    );
  }
}

/** What null goes for. */
function isNullable({ kind }: CelType): boolean {
  return ['opaque', 'object', 'timestamp', 'duration', 'null_type'].includes(kind);
}
