/** A date as HTTP writes it. The platform would read much else as one, `-5` too. */
const DATE = /^[a-z]{3,9},? .*GMT$/i;
/** A date as the C library writes it: HTTP means UTC by it, the platform would take it for local time. */
const ASCTIME = /^[a-z]{3} [a-z]{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/i;

/** How many ms a Retry-After header asks to wait, in seconds or by a date; `undefined` when it says neither. */
export function retryAfterMs(header: string | undefined, wallNow: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = ASCTIME.test(text) ? `${text} GMT` : text;
  const at = DATE.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - wallNow);
}
