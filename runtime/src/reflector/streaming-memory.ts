import type { ClusterInternals } from '../cluster-internals.js';

/** Until when a server is known not to stream lists of one resource, in monotonic ms; shared by all reflectors of it (L6). */
export interface StreamingMemory {
  unsupportedUntil: number;
}

const memoryOfCluster = new WeakMap<ClusterInternals, Map<string, StreamingMemory>>();

/** What is known of a collection. */
export function streamingMemory(internals: ClusterInternals, path: string): StreamingMemory {
  let ofCluster = memoryOfCluster.get(internals);
  if (ofCluster === undefined) {
    ofCluster = new Map();
    memoryOfCluster.set(internals, ofCluster);
  }
  let memory = ofCluster.get(path);
  if (memory === undefined) {
    memory = { unsupportedUntil: internals.streamedLists === false ? Number.POSITIVE_INFINITY : 0 };
    ofCluster.set(path, memory);
  }
  return memory;
}
