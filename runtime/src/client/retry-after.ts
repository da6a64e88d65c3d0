/** A date as HTTP writes it. The platform would read much else as one, `-5` too. */
const DATE = /^[a-z]{3,9},? .*GMT$/i;

/** How many ms a Retry-After header asks to wait, in seconds or by a date; `undefined` when it says neither. */
export function retryAfterMs(header: string | undefined, wallNow: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - wallNow);
}
