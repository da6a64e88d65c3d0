import { quote } from '../json-value.js';
import type { Call, CelFault } from './expression.js';

/** Of a constant that is converted (`int('12')`): what cannot be, and how it is written. The API server converts these at once. */
export function checkConversion({ name, target, args: [arg] }: Call): CelFault[] {
  if (target !== undefined || arg?.t !== 'literal') return [];
  const { at, text, value } = arg;
  const hint = text !== undefined ? hints.get(name)?.(text) : value === undefined ? undefined : boundsHint(name, value);
  if (hint === undefined) return [];
  const written = text === undefined ? String(value) : quote(text);
  return [{ at, message: `${written} is no ${nouns.get(name) ?? name}`, hint }];
}

/** What a number has to be that is converted to another type. */
function boundsHint(name: string, value: number | bigint): string | undefined {
  switch (name) {
    case 'int':
      return value >= 2n ** 63n || value < -(2n ** 63n) || value === -(2 ** 63) ? 'An int has 64 bits.' : undefined;
    case 'uint':
      if (value < 0) return 'A uint is 0 or more.';
      return value >= 2n ** 64n ? 'A uint has 64 bits.' : undefined;
    case 'timestamp':
      return isInTime(Number(value) / 60) ? undefined : 'A time is in seconds from 1970, within the years 1 to 9999.';
    default:
      return undefined;
  }
}

const nouns: ReadonlyMap<string, string> = new Map([['timestamp', 'time']]);

/** How a text has to be written, by the function that reads it; `undefined` where it is right. */
const hints: ReadonlyMap<string, (text: string) => string | undefined> = new Map([
  ['int', intHint],
  ['uint', uintHint],
  ['double', doubleHint],
  ['bool', (text): string | undefined => (bool.test(text) ? undefined : 'A bool is written true or false.')],
  ['duration', durationHint],
  ['timestamp', (text): string | undefined => (isTime(text) ? undefined : timeHint)],
]);

function intHint(text: string): string | undefined {
  if (!/^[+-]?\d+$/.test(text)) return 'An int is written such as -12.';
  const value = shortInteger(text);
  return value !== undefined && BigInt.asIntN(64, value) === value ? undefined : 'An int has 64 bits.';
}

function uintHint(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return 'A uint is written such as 12.';
  const value = shortInteger(text);
  return value !== undefined && BigInt.asUintN(64, value) === value ? undefined : 'A uint has 64 bits.';
}

/** The value of an integer, or `undefined` where it has more digits than 64 bits can. */
function shortInteger(text: string): bigint | undefined {
  const digits = text.replace(/^([+-]?)0+(?=\d)/, '$1');
  return digits.length > 21 ? undefined : BigInt(digits);
}

const bool = /^(?:[01tTfF]|true|TRUE|True|false|FALSE|False)$/;
/** What Go reads as a number, and a little more: where underscores may stand is not looked at. */
const double =
  /^[+-]?(?:inf(?:inity)?|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[+-]?[\d_]+)?)$|^nan$|^[+-]?0x[\da-f_.]+p/i;

function doubleHint(text: string): string | undefined {
  if (!double.test(text)) return 'A double is written such as 1.5.';
  const isTooLarge = /^[+-]?[\d.]/.test(text) && Math.abs(Number(text.replaceAll('_', ''))) === Infinity;
  return isTooLarge ? 'A double is at most 1.8e308.' : undefined;
}

const duration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const nanoseconds: Readonly<Record<string, number>> = { ns: 1, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

function durationHint(text: string): string | undefined {
  if (!duration.test(text)) return 'A duration is written such as 1h30m.';
  let sum = 0;
  for (const [, number, unit = ''] of text.matchAll(/([\d.]+)([^\d.]+)/g))
    sum += Number(number) * (nanoseconds[unit] ?? 1e3);
  return sum > 2 ** 63 ? 'A duration is at most 292 years.' : undefined;
}

const timeHint = 'A time is written such as 2024-01-31T12:00:00Z.';
const timestamp = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|([+-])(\d\d):(\d\d))$/;
/** In minutes from 1970: the first one, and the one after the last. */
const years = [-62_135_596_800 / 60, 253_402_300_800 / 60] as const;

/** Whether a text is a time such as Go reads it, which knows how many days a month has, in a year that CEL knows. */
function isTime(text: string): boolean {
  const parts = timestamp.exec(text);
  if (parts === null) return false;
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 7).map(Number);
  const [sign, offHours, offMinutes] = [parts[7], Number(parts[8] ?? 0), Number(parts[9] ?? 0)];
  // The years from 0 to 99 are others to JavaScript. After 400 of them all days are the same again.
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const isRight = month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
  if (!isRight || offHours > 24 || offMinutes > 60) return false;
  const local = new Date(Date.UTC(2000, month - 1, day, hour, minute)).setUTCFullYear(year) / 60_000;
  const at = local - (sign === '-' ? -1 : 1) * (offHours * 60 + offMinutes);
  return isInTime(at);
}

function isInTime(minutes: number): boolean {
  return minutes >= years[0] && minutes < years[1];
}
