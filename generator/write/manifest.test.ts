import { describe, expect, it } from 'vitest';
import { formatManifest, hashOf, isInside, parseManifest } from './manifest.js';

describe('the manifest', () => {
  it('comes back as it was, in the order of its paths', () => {
    const files = new Map([
      ['b/x.ts', hashOf('x')],
      ['a.ts', hashOf('y')],
      ['__proto__', hashOf('z')],
    ]);
    const text = formatManifest({ version: '1.2.3', files });
    expect(parseManifest(text)).toEqual({ version: '1.2.3', files });
    expect(text.indexOf('a.ts')).toBeLessThan(text.indexOf('b/x.ts'));
    expect(formatManifest({ version: '1.2.3', files: new Map([...files].reverse()) })).toBe(text);
    expect(parseManifest(formatManifest({ version: '1', files: new Map() }))?.files.size).toBe(0);
  });

  it.each([
    '',
    '<<<<<<< HEAD',
    'null',
    '[]',
    '{"generator":"other","version":"1","files":{}}',
    '{"generator":"kube-gen","version":1,"files":{}}',
    '{"generator":"kube-gen","version":"1","files":{"../../etc/passwd":"x"}}',
    '{"generator":"kube-gen","version":"1","files":{"a.ts":7}}',
  ])('is not taken for one: %s', (text) => {
    expect(parseManifest(text)).toBeUndefined();
  });

  it.each([
    ['a/b.ts', true],
    ['a', true],
    ['', false],
    ['/a', false],
    ['a/', false],
    ['../a', false],
    ['a/../b', false],
    ['./a', false],
    ['a//b', false],
    [String.raw`a\..\b`, false],
    ['c:x', false],
    ['a\0b', false],
  ])('the path %j stays inside: %s', (path, inside) => {
    expect(isInside(path)).toBe(inside);
  });
});
