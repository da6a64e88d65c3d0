/** Digits only, no leading zero: such versions of one server can be compared. */
const comparable = /^[1-9][0-9]*$/;

/**
 * Negative when `a` is older than `b`, 0 when equal, positive when newer; `undefined` when they cannot be compared.
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5504-comparable-resource-version
 */
export function compareResourceVersions(a: string, b: string): number | undefined {
  if (a === b) return 0;
  if (!comparable.test(a) || !comparable.test(b)) return undefined;
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : 1;
}
