import type { Flow, Origin } from './flow.js';
import type { FoundNamespaces } from './found.js';
import type { Literals, Strings } from './literals.js';

/** Where a request says in which namespace it is made. */
export interface NamespaceSource {
  readonly options: readonly Origin[];
  /** The object that is written, whose own namespace counts after that of the options. */
  readonly object?: readonly Origin[];
  /** What no namespace means: all of them, or that of the connection. */
  readonly without: 'all' | 'own';
}

/** Reads the namespaces and names of requests. */
export class NamespaceReader {
  readonly #flow: Flow;
  readonly #literals: Literals;

  constructor(flow: Flow, literals: Literals) {
    this.#flow = flow;
    this.#literals = literals;
  }

  ofRequest({ options, object, without }: NamespaceSource): FoundNamespaces {
    const named = this.#literals.strings(this.#flow.propertyOf(options, 'namespace'));
    if (named.why !== undefined) return { t: 'unknown', why: named.why };
    const values = named.values.filter((value) => value !== '');
    if (!named.mayBeNone) return { t: 'some', names: values, own: false };
    if (without === 'all') return { t: 'all' };
    if (object === undefined) return { t: 'some', names: values, own: true };
    const own = this.#metadata(object, 'namespace');
    if (own.why !== undefined) return { t: 'unknown', why: own.why };
    // An empty one is none.
    const inside = own.values.filter((value) => value !== '');
    return {
      t: 'some',
      names: [...new Set([...values, ...inside])],
      own: own.mayBeNone || inside.length < own.values.length,
    };
  }

  /** The `namespaces` of a reflector. */
  ofReflector(options: readonly Origin[]): FoundNamespaces {
    const { values, mayBeNone, why } = this.#literals.list(this.#flow.propertyOf(options, 'namespaces'));
    if (mayBeNone) return why === undefined ? { t: 'all' } : { t: 'unknown', why };
    return why === undefined ? { t: 'some', names: values, own: false } : { t: 'unknown', why };
  }

  /** The names that a value may be, where all are known. */
  names(origins: readonly Origin[]): readonly string[] | undefined {
    return known(this.#literals.strings(origins));
  }

  /** The names that an object may have, where all are known. */
  namesOf(object: readonly Origin[]): readonly string[] | undefined {
    return known(this.#metadata(object, 'name'));
  }

  #metadata(object: readonly Origin[], field: string): Strings {
    return this.#literals.strings(this.#flow.propertyOf(this.#flow.propertyOf(object, 'metadata'), field));
  }
}

function known({ values, mayBeNone, why }: Strings): readonly string[] | undefined {
  return why === undefined && !mayBeNone && values.length > 0 ? values : undefined;
}
