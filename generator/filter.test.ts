import { describe, expect, it } from 'vitest';
import { createFilter } from './filter.js';

const certificate = { group: 'cert-manager.io', version: 'v1', kind: 'Certificate' };
const pod = { group: '', version: 'v1', kind: 'Pod' };

describe('createFilter', () => {
  it('takes everything without patterns', () => {
    expect(createFilter({}).takes(certificate)).toBe(true);
  });

  it.each([
    ['cert-manager.io/Certificate', true],
    ['cert-manager.io/*', true],
    ['*/Certificate', true],
    ['*.io/Cert*', true],
    ['cert-manager.io/v1/Certificate', true],
    ['cert-manager.io/v?/Certificate', true],
    ['cert-manager.io/v1beta1/Certificate', false],
    ['cert-managerXio/Certificate', false],
    ['cert-manager.io/certificate', false],
    ['manager.io/Certificate', false],
    ['[a-z]*/Certificate', false],
  ])('include %s takes a cert-manager.io/v1 Certificate: %s', (pattern, taken) => {
    expect(createFilter({ include: [pattern] }).takes(certificate)).toBe(taken);
  });

  it('calls the core group core', () => {
    expect(createFilter({ include: ['core/Pod'] }).takes(pod)).toBe(true);
    expect(createFilter({ include: ['core/v1/*'] }).takes(pod)).toBe(true);
  });

  it('leaves out what is excluded, also from what is included', () => {
    const filter = createFilter({ include: ['*/*'], exclude: ['*/Certificate'] });
    expect([filter.takes(certificate), filter.takes(pod)]).toEqual([false, true]);
  });

  it('tells which patterns never matched', () => {
    const filter = createFilter({ include: ['cert-manager.io/*', 'cert-manger.io/*'], exclude: ['*/Pod', 'x.io/X'] });
    filter.takes(certificate);
    filter.takes(pod);
    expect(filter.unused().map(({ text }) => text)).toEqual(['cert-manger.io/*', 'x.io/X']);
  });

  it.each([
    ['cert-manger.io/*', 'cert-manager.io/*'],
    ['cert-manger.io/v1/Issuer', 'cert-manager.io/v1/Issuer'],
    ['cert-manager.io/certificates', 'cert-manager.io/Certificate'],
    ['cert-manager.io/v1/Certficate', 'cert-manager.io/v1/Certificate'],
    ['cor/Pod', 'core/Pod'],
    ['cert-manager.io/v9/Certificate', undefined],
    ['cert-manger.*/Certificate', undefined],
    ['cert-manager.io/Cartif*', undefined],
    ['velero.io/*', undefined],
  ])('of %s, which never matched, it says that %s may be meant', (pattern, near) => {
    const filter = createFilter({ include: [pattern] });
    filter.takes(certificate);
    filter.takesSome(pod);
    expect(filter.unused()).toEqual([{ text: pattern, near }]);
  });

  it.each(['Certificate', 'a/b/c/d', 'a//b', '/Certificate', ''])(
    'refuses the pattern %j and shows how one looks',
    (pattern) => {
      expect(() => createFilter({ include: [pattern] })).toThrow(/must be group\/Kind or group\/version\/Kind/);
    },
  );
});
