import { readPath } from './json-path.js';
import type { JsonObject } from './json.js';
import type { ServedVersion } from './served-kind.js';
import type { FieldFault } from './status.js';

const LARGEST_INT32 = 2 ** 31 - 1;

/** What is wrong with the number of replicas, where the kind has a scale. */
export function scaleFaults(object: JsonObject, version: ServedVersion): FieldFault[] {
  if (version.schema === undefined || version.scale === undefined) return [];
  const { specReplicasPath } = version.scale;
  const replicas = readPath(object, specReplicasPath);
  if (typeof replicas !== 'number') return [];
  const fault = (why: string): FieldFault[] => [
    { reason: 'FieldValueInvalid', field: specReplicasPath, message: `Invalid value: ${replicas}: ${why}` },
  ];
  if (replicas < 0) return fault('should be a non-negative integer');
  return replicas > LARGEST_INT32 ? fault(`should be less than or equal to ${LARGEST_INT32}`) : [];
}
