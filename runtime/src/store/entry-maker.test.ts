import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../../../tests/support/garbage.js';
import { rawOf } from '../../../tests/support/raw-object.js';
import { WireError } from '../wire/wire-error.js';
import { createEntryMaker, type EntryMakerOptions, QuarantineError } from './entry-maker.js';

interface Thing {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly managedFields?: unknown;
  };
  readonly spec?: { readonly text: string };
}

const metadata = (more = ''): string =>
  `"metadata":{"name":"a","namespace":"n","uid":"u1"${more},"resourceVersion":"5"}`;
const managed = ',"managedFields":[{"manager":"é","fieldsV1":{"f:spec":{}}}]';
const whole = `{"apiVersion":"example.dev/v1","kind":"Thing",${metadata(managed)},"spec":{"text":"é😀\\n"}}`;
const item = `{ ${metadata(managed)} ,"spec":{"text":"é😀\\n"}}`;
const wanted = {
  apiVersion: 'example.dev/v1',
  kind: 'Thing',
  metadata: { name: 'a', namespace: 'n', uid: 'u1', resourceVersion: '5' },
  spec: { text: 'é😀\n' },
};

const base: EntryMakerOptions<Thing> = {
  apiVersion: 'example.dev/v1',
  kind: 'Thing',
  managedFields: false,
  freeze: 'none',
};

describe.each(['bytes', 'parsed'] as const)('entries that hold %s', (form) => {
  const held: EntryMakerOptions<Thing> = form === 'bytes' ? base : { ...base, transform: (object) => object };
  const make = (text: string, options: Partial<EntryMakerOptions<Thing>> = {}) =>
    createEntryMaker<Thing>({ ...held, ...options }).make(rawOf(text));

  it('tell who they are without being read', () => {
    expect(make(whole)).toMatchObject({ key: 'n/a', name: 'a', namespace: 'n', uid: 'u1', resourceVersion: '5' });
    const cluster = make('{"metadata":{"name":"c","uid":"u","resourceVersion":"1"}}');
    expect(cluster).toMatchObject({ key: 'c', name: 'c', namespace: undefined });
  });

  it('L17: leave managedFields out, wherever it stands', () => {
    expect(make(whole).read()).toEqual(wanted);
    expect(Object.keys(make(whole).read().metadata)).toEqual(['name', 'namespace', 'uid', 'resourceVersion']);
    for (const text of [
      '{"metadata":{"managedFields":[],"name":"a","resourceVersion":"5"}}',
      '{"metadata":{"name":"a","resourceVersion":"5","managedFields":[]}}',
      '{"metadata": { "name" : "a" , "managedFields" : [ ] , "resourceVersion" : "5" } }',
      '{"metadata":{"name":"a","resourceVersion":"5" , "managedFields":null\n}}',
    ]) {
      expect(make(text).read().metadata).toEqual({ name: 'a', resourceVersion: '5' });
    }
  });

  it('keep managedFields that are wanted', () => {
    expect(make(whole, { managedFields: true }).read().metadata.managedFields).toEqual([
      { manager: 'é', fieldsV1: { 'f:spec': {} } },
    ]);
  });

  it('L15: have apiVersion and kind also when the list leaves them out', () => {
    expect(make(item).read()).toEqual(wanted);
    const half = make(`{${metadata()},"kind":"Thing"}`).read();
    expect([half.apiVersion, half.kind]).toEqual(['example.dev/v1', 'Thing']);
  });

  it('S10: objects of a list and of a watch have their members in one order', () => {
    const listed = make(`{${metadata()},"spec":{"text":""}}`).read();
    const watched = make(`{"kind":"Thing","apiVersion":"example.dev/v1",${metadata()},"spec":{"text":""}}`).read();
    expect(Object.keys(listed)).toEqual(Object.keys(watched));
  });

  it('keep only metadata when no more is wanted', () => {
    const entry = make(whole, { metadataOnly: true });
    expect(entry.read()).toEqual({ ...wanted, spec: undefined });
    expect('spec' in entry.read()).toBe(false);
  });

  it('give the same object for each read while somebody holds it', () => {
    const entry = make(whole);
    const object = entry.read();
    collectGarbage();
    expect(entry.read()).toBe(object);
    expect(entry.glance()).toBe(object);
  });

  it('do not see what happens to the reader’s buffer', () => {
    const raw = rawOf(whole);
    const entry = createEntryMaker<Thing>(held).make(raw);
    raw.bytes.fill(0);
    expect(entry.read()).toEqual(wanted);
  });

  it('give the labels, read or not', () => {
    const text = `{"spec":{"labels":{"no":"no"},"metadata":{"labels":{"no":"no"}}},${metadata(',"labels":{"app":"é","__proto__":"p"}')}}`;
    const labels = JSON.parse('{"app":"é","__proto__":"p"}') as unknown;
    const entry = make(text);
    expect(entry.labels()).toEqual(labels);
    entry.read();
    expect(entry.labels()).toEqual(labels);
    expect(make(whole).labels()).toBeUndefined();
  });

  it('S9: are frozen through and through when asked', () => {
    const object = make(whole, { freeze: 'deep' }).read();
    expect(Object.isFrozen(object) && Object.isFrozen(object.metadata) && Object.isFrozen(object.spec)).toBe(true);
    expect(Object.isFrozen(make(whole).read())).toBe(false);
  });

  it('S8: run the transform once for a received object, and never for a tombstone', () => {
    let calls = 0;
    const maker = createEntryMaker<Thing>({
      ...base,
      transform: (object) => {
        calls += 1;
        return { ...object, spec: { text: 'short' } };
      },
    });
    const entry = maker.make(rawOf(whole));
    expect([entry.read().spec, entry.read().spec]).toEqual([{ text: 'short' }, { text: 'short' }]);
    expect(maker.tombstone(rawOf(whole)).read()).toEqual(wanted);
    expect(calls).toBe(1);
  });

  it.each<[string, (object: Thing) => Thing]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['changes the name', (object) => ({ ...object, metadata: { ...object.metadata, name: 'b' } })],
    ['changes the namespace', (object) => ({ ...object, metadata: { ...object.metadata, namespace: 'b' } })],
    ['changes the uid', (object) => ({ ...object, metadata: { ...object.metadata, uid: 'b' } })],
    ['changes the version', (object) => ({ ...object, metadata: { ...object.metadata, resourceVersion: '6' } })],
    [
      'gives what throws when it is looked at',
      (object) =>
        Object.defineProperty({ ...object }, 'metadata', {
          get: () => {
            throw new Error('no');
          },
        }),
    ],
    ['gives nothing', () => undefined as unknown as Thing],
    ['gives no object', () => 'x' as unknown as Thing],
  ])('E10: a transform that %s keeps the object out', (_what, transform) => {
    const maker = createEntryMaker<Thing>({ ...base, transform });
    expect(() => maker.make(rawOf(whole))).toThrow(QuarantineError);
    expect(() => maker.make(rawOf(whole))).toThrow(expect.objectContaining({ key: 'n/a' }));
  });

  it('can be made of a parsed object, which stays as it is', () => {
    const object = JSON.parse(whole) as Thing;
    const entry = createEntryMaker<Thing>(held).from(object);
    expect(entry).toMatchObject({ key: 'n/a', uid: 'u1', resourceVersion: '5' });
    expect(entry.read()).toEqual(wanted);
    expect(object.metadata.managedFields).toBeDefined();
    expect(
      createEntryMaker<Thing>({ ...held, metadataOnly: true })
        .from(object)
        .read(),
    ).toEqual({
      apiVersion: 'example.dev/v1',
      kind: 'Thing',
      metadata: wanted.metadata,
    });
  });

  it('hold large objects and small ones side by side', () => {
    const maker = createEntryMaker<Thing>(held);
    const texts = [10, 300_000, 20, 70_000, 3_000_000, 30].map((length) => 'é'.repeat(length));
    const entries = texts.map((text) => maker.make(rawOf(`{${metadata()},"spec":{"text":"${text}"}}`)));
    expect(entries.map((entry) => entry.read().spec?.text)).toEqual(texts);
  });
});

