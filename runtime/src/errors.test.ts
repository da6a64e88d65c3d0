import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { KubeError } from './errors.js';

describe('a KubeError', () => {
  it('has, and shows, only what it knows', () => {
    const error = new KubeError('unreachable', 'nobody is there');
    expect(Object.keys(error)).toEqual(['name', 'code']);
    expect(inspect(error)).not.toContain('undefined');
    expect(Object.keys(new KubeError('not-found', 'no such thing', { status: 404, reason: undefined }))).toEqual([
      'name',
      'code',
      'status',
    ]);
  });
});
