import { expect, it } from 'vitest';
import { humanAge, humanDuration } from './human-duration.js';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

it.each([
  [-5 * S, '<invalid>'],
  [-1 * S, '0s'],
  [0, '0s'],
  [119 * S, '119s'],
  [2 * M, '2m'],
  [9 * M + 59 * S, '9m59s'],
  [10 * M + 59 * S, '10m'],
  [179 * M, '179m'],
  [3 * H, '3h'],
  [7 * H + 59 * M, '7h59m'],
  [8 * H + 59 * M, '8h'],
  [47 * H, '47h'],
  [48 * H, '2d'],
  [7 * D + 23 * H, '7d23h'],
  [8 * D + 23 * H, '8d'],
  [729 * D, '729d'],
  [730 * D, '2y'],
  [731 * D, '2y1d'],
  [8 * 365 * D + D, '8y'],
])('%d ms are %s, as kubectl writes it', (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});

it('tells what has no time from what is no time', () => {
  const now = Date.UTC(2030, 0, 1);
  expect([undefined, null, '', 'soon', 7, '2029-12-31T23:59:00Z'].map((time) => humanAge(time, now))).toEqual([
    '<unknown>',
    '<unknown>',
    '<unknown>',
    '<invalid>',
    '<invalid>',
    '60s',
  ]);
});
