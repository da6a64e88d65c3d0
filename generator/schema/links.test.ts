import { describe, expect, it } from 'vitest';
import { Links } from './links.js';
import type { SchemaPlace } from './references.js';

const document = { source: { file: 'a.json', document: 0 } } as SchemaPlace['document'];
const place = (pointer: string): SchemaPlace => ({ document, pointer });

function linksOf(all: readonly string[]): Links<string> {
  const links = new Links<string>();
  for (const one of all) {
    const [from = '', to = ''] = one.split('>');
    links.add(place(from), place(to), one);
  }
  return links;
}

describe('links', () => {
  it.each([
    ['to itself', ['/a>/a'], '/a>/a'],
    ['over another', ['/a>/b', '/b>/a'], '/b>/a'],
    ['into the middle of a way', ['/b>/c', '/a>/b', '/c>/b'], '/c>/b'],
    ['told from its end', ['/c>/d', '/b>/c', '/a>/b', '/d>/a'], '/b>/c'],
  ])('lead back %s', (_title, all, by) => {
    expect(linksOf(all).leadingBack()).toEqual([{ by, isBranch: false }]);
  });

  it.each([
    ['from a branch to its schema', ['/a/anyOf/1>/a'], ['/a/anyOf/1>/a']],
    ['from a branch of a branch', ['/a/anyOf/1/allOf/0>/b', '/b/oneOf/0>/a'], ['/b/oneOf/0>/a']],
    ['to the whole document', ['/oneOf/0>'], ['/oneOf/0>']],
    ['from two branches', ['/a/oneOf/0>/a', '/a/oneOf/1>/a'], ['/a/oneOf/0>/a', '/a/oneOf/1>/a']],
  ])('lead back %s', (_title, all, found) => {
    const links = linksOf(all);
    expect(links.leadingBack()).toEqual(found.map((by) => ({ by, isBranch: true })));
    expect(linksOf(all.filter((one) => !found.includes(one))).leadingBack()).toEqual([]);
  });

  it.each([
    ['where many lead to one place', ['/a>/d', '/b>/d', '/c>/d', '/a>/d']],
    ['from a field or an item', ['/a/properties/b>/a', '/a/anyOf/0/items>/a', '/a/properties/anyOf>/a', '/items/0>']],
    ['where a schema has several ways to one', ['/a/anyOf/0>/b', '/a/anyOf/1>/c', '/b>/c']],
  ])('do not lead back %s', (_title, all) => {
    expect(linksOf(all).leadingBack()).toEqual([]);
  });

  it.each([
    ['its beginning', (i: number, n: number) => n - i],
    ['its end', (i: number) => i],
  ])('a way of 50,000 that is told from %s is walked once', (_title, at) => {
    const links = new Links<string>();
    const length = 50_000;
    for (let i = 1; i <= length; i += 1) {
      const from = at(i, length);
      links.add(place(`/${from + 1}`), place(`/${from}`), '');
    }
    expect(links.leadingBack()).toEqual([]);
    const [first, last] = at(1, length) < at(2, length) ? [1, length + 1] : [0, length];
    links.add(place(`/${first}`), place(`/${last}`), 'back');
    expect(links.leadingBack()).toHaveLength(1);
  });

  it('are found in one look, however many lead back to one schema', () => {
    const back = Array.from({ length: 1000 }, (_, i) => `/b/anyOf/${i}>/a`);
    expect(linksOf(['/a/allOf/0>/b', ...back]).leadingBack()).toHaveLength(1000);
  });

  it('of 5,000 references in branches of branches, 80 levels deep, take little time', () => {
    const links = new Links<string>();
    const holder = '/allOf/0'.repeat(80);
    for (let i = 0; i < 5_000; i += 1) links.add(place(`${holder}/allOf/${i}`), place('/definitions/a'), '');
    expect(links.leadingBack()).toEqual([]);
  });
});
