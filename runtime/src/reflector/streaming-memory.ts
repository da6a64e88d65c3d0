import type { ClusterInternals } from '../cluster-internals.js';
import { resourceName, type ResourceInfo } from '../resource.js';

/** Until when a server is known not to stream lists of one resource, in monotonic ms; shared by all reflectors of it (L6). */
export interface StreamingMemory {
  unsupportedUntil: number;
}

const memoryOfCluster = new WeakMap<ClusterInternals, Map<string, StreamingMemory>>();

/** What is known of a resource, in whichever namespace. */
export function streamingMemory(internals: ClusterInternals, definition: ResourceInfo): StreamingMemory {
  const key = `${resourceName(definition)} ${definition.version}`;
  let ofCluster = memoryOfCluster.get(internals);
  if (ofCluster === undefined) {
    ofCluster = new Map();
    memoryOfCluster.set(internals, ofCluster);
  }
  let memory = ofCluster.get(key);
  if (memory === undefined) {
    memory = { unsupportedUntil: internals.streamedLists === false ? Number.POSITIVE_INFINITY : 0 };
    ofCluster.set(key, memory);
  }
  return memory;
}
