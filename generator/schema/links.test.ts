import { describe, expect, it } from 'vitest';
import { Links } from './links.js';
import type { SchemaPlace } from './references.js';

const document = { source: { file: 'a.json', document: 0 } } as SchemaPlace['document'];
const place = (pointer: string): SchemaPlace => ({ document, pointer });

describe('links', () => {
  it.each([
    ['to itself', ['/a>/a']],
    ['over another', ['/a>/b', '/b>/a']],
    ['into the middle of a way', ['/b>/c', '/a>/b', '/c>/b']],
    ['told from its end', ['/c>/d', '/b>/c', '/a>/b', '/d>/a']],
  ])('lead back %s', (_title, all) => {
    const links = new Links();
    const told = all.map((one) => {
      const [from = '', to = ''] = one.split('>');
      return links.leadBack(place(from), place(to));
    });
    expect(told).toEqual(all.map((_, i) => i === all.length - 1));
  });

  it('do not where many lead to one place', () => {
    const links = new Links();
    expect(['/a', '/b', '/c', '/a'].map((from) => links.leadBack(place(from), place('/d')))).not.toContain(true);
  });

  it.each([
    ['its beginning', (i: number, n: number) => n - i],
    ['its end', (i: number) => i],
  ])('a way of 50,000 that is told from %s is walked once', (_title, at) => {
    const links = new Links();
    const length = 50_000;
    for (let i = 1; i <= length; i += 1) {
      const from = at(i, length);
      expect(links.leadBack(place(`/${from + 1}`), place(`/${from}`))).toBe(false);
    }
    const [first, last] = at(1, length) < at(2, length) ? [1, length + 1] : [0, length];
    expect(links.leadBack(place(`/${first}`), place(`/${last}`))).toBe(true);
  });
});
