import { describe, expect, it } from 'vitest';
import { KubeError, type KubeErrorCode } from '../errors.js';
import { WireError } from '../wire/wire-error.js';
import { failureOfError } from './failure-of-error.js';
import { classOfStatus } from './failure.js';

const system = (code: string): Error => Object.assign(new Error(code), { code });
const kube = (code: KubeErrorCode, cause?: unknown): KubeError => new KubeError(code, 'it failed', { cause });

describe('the class of a failure without an answer', () => {
  it.each([
    ['a certificate that is not trusted', kube('tls'), 'refused', 'tls'],
    ['no credentials', kube('credentials'), 'refused', 'credentials'],
    ['a server that is not there', kube('unreachable', system('ECONNREFUSED')), 'refused', 'unreachable'],
    ['a name that is not known', kube('unreachable', { cause: system('ENOTFOUND') }), 'refused', 'unreachable'],
    ['several addresses', kube('unreachable', { errors: [system('ETIMEDOUT')] }), 'refused', 'unreachable'],
    ['a connection that broke', kube('unreachable', system('ECONNRESET')), 'reset', 'unreachable'],
    ['a request that was ended', kube('aborted'), 'reset', 'unreachable'],
    ['a transport that knows no KubeError', system('ECONNREFUSED'), 'refused', 'unreachable'],
    ['anything else that is thrown', 'gone', 'reset', 'unreachable'],
    ['bytes that are no JSON', new WireError('decode', 'no JSON'), 'decode', 'protocol'],
    ['bytes without an end', new WireError('overflow', 'too long'), 'overflow', 'protocol'],
  ] as const)('%s', (_what, error, kind, code) => {
    expect(failureOfError(error, 'reset')).toMatchObject({ class: kind, code });
  });

  it('a server that is not available, where no answer had begun', () => {
    expect(failureOfError(kube('unreachable'), 'unavailable')).toMatchObject({ class: 'unavailable' });
    expect(failureOfError('gone', 'unavailable')).toMatchObject({ class: 'unavailable', code: 'unreachable' });
  });
});

describe('the class of a status', () => {
  const tooLarge = 'Too large resource version: 9, current: 8';
  it.each([
    [{ causes: [{ reason: 'ResourceVersionTooLarge' }] }, 'rvTooLarge'],
    [{ code: 504, causes: [{ message: 'other' }, { message: tooLarge }] }, 'rvTooLarge'],
    [{ code: 504, message: tooLarge, causes: [] }, 'rvTooLarge'],
    [{ message: tooLarge, causes: [] }, 'rvTooLarge'],
    [{ code: 500, reason: 'Timeout', message: tooLarge, causes: [] }, 'rvTooLarge'],
    [{ code: 403, message: tooLarge, causes: [] }, 'forbidden'],
    [{ code: 410, causes: [] }, 'expired'],
    [{ reason: 'Expired', causes: [] }, 'expired'],
    [{ reason: 'Gone', causes: [] }, 'expired'],
    [{ code: 500, reason: 'StorageReadError', causes: [] }, 'storeRead'],
    [{ code: 500, reason: 'StoreReadError', causes: [] }, 'storeRead'],
    [{ code: 500, causes: [] }, 'internal'],
    [{ code: 408, causes: [] }, 'unavailable'],
  ] as const)('R1, L12: of %j is %s', (status, want) => {
    expect(classOfStatus(status)).toBe(want);
  });
});
