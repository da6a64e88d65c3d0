import { type JsonObject, objectOr } from './json.js';
import { type LogEntry, type RevisionLog, createRevisionLog } from './revision-log.js';

/** All objects of a server, under one counter of revisions. */
export interface Storage {
  /** The revision of the last write. */
  readonly revision: number;
  /** The log of one resource, made when it is first asked for. */
  log(resource: string): RevisionLog;
  /** Stores `object` under the next revision, which becomes its `metadata.resourceVersion`. */
  put(resource: string, key: string, object: JsonObject): JsonObject;
  /** Removes an object and returns its last state, with the version of the removal. */
  remove(resource: string, key: string): JsonObject | undefined;
  /** Forgets all history: watches and pages that began before cannot go on. */
  compact(): void;
  /** Forgets a resource altogether and ends its watches. */
  drop(resource: string): void;
}

/** `window`: how many writes are remembered for each resource. */
export function createStorage(options: { readonly window: number }): Storage {
  const logs = new Map<string, RevisionLog>();
  let revision = 1;

  function log(resource: string): RevisionLog {
    let found = logs.get(resource);
    if (found === undefined) {
      found = createRevisionLog({ window: options.window, revision });
      logs.set(resource, found);
    }
    return found;
  }

  function append(resource: string, entry: Omit<LogEntry, 'revision' | 'now'> & { now: JsonObject }): JsonObject {
    const target = log(resource);
    revision++;
    const now = withVersion(entry.now, revision);
    target.append({ ...entry, revision, now });
    return now;
  }

  return {
    get revision() {
      return revision;
    },
    log,
    put(resource, key, object) {
      const was = log(resource).get(key);
      return append(resource, { key, type: was === undefined ? 'ADDED' : 'MODIFIED', now: object, was });
    },
    remove(resource, key) {
      const was = log(resource).get(key);
      return was === undefined ? undefined : append(resource, { key, type: 'DELETED', now: was, was });
    },
    compact() {
      for (const each of logs.values()) each.forget(revision);
    },
    drop(resource) {
      const gone = logs.get(resource);
      logs.delete(resource);
      gone?.close();
    },
  };
}

/** A copy of `object` with another `metadata.resourceVersion`. */
export function withVersion(object: JsonObject, revision: number): JsonObject {
  return { ...object, metadata: { ...objectOr(object['metadata']), resourceVersion: String(revision) } };
}
