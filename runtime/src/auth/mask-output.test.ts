import { describe, expect, it } from 'vitest';
import { maskOutput, secretValues } from './mask-output.js';

function mask(text: string, known: { secrets?: string[]; beside?: string } = {}): string {
  return maskOutput(text, { secrets: [], beside: '', ...known });
}

describe('what a program said', () => {
  it('is one line without what steers a terminal', () => {
    expect(mask('  \u001B[1;31mdenied\u001B[0m\n\n\tfor \u0007you\r\n')).toBe('denied for you');
  });

  it('is cut to its end, where the reason is', () => {
    expect(mask('no no '.repeat(1000) + 'because')).toMatch(/^….{593}because$/u);
  });

  it.each([
    ['the id_token expired, and so did the refresh-token'],
    ['see https://docs.example.dev/login/errors/4711-aabbccddeeff00112233'],
    ['cannot reach https://idp.example/oauth2/token'],
    ['cannot read /home/jane/.aws/sso/cache/0a1b2c3d4e5f60718293a4b5c6d7e8f9.json'],
    ['the profile prod-eu is not known'],
    ['Error: x509: certificate signed by unknown authority'],
  ])('T12: is told as it is: %s', (text) => {
    expect(mask(text)).toBe(text);
  });

  it.each([
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer ***'],
    ['password="hunter2 with blanks" rest', '*** rest'],
    ["api_key: 'hunter2'", 'api_key: ***'],
    ['got AKIAIOSFODNN7EXAMPLE0', 'got ***'],
    ['my-secret-value-1', '***'],
    ['at https://jane:hunter2@idp.example/x now', 'at https://***@idp.example/x now'],
    ['at https://hunter2@git.example/x', 'at https://***@git.example/x'],
    ['via socks5://jane:hunter2@proxy:1080', 'via socks5://***@proxy:1080'],
    ['at https://idp.example/cb?code=hunter2&state=x: no', 'at https://idp.example/cb?*** no'],
    ['at https://idp.example/cb#access=hunter2', 'at https://idp.example/cb#***'],
  ])('T12: has no secret: %s', (text, want) => {
    expect(mask(text)).toBe(want);
  });

  it('T12: has none of the secrets that it was given, nor long words that it wrote elsewhere', () => {
    expect(mask('a ab abc of it', { secrets: ['ab', 'abc', ''] })).toBe('a *** *** of it');
    expect(mask('short written-out', { beside: '{"a":"short","b":["written-out"]}' })).toBe('short ***');
  });
});

describe('secrets among arguments and variables', () => {
  it('T12: are those with a telling name, and long ones; names of clusters and profiles are not', () => {
    const args = [
      '--client-secret',
      's1',
      'get',
      '--cluster',
      'prod-eu',
      '--password=s=2',
      '--verbose',
      'x'.repeat(20),
      '--token',
    ];
    expect(secretValues(args, { AWS_PROFILE: 'prod', API_KEY: 's3' })).toEqual(['s3', 's1', 's=2', 'x'.repeat(20)]);
  });
});
