import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, parsePath } from './document-path.js';

describe('document paths', () => {
  it('read like code', () => {
    expect(
      formatPath(['spec', 'versions', 0, 'schema', 'openAPIV3Schema', 'properties', 'x-y', 'a.b', '__proto__', '']),
    ).toBe('spec.versions[0].schema.openAPIV3Schema.properties.x-y["a.b"].__proto__[""]');
    expect(formatPath([])).toBe('');
    expect(formatPath(['a"]b', '0', 0])).toBe('["a\\"]b"]["0"][0]');
  });

  it('show the beginning of a key that is no name', () => {
    expect(formatPath(['a', 'k'.repeat(1_000_000), 'b'])).toBe(`a["${'k'.repeat(200)}..."].b`);
  });

  it('come back from their text as they were', () => {
    const step = fc.oneof(
      fc.nat({ max: 1000 }),
      fc.string(),
      fc.constantFrom('properties', '__proto__', 'a.b', '[0]', '"', '\\'),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
    );
  });
});
