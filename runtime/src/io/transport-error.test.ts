import { describe, expect, it } from 'vitest';
import { transportError } from './transport-error.js';

const server = 'https://host:6443';

describe('the error of no answer', () => {
  it.each([
    [{ code: 'ECONNREFUSED' }, 'unreachable', /connection refused/],
    [
      new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) }),
      'unreachable',
      /does not resolve \(ENOTFOUND\)/,
    ],
    [
      Object.assign(new AggregateError([Object.assign(new Error('a'), { code: 'ETIMEDOUT' })]), {}),
      'unreachable',
      /ETIMEDOUT/,
    ],
    [{ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }, 'tls', /client certificate/],
    [
      { code: 'ENOTFOUND', hostname: 'api.example' },
      'unreachable',
      /its host name "api\.example" does not resolve \(ENOTFOUND\)/,
    ],
    [
      {
        code: 'ERR_TLS_CERT_ALTNAME_INVALID',
        host: '10.0.0.9',
        cert: { subjectaltname: 'DNS:kubernetes, IP Address:10.0.0.1' },
      },
      'tls',
      /another host name: it is for kubernetes, 10\.0\.0\.1, and not for 10\.0\.0\.9 .*tlsServerName/,
    ],
    [{ code: 'CERT_HAS_EXPIRED' }, 'tls', /: it expired \(CERT_HAS_EXPIRED\)/],
    [
      { code: 'CERT_HAS_EXPIRED', outOfTime: { isAuthority: false, at: '2021-01-01T00:00:00.000Z' } },
      'tls',
      /: it expired at 2021-01-01T00:00:00\.000Z \(CERT_HAS_EXPIRED\)/,
    ],
    [
      { code: 'CERT_HAS_EXPIRED', outOfTime: { isAuthority: true, at: '2021-01-01T00:00:00.000Z' } },
      'tls',
      /: that of its authority expired at 2021-01-01T00:00:00\.000Z \(CERT_HAS_EXPIRED\)/,
    ],
    [{ code: 'CERT_NOT_YET_VALID' }, 'tls', /: not yet \(CERT_NOT_YET_VALID\).* clock/],
    [
      { code: 'CERT_NOT_YET_VALID', outOfTime: { isAuthority: false, at: '2048-01-01T00:00:00.000Z' } },
      'tls',
      /: not before 2048-01-01T00:00:00\.000Z \(CERT_NOT_YET_VALID\).* clock/,
    ],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'tls', /unknown authority .*certificate-authority/],
    [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'tls', /Is it http:\/\/host:6443\?/],
    [
      {
        code: 'EPROTO',
        message: 'write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:x.c:3:',
      },
      'tls',
      /not speak TLS \(ERR_SSL_WRONG_VERSION_NUMBER\)/,
    ],
    [{ code: 'EPROTO', message: 'write EPROTO' }, 'tls', /the TLS connection failed \(EPROTO\)/],
    [
      Object.assign(new Error('no'), { code: 'HPE_INVALID_CONSTANT' }),
      'protocol',
      /does not answer in HTTP: no \(HPE_INV/,
    ],
    // What the fetch of the newest Node says: a name and no code.
    [
      new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { name: 'HTTPParserError' }) }),
      'protocol',
      /does not answer in HTTP: no \(HPE_INVALID\)/,
    ],
    [{ code: 'Z_DATA_ERROR', message: 'incorrect data check' }, 'protocol', /cannot be unpacked: incorrect data check/],
    [{ code: 'Z_BUF_ERROR' }, 'unreachable', /a packed answer broke off \(Z_BUF_ERROR\)/],
    [new Error('something else'), 'unreachable', /something else/],
    ['a text', 'unreachable', /a text/],
  ])('%s', (thrown, code, message) => {
    expect(transportError(thrown, server)).toMatchObject({
      code,
      message: expect.stringMatching(message),
      cause: thrown,
    });
  });

  it('a plain http connection that is cut asks whether it should be TLS, unless the server has answered before', () => {
    const plain = 'http://host:6443';
    expect(transportError({ code: 'ECONNRESET' }, plain).message).toContain('Then it is https://host:6443');
    expect(transportError({ code: 'ECONNRESET' }, plain, { answered: true }).message).toBe(
      'cannot reach http://host:6443: the connection was cut (ECONNRESET)',
    );
    expect(transportError({ code: 'ECONNRESET' }, server).message).not.toContain('TLS');
  });
});
