import type { Entry } from './entry.js';
import type { Entries } from './entries.js';

/** What was there, of each key that changed from one moment to the next one that somebody kept. */
export class Past<T> {
  readonly #was = new Map<string, Entry<T> | undefined>();
  #next: Past<T> | undefined;

  /** Whether nothing has changed. */
  get isPresent(): boolean {
    return this.#was.size === 0;
  }

  /** A key changes, and this is what it stood for. Only the first change counts. */
  note(key: string, was: Entry<T> | undefined): void {
    if (!this.#was.has(key)) this.#was.set(key, was);
  }

  /** From here on changes are noted there: somebody keeps this moment, too. */
  end(next: Past<T>): void {
    this.#next = next;
  }

  has(key: string): boolean {
    const rest = this.#rest();
    return this.#was.has(key) || rest?.has(key) === true;
  }

  get(key: string): Entry<T> | undefined {
    const rest = this.#rest();
    return this.#was.has(key) ? this.#was.get(key) : rest?.get(key);
  }

  /** All keys that changed since. */
  keys(): Iterable<string> {
    const rest = this.#rest();
    return rest === undefined ? this.#was.keys() : new Set([...this.#was.keys(), ...rest.keys()]);
  }

  /** What came after this. Pasts that have ended become part of this one, so that the way to the present is never long. */
  #rest(): Past<T> | undefined {
    let next = this.#next;
    while (next !== undefined && next.#next !== undefined) {
      for (const [key, was] of next.#was) this.note(key, was);
      next = next.#next;
    }
    this.#next = next;
    return next;
  }
}

/** A table as it was at one moment, for nearly nothing: it shares what has not changed since. */
export class FrozenEntries<T> implements Entries<T> {
  readonly size: number;
  readonly #table: Entries<T>;
  readonly #past: Past<T>;
  #all: readonly Entry<T>[] | undefined;
  #byNamespace: Map<string | undefined, Entry<T>[]> | undefined;

  constructor(table: Entries<T>, past: Past<T>) {
    this.size = table.size;
    this.#table = table;
    this.#past = past;
  }

  get(key: string): Entry<T> | undefined {
    return this.#past.has(key) ? this.#past.get(key) : this.#table.get(key);
  }

  /** Made when somebody asks for it, and kept: its order then stays. */
  all(): readonly Entry<T>[] {
    return (this.#all ??= this.#collect());
  }

  [Symbol.iterator](): Iterator<Entry<T>> {
    return this.all().values();
  }

  inNamespace(namespace: string): Iterable<Entry<T>> {
    this.#byNamespace ??= groupByNamespace(this.all());
    return this.#byNamespace.get(namespace) ?? [];
  }

  /** The keys of what is not as it was any more, or was not there. */
  changed(): Iterable<string> {
    return this.#past.keys();
  }

  #collect(): Entry<T>[] {
    const all: Entry<T>[] = [];
    for (const entry of this.#table) {
      const then = this.get(entry.key);
      if (then !== undefined) all.push(then);
    }
    for (const key of this.#past.keys()) {
      const then = this.#table.get(key) === undefined ? this.#past.get(key) : undefined;
      if (then !== undefined) all.push(then);
    }
    return all;
  }
}

function groupByNamespace<T>(entries: readonly Entry<T>[]): Map<string | undefined, Entry<T>[]> {
  const groups = new Map<string | undefined, Entry<T>[]>();
  for (const entry of entries) {
    const group = groups.get(entry.namespace);
    if (group === undefined) groups.set(entry.namespace, [entry]);
    else group.push(entry);
  }
  return groups;
}
