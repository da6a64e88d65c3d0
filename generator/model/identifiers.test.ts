import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../tests/support/cpu-seconds.js';
import { kindFileName } from './identifiers.js';

describe('kindFileName', () => {
  it.each([
    ['Certificate', 'certificate'],
    ['HTTPRoute', 'http-route'],
    ['SafeTLSConfig', 'safe-tls-config'],
    ['ABc', 'a-bc'],
    ['IPAddressPool', 'ip-address-pool'],
    ['S3Bucket', 's3-bucket'],
    ['postgresql', 'postgresql'],
    ['Index', 'index-kind'],
  ])('of %s is %s', (kind, name) => {
    expect(kindFileName(kind)).toBe(name);
  });

  it('is found at once for a name of very many capitals', () => {
    expect(cpuSeconds(() => kindFileName('A'.repeat(60_000)))).toBeLessThan(1);
  });
});
