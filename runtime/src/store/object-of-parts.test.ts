import { deepStrictEqual } from 'node:assert';
import { setFlagsFromString } from 'node:v8';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { edit } from '../edit.js';
import { createObjectOfParts } from './object-of-parts.js';
import type { Part } from './record.js';

interface Thing {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas: number; readonly list: readonly number[] };
  readonly status: null;
}

const plain: Thing = {
  kind: 'Thing',
  apiVersion: 'example.dev/v1',
  metadata: { name: 'a' },
  spec: { replicas: 3, list: [1, 2] },
  status: null,
};

function made(order = 12345): { object: Thing; parsed: Part[] } {
  const parsed: Part[] = [];
  const source = {
    parsePart: (part: Part) => {
      parsed.push(part);
      return structuredClone(plain[part]);
    },
  };
  return { object: createObjectOfParts(order, plain, source) as Thing, parsed };
}

setFlagsFromString('--allow-natives-syntax');
// oxlint-disable-next-line no-implied-eval -- the only way to ask V8
const native = (call: string) => new Function('a', 'b', `return ${call}`) as (a: object, b?: object) => boolean;
const haveSameShape = native('%HaveSameMap(a, b)');
const isFast = native('%HasFastProperties(a)');

describe('an object of parts', () => {
  it('parses a part when it is looked at first, and never again', () => {
    const { object, parsed } = made();
    expect([object.kind, object.apiVersion, Object.keys(object).length, 'spec' in object]).toEqual([
      'Thing',
      'example.dev/v1',
      5,
      true,
    ]);
    expect(parsed).toEqual([]);
    expect(object.spec.replicas).toBe(3);
    expect(object.spec).toBe(object.spec);
    expect([object.status, object.status]).toEqual([null, null]);
    expect(parsed).toEqual(['spec', 'status']);
  });

  it.each<[string, (object: Thing) => unknown]>([
    ['itself', (object) => object],
    ['a spread of it', (object) => ({ ...object })],
    ['a structured clone of it', (object) => structuredClone(object)],
    ['its JSON', (object) => JSON.parse(JSON.stringify(object)) as unknown],
    ['its entries', (object) => Object.fromEntries(Object.entries(object))],
    ['an assigned copy', (object) => Object.assign({}, object)],
    ['an edited copy', (object) => edit(object, () => {})],
  ])('is to be told from a parsed object by nothing: %s', (_what, take) => {
    expect(take(made().object)).toStrictEqual(plain);
    deepStrictEqual(take(made().object), plain);
  });

  it('prints as a parsed object does', () => {
    const nested = (object: Thing): unknown => ({ items: [object] });
    expect(inspect(made().object, { depth: 5 })).toBe(inspect(plain, { depth: 5 }));
    expect(inspect(nested(made().object))).toBe(inspect(nested(plain)));
    expect(JSON.stringify(made().object)).toBe(JSON.stringify(plain));
  });

  it('has its members in the order that it was given, and no others', () => {
    expect(Object.keys(made(21_534).object)).toEqual(['apiVersion', 'kind', 'status', 'metadata', 'spec']);
    expect(Object.keys(made(123).object)).toEqual(['kind', 'apiVersion', 'metadata']);
    expect('status' in made(1234).object).toBe(false);
    expect(made(1234).object.status).toBeUndefined();
  });

  it('can be read through a proxy, and by what inherits from it', () => {
    const proxy = new Proxy(made().object, { get: (target, key, receiver) => Reflect.get(target, key, receiver) });
    expect(proxy.spec.replicas).toBe(3);
    const heir = Object.create(made().object) as Thing;
    expect(heir.metadata.name).toBe('a');
  });

  it('takes what is assigned, as any object without a freeze does', () => {
    const { object, parsed } = made();
    const open = object as { spec?: unknown; status?: unknown };
    open.spec = undefined;
    open.status = 'mine';
    expect([object.spec, object.status, parsed]).toEqual([undefined, 'mine', []]);
    delete open.spec;
    expect('spec' in object).toBe(false);
  });

  it('lets go of where its parts come from when there is none left to parse', () => {
    const objects = [made(), made()] as const;
    const sourceOf = (object: object): unknown => {
      const [state] = Object.getOwnPropertySymbols(object).map((key) => (object as Record<symbol, unknown>)[key]);
      return (state as { source: unknown }).source;
    };
    const [read, unread] = objects;
    expect([read.object.metadata.name, read.object.spec.replicas, read.object.status]).toEqual(['a', 3, null]);
    expect(sourceOf(read.object)).toBeUndefined();
    expect([unread.object.metadata.name, unread.object.spec.replicas]).toEqual(['a', 3]);
    expect(sourceOf(unread.object)).toBeDefined();
  });

  it('S10: objects of one order have one hidden class, read or not', () => {
    const [one, other] = [made().object, made().object];
    expect(one.spec.replicas).toBe(3);
    expect([haveSameShape(one, other), isFast(one)]).toEqual([true, true]);
    expect(haveSameShape(one, made(21_345).object)).toBe(false);
  });
});
