import { ts } from 'ts-morph';
import type { Flow } from './flow.js';
import { things, type Origin } from './origin.js';
import type { FoundNamespaces } from './found.js';
import type { Literals, Strings } from './literals.js';
import { ownNamespace } from './request-target.js';

const nameField = 'metadata.name';
const selectedName = /^(?:[^,]*,)*metadata\.name==?([^,=]+)(?:,|$)/;

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
    if (!named.mayBeNone) return some(named.values);
    if (without === 'all') return { t: 'all' };
    if (object === undefined) return some([...named.values, ownNamespace]);
    const inside = this.#metadata(things(object), 'namespace');
    if (inside.why !== undefined) return { t: 'unknown', why: inside.why };
    // An empty one is none.
    const isMissing = inside.mayBeNone || inside.values.includes('');
    return some([...named.values, ...inside.values, ...(isMissing ? [ownNamespace] : [])]);
  }

  /** The `namespaces` of a reflector. */
  ofReflector(options: readonly Origin[]): FoundNamespaces {
    const { values, mayBeNone, why } = this.#literals.list(this.#flow.propertyOf(options, 'namespaces'));
    if (mayBeNone) return why === undefined ? { t: 'all' } : { t: 'unknown', why };
    return why === undefined ? some(values) : { t: 'unknown', why };
  }

  /** The names that a value may be, where all are known. */
  names(origins: readonly Origin[]): readonly string[] | undefined {
    return known(this.#literals.strings(origins));
  }

  /** The one name that a list or watch selects, where the server can tell from its field selector. */
  selectedNames(options: readonly Origin[]): readonly string[] | undefined {
    const selector = this.#flow.propertyOf(options, 'fieldSelector');
    const fields = selector.filter((one) => one.t === 'expression' && ts.isObjectLiteralExpression(one.node));
    if (fields.length === selector.length)
      return known(this.#literals.strings(this.#flow.propertyOf(fields, nameField)));
    const names = known(this.#literals.strings(selector))?.map((text) => selectedName.exec(text)?.[1]);
    return names?.every((name) => name !== undefined) === true ? names.flatMap((name) => name ?? []) : undefined;
  }

  /** The names that an object may have, where all are known. */
  namesOf(object: readonly Origin[]): readonly string[] | undefined {
    return known(this.#metadata(things(object), 'name'));
  }

  #metadata(object: readonly Origin[], field: string): Strings {
    return this.#literals.strings(this.#flow.propertyOf(this.#flow.propertyOf(object, 'metadata'), field));
  }
}

function some(values: readonly string[]): FoundNamespaces {
  const names = [...new Set(values)].filter((value) => value !== ownNamespace && value !== '');
  return { t: 'some', names, own: values.includes(ownNamespace) };
}

function known({ values, mayBeNone, why }: Strings): readonly string[] | undefined {
  const isKnown = why === undefined && !mayBeNone && values.length > 0 && !values.includes(ownNamespace);
  return isKnown ? values : undefined;
}
