import { describe, expect, it } from 'vitest';

import { jsonPatch } from './json-patch.js';
import { mergePatch } from './merge-patch.js';

describe('merge patches', () => {
  // The examples of RFC 7386, appendix A.
  it.each([
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', '{}'],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['["a","b"]', '["c","d"]', '["c","d"]'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
    ['{"a":1}', '{"__proto__":{"b":1},"constructor":2}', '{"a":1,"__proto__":{"b":1},"constructor":2}'],
  ])('%s and %s make %s', (target, patch, want) => {
    expect(JSON.stringify(mergePatch(JSON.parse(target), JSON.parse(patch)))).toBe(want);
    expect(({} as { b?: unknown }).b).toBeUndefined();
  });

  it('leaves its target as it is', () => {
    const target = { a: { b: 1 } };
    mergePatch(target, { a: { b: 2 } });
    expect(target).toEqual({ a: { b: 1 } });
  });
});

describe('JSON patches', () => {
  it.each([
    ['adds a member', '{"a":1}', '[{"op":"add","path":"/b","value":2}]', '{"a":1,"b":2}'],
    ['adds into a list', '[1,3]', '[{"op":"add","path":"/1","value":2}]', '[1,2,3]'],
    ['adds at the end of a list', '[1]', '[{"op":"add","path":"/-","value":2}]', '[1,2]'],
    ['removes', '{"a":[1,2]}', '[{"op":"remove","path":"/a/0"}]', '{"a":[2]}'],
    ['replaces', '{"a":{"b":1}}', '[{"op":"replace","path":"/a/b","value":null}]', '{"a":{"b":null}}'],
    ['moves', '{"a":{"b":1},"c":{}}', '[{"op":"move","from":"/a/b","path":"/c/d"}]', '{"a":{},"c":{"d":1}}'],
    ['copies', '{"a":{"b":1}}', '[{"op":"copy","from":"/a","path":"/c"}]', '{"a":{"b":1},"c":{"b":1}}'],
    ['tests', '{"a":{"b":1,"c":2}}', '[{"op":"test","path":"/a","value":{"c":2,"b":1}}]', '{"a":{"b":1,"c":2}}'],
    ['reads ~0 and ~1', '{"a/b":1,"m~n":2}', '[{"op":"remove","path":"/a~1b"},{"op":"remove","path":"/m~0n"}]', '{}'],
    ['takes __proto__ as a name', '{}', '[{"op":"add","path":"/__proto__","value":{"x":1}}]', '{"__proto__":{"x":1}}'],
  ])('%s', (_, target, patch, want) => {
    expect(JSON.stringify(jsonPatch(JSON.parse(target), JSON.parse(patch)))).toBe(want);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it.each([
    ['a test that fails', '[{"op":"test","path":"/a","value":2}]', 422],
    ['a path that is not there', '[{"op":"remove","path":"/b"}]', 422],
    ['an inherited name', '[{"op":"remove","path":"/constructor"}]', 422],
    ['an index beyond the list', '[{"op":"add","path":"/list/5","value":1}]', 422],
    ['an index that is none', '[{"op":"add","path":"/list/01","value":1}]', 422],
    ['an operation that does not exist', '[{"op":"paint","path":"/a"}]', 400],
    ['a pointer that is none', '[{"op":"remove","path":"a"}]', 400],
    ['a patch that is no list', '{"op":"remove"}', 400],
  ])('refuses %s', (_, patch, code) => {
    const target = { a: 1, list: [1] };
    expect(() => jsonPatch(target, JSON.parse(patch))).toThrow(
      expect.objectContaining({ status: expect.objectContaining({ code }) }),
    );
    expect(target).toEqual({ a: 1, list: [1] });
  });

  it('does all or nothing', () => {
    const target = { a: 1 };
    expect(() =>
      jsonPatch(target, [
        { op: 'add', path: '/b', value: 1 },
        { op: 'remove', path: '/c' },
      ]),
    ).toThrow('the server rejected our request');
    expect(target).toEqual({ a: 1 });
  });
});
