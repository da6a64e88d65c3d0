import type { RawObject } from '../wire/raw-object.js';
import type { Entry } from './entry.js';

/** Who an object is, and which version of it. */
export type EntryHead = Pick<RawObject, 'key' | 'name' | 'namespace' | 'uid' | 'resourceVersion'>;

/** An entry that holds the parsed object. */
export class ParsedEntry<T> implements Entry<T> {
  readonly key: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly lazy = false;
  #object: T;

  constructor(head: EntryHead, object: T) {
    this.key = head.key;
    this.name = head.name;
    this.namespace = head.namespace;
    this.uid = head.uid;
    this.resourceVersion = head.resourceVersion;
    this.#object = object;
  }

  read(): T {
    return this.#object;
  }

  adopt(object: T): void {
    this.#object = object;
  }

  glance(): T {
    return this.#object;
  }

  labels(): Readonly<Record<string, string>> | undefined {
    return labelsOf(this.#object);
  }

  /** A parsed object belongs to the garbage collector: there is nothing to count. */
  retain(): void {}

  release(): void {}

  detach(): void {}
}

/** The labels of an object, whatever its type says: entries are made of objects that have metadata. */
export function labelsOf(object: unknown): Readonly<Record<string, string>> | undefined {
  return (object as { metadata?: { labels?: Record<string, string> | null } }).metadata?.labels ?? undefined;
}
