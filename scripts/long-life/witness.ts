import type { Change, Reflector } from '@kube-gen/runtime';
import type { Holdings } from './faulty-server.js';
import type { Thing } from './thing.js';

/** A reflector and what it must hold. */
export interface Watched {
  readonly name: string;
  readonly reflector: Reflector<Thing>;
  readonly holds: (key: string, tier: string | undefined) => boolean;
}

/** Folds the changes that one subscriber is told, and finds what cannot be. */
export class Witness {
  readonly watched: Watched;
  readonly #name: string;
  readonly #told = new Map<string, { readonly uid: string; readonly version: string }>();
  readonly #complain: (what: string) => void;

  constructor(watched: Watched, kind: string, complain: (what: string) => void) {
    this.watched = watched;
    this.#name = `${watched.name}, ${kind}`;
    this.#complain = complain;
  }

  readonly hear = (change: Change<Thing>): void => {
    if (!('key' in change)) return;
    const { key, type } = change;
    const known = this.#told.get(key);
    const wrong = wrongOf(change, known);
    if (wrong !== undefined) this.#complain(`${this.#name}: ${type} of ${key}: ${wrong}`);
    if (type === 'deleted') this.#told.delete(key);
    else {
      const { uid, resourceVersion } = change.object.metadata;
      this.#told.set(key, { uid, version: resourceVersion });
    }
  };

  /** How what was told differs from what the cache holds. */
  difference(): string | undefined {
    const held = this.watched.reflector.read();
    if (held.size !== this.#told.size) return `${this.#name}: was told of ${this.#told.size}, there are ${held.size}`;
    for (const [key, { version }] of this.#told) {
      const now = held.get(key)?.metadata.resourceVersion;
      if (now !== version) return `${this.#name}: was told ${key}@${version}, there is ${now}`;
    }
    return undefined;
  }
}

function wrongOf(change: Change<Thing>, known: { uid: string; version: string } | undefined): string | undefined {
  switch (change.type) {
    case 'added':
      return known === undefined ? undefined : 'it was there';
    case 'updated': {
      const { uid, resourceVersion } = change.object.metadata;
      if (known?.uid !== uid) return `uid ${uid} after ${known?.uid}`;
      return Number(resourceVersion) > Number(known.version) ? undefined : `${resourceVersion} after ${known.version}`;
    }
    case 'deleted':
      return known === undefined ? 'it was not there' : undefined;
    case 'replaced':
      return known === undefined || known.uid === change.object.metadata.uid ? `after ${known?.uid}` : undefined;
    default:
      return undefined;
  }
}

/** How a cache differs from its server; `undefined` when it is whole, live and equal. */
export function differenceOf({ name, reflector, holds }: Watched, { objects }: Holdings): string | undefined {
  const { synced, live, phase, lastError } = reflector.status;
  if (!synced || !live) return `${name}: ${phase}, ${lastError?.message ?? 'no error'}`;
  const held = reflector.read();
  const wanted = objects.filter(([key, , tier]) => holds(key, tier));
  if (wanted.length !== held.size) return `${name}: ${held.size} objects instead of ${wanted.length}`;
  for (const [key, version] of wanted) {
    const now = held.get(key)?.metadata.resourceVersion;
    if (now !== version) return `${name}: ${key}@${now} instead of ${version}`;
  }
  return undefined;
}
