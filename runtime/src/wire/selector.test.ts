import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from './selector.js';

const web = { app: 'web', tier: 'front', size: '5', 'example.dev/a': 'b', empty: '' };

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
  ])('%s matches: %s', (selector, want) => {
    expect(parseLabelSelector(selector).matches(web)).toBe(want);
    expect(parseLabelSelector(parseLabelSelector(selector).toString()).matches(web)).toBe(want);
  });

  it('takes an object, and objects without labels', () => {
    expect(parseLabelSelector({ app: 'web', tier: 'front' }).matches(web)).toBe(true);
    expect(parseLabelSelector({ app: 'web' }).toString()).toBe('app=web');
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
  ])('%s is a usage error', (selector) => {
    expect(() => parseLabelSelector(selector)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
