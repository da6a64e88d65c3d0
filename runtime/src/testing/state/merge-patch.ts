import { type JsonObject, defineValue, isObject, ownValue } from './json.js';

/**
 * `target` with a JSON merge patch applied: null deletes, objects merge, all else replaces.
 * @see https://www.rfc-editor.org/rfc/rfc7386
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else defineValue(result, key, mergePatch(ownValue(result, key), value));
  }
  return result;
}