describe('entries that hold bytes', () => {
  const maker = createEntryMaker<Thing>(base);

  it('S10: let go of what they parsed when nobody holds it', async () => {
    const entry = maker.make(rawOf(whole));
    const seen = new WeakRef(entry.read());
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    collectGarbage();
    expect(seen.deref()).toBeUndefined();
    expect(entry.read()).toEqual(wanted);
  });

  it('stay readable, the same, when their neighbours go and they are moved', () => {
    const entries = Array.from({ length: 20_000 }, (_, i) =>
      maker.make(rawOf(`{${metadata()},"spec":{"text":"${`${i} `.repeat(40)}"}}`)),
    );
    for (const entry of entries) entry.retain();
    const held = entries[0]?.read();
    for (const [i, entry] of entries.entries()) if (i % 20 !== 0) entry.release();
    for (const [i, entry] of entries.entries()) expect(entry.read().spec?.text).toBe(`${i} `.repeat(40));
    expect(entries[0]?.read()).toBe(held);
  });

  it('stay readable when they are detached', () => {
    const entry = maker.make(rawOf(whole));
    entry.retain();
    entry.detach();
    entry.release();
    entry.detach();
    expect(entry.read()).toEqual(wanted);
  });

  it('L14: bytes that are no JSON never get as far as the store', () => {
    expect(() => rawOf(`{${metadata()},"spec":{"text":tru}}`)).toThrow(WireError);
  });
});
