import { parseType, simple, typeOf, type CelType } from './types.js';

/** Names that stand for types, `type(self.a) == string`, and those types. */
const typeNames: ReadonlyMap<string, string> = new Map([
  ...[
    'bool',
    'bytes',
    'double',
    'duration',
    'int',
    'null_type',
    'string',
    'timestamp',
    'uint',
    'net.IP',
    'net.CIDR',
  ].map((name) => [name, name] as const),
  ['list', 'list(dyn)'],
  ['map', 'map(dyn, dyn)'],
  ['type', 'type(dyn)'],
  ['optional_type', 'optional_type(dyn)'],
]);

/** Whether a name is that of a type. */
export const isTypeName = (name: string): boolean => typeNames.has(name);

/** Messages of Protocol Buffers are there, though no rule needs one: nothing is claimed about them. */
export const isMessageName = (name: string): boolean => /^\.?google\./.test(name);

interface Level {
  readonly variables: ReadonlyMap<string, CelType>;
  readonly outer: Level | undefined;
}

/** The variables of an expression, and those of the loops around the place that is looked at. */
export class Scope {
  /** All that were asked for and found. */
  readonly used = new Set<string>();
  readonly #globals: ReadonlyMap<string, CelType>;
  #level: Level | undefined;

  constructor(globals: ReadonlyMap<string, CelType>) {
    this.#globals = globals;
  }

  /** Does something where there are more variables. */
  within<T>(variables: ReadonlyMap<string, CelType>, work: () => T): T {
    const outer = this.#level;
    this.#level = { variables, outer };
    try {
      return work();
    } finally {
      this.#level = outer;
    }
  }

  /** A variable, or a type, by its simple or dotted name. */
  find(name: string): CelType | undefined {
    const local = this.#local(name.replace(/(?!^)\..*/, ''));
    if (local !== undefined) {
      if (name.includes('.')) return undefined;
      this.used.add(name);
      return local;
    }
    const bare = name.replace(/^\./, '');
    const global = this.#globals.get(bare);
    if (global !== undefined) {
      this.used.add(bare);
      return global;
    }
    const type = typeNames.get(bare);
    if (type !== undefined) return typeOf(parseType(type));
    return isMessageName(bare) ? simple.dyn : undefined;
  }

  /** The names that may be written here, for suggestions. */
  names(): string[] {
    const names = [...this.#globals.keys()];
    for (let level = this.#level; level !== undefined; level = level.outer) names.push(...level.variables.keys());
    return names.filter((name) => /^\w/.test(name));
  }

  #local(name: string): CelType | undefined {
    for (let level = this.#level; level !== undefined; level = level.outer) {
      const type = level.variables.get(name);
      if (type !== undefined) return type;
    }
    return undefined;
  }
}
