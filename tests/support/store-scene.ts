import { expect } from 'vitest';
import { rawOf } from './raw-object.js';
import { createStore } from '../../runtime/src/store/cache-store.js';
import type { Entry, EntryMaker } from '../../runtime/src/store/entry.js';
import { createEntryMaker } from '../../runtime/src/store/entry-maker.js';
import type { Difference, Outcome } from '../../runtime/src/store/outcome.js';
import type { Store, StoreOptions } from '../../runtime/src/store/store.js';
import type { StoreWriter } from '../../runtime/src/store/store-writer.js';

/** A small kind, with a namespace or without. */
export interface Thing {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly color?: string; readonly tags?: readonly string[] };
}

interface ThingParts {
  readonly uid?: string;
  readonly color?: string;
  readonly tags?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

/** There is always time to go on. */
export const always = (): boolean => true;

/** A Thing as JSON, by its key. */
export const textOf = (
  key: string,
  version: number,
  { uid = `uid-${key}`, labels, ...spec }: ThingParts = {},
): string => {
  const [namespace, name] = key.includes('/') ? key.split('/') : [undefined, key];
  return JSON.stringify({ metadata: { name, namespace, uid, resourceVersion: String(version), labels }, spec });
};

/** The keys of Things. */
export const keysOf = (things: Iterable<Thing>): string[] =>
  Array.from(things, ({ metadata: { namespace, name } }) => (namespace === undefined ? name : `${namespace}/${name}`));

/** An outcome in a word or two. */
export const brief = (outcome: Outcome<Thing>): string => {
  switch (outcome.t) {
    case 'added':
      return `added ${outcome.now.key}@${outcome.now.resourceVersion}`;
    case 'updated':
    case 'replaced':
      return `${outcome.t} ${outcome.now.key}@${outcome.was.resourceVersion}>${outcome.now.resourceVersion}`;
    case 'deleted':
      return `deleted ${outcome.was.key}@${outcome.was.resourceVersion}>${outcome.now.resourceVersion}${outcome.finalStateUnknown ? '?' : ''}`;
    case 'same':
    case 'stale':
    case 'unknown':
      return outcome.t;
  }
};

/** What tests do with stores of entries of one form. */
export interface StoreScene {
  readonly maker: EntryMaker<Thing>;
  readonly entry: (key: string, version: number, parts?: ThingParts) => Entry<Thing>;
  readonly fresh: (options?: Partial<StoreOptions<Thing>>) => Store<Thing>;
  /** Commits a whole list, and returns what it changed. */
  readonly list: (
    writer: StoreWriter<Thing>,
    entries: readonly Entry<Thing>[],
    version: number,
  ) => readonly Difference<Thing>[];
}

/** Sets the scene. */
export function storeScene(form: 'bytes' | 'parsed'): StoreScene {
  const maker = createEntryMaker<Thing>({
    apiVersion: 'v1',
    kind: 'Thing',
    managedFields: false,
    freeze: 'none',
    // What a transform gave is held as it is.
    transform: form === 'parsed' ? (object) => object : undefined,
  });
  const entry = (key: string, version: number, parts?: ThingParts): Entry<Thing> =>
    maker.make(rawOf(textOf(key, version, parts)));

  const fresh = (options: Partial<StoreOptions<Thing>> = {}): Store<Thing> =>
    createStore({ partitions: [''], ...options });
  const list = (
    writer: StoreWriter<Thing>,
    entries: readonly Entry<Thing>[],
    version: number,
  ): readonly Difference<Thing>[] => {
    writer.begin();
    for (const each of entries) writer.put(each);
    const commit = writer.commit(String(version));
    expect(commit.run(always)).toBe(true);
    return commit.outcomes;
  };
  return { maker, entry, fresh, list };
}
