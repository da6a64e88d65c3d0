import type { Entry } from './entry.js';

/** Entries by key, in the order in which they came, and by namespace. */
export interface Entries<T> extends Iterable<Entry<T>> {
  readonly size: number;
  get(key: string): Entry<T> | undefined;
  inNamespace(namespace: string): Iterable<Entry<T>>;
}
