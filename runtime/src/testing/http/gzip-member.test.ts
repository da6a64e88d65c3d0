import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { gzipMember } from './gzip-member.js';

it('gives members that are read one after the other', () => {
  const texts = ['', 'first\n', 'zweiter: ü\n'.repeat(5000)];
  expect(gunzipSync(Buffer.concat(texts.map((text) => gzipMember(text)))).toString()).toBe(texts.join(''));
});

it('flushes the text before the block that ends the member', () => {
  const member = Buffer.from(gzipMember('{"type":"BOOKMARK"}\n'));
  expect(member.subarray(-17, -8).toString('hex')).toBe('0000ffff010000ffff');
});
