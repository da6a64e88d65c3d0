/**
 * Which of two resourceVersions is newer: below 0 when `a` is older, 0 when they are equal, above 0 when `a` is newer,
 * `undefined` when they cannot be compared. Only positive decimal numbers without leading zeros can, of any length.
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5504-comparable-resource-version
 */
export function compareResourceVersions(a: string, b: string): number | undefined {
  if (!isComparable(a) || !isComparable(b)) return undefined;
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether `version` is older than `other`, as far as the two can be compared. */
export function isOlder(version: string, other: string): boolean {
  return (compareResourceVersions(version, other) ?? 0) < 0;
}

/** Whether `version` is `wanted` or newer; false also for what cannot be compared. */
export function hasComeTo(version: string, wanted: string): boolean {
  return (compareResourceVersions(version, wanted) ?? -1) >= 0;
}

/** Whether it can be compared. A loop, because each event is compared several times. */
export function isComparable(version: string): boolean {
  if (version === '' || version.charCodeAt(0) === 48) return false;
  for (let i = 0; i < version.length; i += 1) {
    const c = version.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return true;
}
