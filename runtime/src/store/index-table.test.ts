import { expect, it } from 'vitest';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import type { Entry } from './entry.js';
import { IndexTable } from './index-table.js';
import { ParsedEntry } from './parsed-entry.js';

const MANY = 30_000;

function hosts(prefix: string): readonly string[] {
  return Array.from({ length: MANY }, (_, at) => `${prefix}${at}`);
}

function entryOf(object: readonly string[]): Entry<readonly string[]> {
  const head = { key: 'a', name: 'a', namespace: undefined, uid: 'u', resourceVersion: '1' };
  return new ParsedEntry(head, object);
}

it('an object of very many values moves among them in linear time', () => {
  const table = new IndexTable<readonly string[]>({ name: 'host', fn: (object) => object, onError: () => undefined });
  const [before, after] = [hosts('old-'), ['kept', ...hosts('new-')]];
  table.put(entryOf(before), before);
  const seconds = cpuSeconds(() => table.put(entryOf(after), after));
  expect([table.size, table.has('old-1'), table.has('new-1')]).toEqual([MANY + 1, false, true]);
  expect(seconds).toBeLessThan(2);
});
