import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from './selector.js';

const web = { app: 'web', tier: 'front', size: '5', 'example.dev/a': 'b', empty: '', big: '9223372036854775808' };

describe('label selectors', () => {
  it.each([
    ['', true],
    ['app=web', true],
    ['app==web', true],
    ['app = db', false],
    ['app!=db', true],
    ['missing!=x', true],
    ['app in (web, db)', true],
    ['app in (db)', false],
    ['app notin (db)', true],
    ['missing notin (db)', true],
    ['app', true],
    ['missing', false],
    ['!missing', true],
    ['!app', false],
    ['size>4', true],
    ['size<5', false],
    ['app>4', false],
    ['empty=', true],
    ['empty in ()', true],
    ['example.dev/a=b', true],
    ['tier in (front,back),!legacy,app=web', true],
    ['constructor', false],
    ['toString=x', false],
    ['app in (web,)', true],
    ['missing notin (,a)', true],
    ['empty in (,a)', true],
    ['app notin (a,,b),size>1,tier in (front,in,notin)', true],
    ['app  in\n(web)', true],
    ['notin!=in', true],
    ['big>1', false],
    ['size<9223372036854775807', true],
    ['empty>0', false],
  ])('%s matches: %s', (selector, want) => {
    expect(parseLabelSelector(selector).matches(web)).toBe(want);
  });

  it('takes an object, and objects without labels', () => {
    expect(parseLabelSelector({ app: 'web', tier: 'front' }).matches(web)).toBe(true);
    expect(parseLabelSelector('app').matches(undefined)).toBe(false);
  });

  it.each([
    'app in',
    'app in (a',
    'app=a b',
    ',',
    'app=web,',
    '=a',
    'a b',
    'app in (a,b',
    '-x=1',
    'app=-',
    'size>x',
    'a/b/c=1',
    '!',
    'app=~x',
    'x=a||y=b',
    'x==a==b',
    '!x=a',
    'x<a',
    'x,,y',
    ',x,y',
    'x nott in (y)',
    'a in (xyz)b',
    'a in (xyz abc)',
    'a notin(',
    'a (',
    '(',
    'x>-1',
    'x>9223372036854775808',
    'x=\u00a0',
    `x=${'a'.repeat(64)}`,
    `${'a'.repeat(64)}=x`,
    'UPPER.example/a=b',
  ])('%s is a usage error', (selector) => {
    expect(() => parseLabelSelector(selector)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
