const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** How long ago, as `kubectl get` shows it: two units at most, and the second only where it says something. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 2 * MINUTE) return `${Math.max(0, seconds)}s`;
  if (seconds < 10 * MINUTE) return two(seconds, [MINUTE, 'm'], [1, 's']);
  if (seconds < 3 * HOUR) return one(seconds, MINUTE, 'm');
  if (seconds < 8 * HOUR) return two(seconds, [HOUR, 'h'], [MINUTE, 'm']);
  if (seconds < 2 * DAY) return one(seconds, HOUR, 'h');
  if (seconds < 8 * DAY) return two(seconds, [DAY, 'd'], [HOUR, 'h']);
  if (seconds < 2 * YEAR) return one(seconds, DAY, 'd');
  if (seconds < 8 * YEAR) return two(seconds, [YEAR, 'y'], [DAY, 'd']);
  return one(seconds, YEAR, 'y');
}

type Unit = readonly [seconds: number, letter: string];

function one(seconds: number, unit: number, letter: string): string {
  return `${Math.trunc(seconds / unit)}${letter}`;
}

function two(seconds: number, [big, bigLetter]: Unit, [small, smallLetter]: Unit): string {
  const rest = Math.trunc((seconds % big) / small);
  return `${one(seconds, big, bigLetter)}${rest === 0 ? '' : `${rest}${smallLetter}`}`;
}

/** How long ago a time of an object is: `<unknown>` for none, `<invalid>` for what is no time. */
export function humanAge(time: unknown, now: number): string {
  if (time === undefined || time === null || time === '') return '<unknown>';
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? '<invalid>' : humanDuration(now - at);
}
