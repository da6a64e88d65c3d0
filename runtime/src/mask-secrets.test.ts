import { describe, expect, it } from 'vitest';
import { maskSecrets } from './mask-secrets.js';

describe('T12: the texts of others', () => {
  it.each([
    ['sent Bearer abcdef, and BASIC YTpi', 'sent Bearer ***, and BASIC YTpi'],
    ['sent basic YTpiOmM=', 'sent basic ***'],
    ['it was eyJhbGciOiJ9.eyJzdWIi.c2ln, or a.eyJhbGciOiJ9.x.y', 'it was ***, or a.***'],
    ['dial https://jane:hunter2@host:6443/x: refused', 'dial https://***@host:6443/x: refused'],
    ['no way to ssh://git@host/x or https://host:6443/a@b', 'no way to ssh://git@host/x or https://host:6443/a@b'],
  ])('have no credential: %s', (text, want) => {
    expect(maskSecrets(text)).toBe(want);
  });

  it('take no time that grows with their square', () => {
    const long = '://a'.repeat(50_000) + ':'.repeat(50_000);
    expect(maskSecrets(long)).toBe(long);
  });
});
