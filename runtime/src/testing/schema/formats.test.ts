import { describe, expect, it } from 'vitest';

import { cpuSeconds } from '../../../../tests/support/cpu-seconds.js';
import { hasFormat } from './formats.js';

const cases: readonly (readonly [format: string, good: readonly string[], bad: readonly string[]])[] = [
  [
    'date-time',
    ['2026-01-31T10:00:00Z', '2026-01-31t10:00:00.123+02:00'],
    ['2026-01-31', '2026-02-30T10:00:00Z', '2026-01-31T25:00:00Z', 'now'],
  ],
  ['date', ['2024-02-29'], ['2023-02-29', '2024-13-01', '24-01-01']],
  ['duration', ['1h30m', '0', '-1.5s', '2 days', '300ms'], ['', '1', 'soon', '1 fortnight']],
  ['byte', ['aGk=', 'aGVsbG8h'], ['', 'a', '...', 'aGk']],
  ['uri', ['https://example.dev/a?b', '/path', 'urn:x:y'], ['not a uri', 'example', '']],
  ['email', ['a@example.dev'], ['a', 'a@', 'a b@c']],
  ['ipv4', ['10.0.0.1'], ['10.0.0.256', '10.0.0', '010.0.0.1']],
  ['ipv6', ['::1', 'fe80::1', '::ffff:10.0.0.1'], ['10.0.0.1', 'fe80::1::2', 'x::']],
  ['cidr', ['10.0.0.0/8', 'fe80::/10'], ['10.0.0.0', '10.0.0.0/33', '/8']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567', 'g23e4567-e89b-12d3-a456-426614174000']],
  ['hostname', ['example.dev', 'a_b'], ['-a', 'a..b', 'a b']],
  ['mac', ['01:23:45:67:89:ab', '01-23-45-67-89-ab'], ['01:23:45:67:89', '01:23-45:67:89:ab']],
];

describe('formats', () => {
  it.each(cases)('V15: %s is enforced', (format, good, bad) => {
    expect(good.filter((text) => !hasFormat(text, format))).toEqual([]);
    expect(bad.filter((text) => hasFormat(text, format))).toEqual([]);
  });

  it('a duration of very many digits is judged in linear time', () => {
    expect(cpuSeconds(() => hasFormat('1'.repeat(100_000), 'duration'))).toBeLessThan(1);
  });

  it('V15: binary, password and formats that nobody knows are not', () => {
    expect(['binary', 'password', 'constructor', 'unheard'].every((format) => hasFormat('anything', format))).toBe(
      true,
    );
  });
});
