import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './lines.js';
import { createListScanner, type ListHead } from './list-scanner.js';
import type { RawObject } from './raw-object.js';
import { scanObject } from './read-raw-object.js';
import { decodeWatchEvent, readErrorStatus, type WatchEvent } from './watch-event.js';
import { WireError } from './wire-error.js';

const utf8 = new TextEncoder();
const bytesOf = (text: string): Uint8Array => utf8.encode(text);

/** The object's text, without `managedFields` when they are to be cut. */
function rawText({ bytes, start, end, managedFields }: RawObject, cut: boolean): string {
  const text = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  if (!cut || managedFields === undefined) return text(start, end);
  return text(start, managedFields.start) + text(managedFields.end, end);
}

function readRawObject(bytes: Uint8Array, start: number, end: number): RawObject {
  const { raw, end: after } = scanObject(bytes, start, end);
  expect(after).toBe(end);
  if (raw === undefined) throw new Error('no usable name');
  return raw;
}

/** Feeds a text in the pieces that the cuts make, each in a buffer that is overwritten afterwards. */
function feedInPieces(text: string, cuts: readonly number[], feed: (chunk: Uint8Array) => void): void {
  const bytes = bytesOf(text);
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    const chunk = bytes.slice(start, end);
    feed(chunk);
    chunk.fill(120);
    start = end;
  }
}

function linesOf(text: string, cuts: readonly number[] = [], maxLineBytes = 1 << 20): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter({ maxLineBytes });
  feedInPieces(text, cuts, (chunk) =>
    splitter.feed(chunk, (bytes, start, end) => lines.push(new TextDecoder().decode(bytes.subarray(start, end)))),
  );
  return lines;
}

interface Scanned {
  readonly head: ListHead;
  readonly names: string[];
  readonly items: unknown[];
}
function scan(text: string, cuts: readonly number[] = [], maxItemBytes = 1 << 20): Scanned {
  const names: string[] = [];
  const items: unknown[] = [];
  const scanner = createListScanner({ maxItemBytes });
  feedInPieces(text, cuts, (chunk) =>
    scanner.feed(chunk, (raw) => {
      names.push(raw.key);
      items.push(JSON.parse(rawText(raw, false)));
    }),
  );
  return { head: scanner.end(), names, items };
}

const hardLines = [
  '{"type":"ADDED","object":{"apiVersion":"v1","kind":"Foo","metadata":{"name":"ä😀","namespace":"n","uid":"u","resourceVersion":"1"},"s":"a\\n\\"b\\\\"}}\r\n',
  '\n\r\n{"object":{"metadata":{"resourceVersion":"2","name":"b\\u0041","labels":{"name":"no"}},"spec":{"name":"no","metadata":{"name":"no"}}},"type":"MODIFIED"}\n',
  '{ "type" : "DELETED" , "object" : { "metadata" : { "name" : "c" , "resourceVersion" : "3" } , "x" : [ { } , [ ] , "]}" ] } }\n',
  '{"type":"ADDED","object":{"metadata":{"name":"d","resourceVersion":"4"},"text":"raw \u2028 line"}}\n',
  '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"5","annotations":{"k8s.io/initial-events-end":"true"}}}}\n',
].join('');

function eventsOf(text: string, cuts: readonly number[]): unknown[] {
  const events: unknown[] = [];
  const splitter = createLineSplitter({ maxLineBytes: 1 << 20 });
  feedInPieces(text, cuts, (chunk) =>
    splitter.feed(chunk, (bytes, start, end) => events.push(plain(decodeWatchEvent(bytes, start, end)))),
  );
  return events;
}
function plain(event: WatchEvent): unknown {
  if (event.t !== 'object') return event;
  const { raw } = event;
  return {
    type: event.type,
    key: raw.key,
    uid: raw.uid,
    version: raw.resourceVersion,
    object: JSON.parse(rawText(raw, true)) as unknown,
  };
}

describe('lines and events', () => {
  const whole = eventsOf(hardLines, []);

  it('reads a hard stream in one piece', () => {
    expect(whole).toHaveLength(5);
    expect(whole[1]).toMatchObject({ type: 'MODIFIED', key: 'bA', version: '2' });
    expect(whole[2]).toMatchObject({ type: 'DELETED', key: 'c' });
    expect(whole[4]).toEqual({ t: 'bookmark', resourceVersion: '5', initialEventsEnd: true });
  });

  it('W3: the same events for a split at every byte', () => {
    const { length } = bytesOf(hardLines);
    for (let cut = 0; cut <= length; cut += 1) expect(eventsOf(hardLines, [cut])).toEqual(whole);
  });

  it('W3: the same events for any set of splits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { maxLength: 40 }), (cuts) => {
        expect(eventsOf(hardLines, cuts)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('W4: an unfinished last line is not told', () => {
    expect(linesOf('one\ntwo\nthr')).toEqual(['one', 'two']);
  });

  it('W5: a line over the limit is an overflow, in one piece and in many', () => {
    expect(() => linesOf(`${'x'.repeat(101)}\n`, [], 100)).toThrow(expect.objectContaining({ t: 'overflow' }));
    expect(() => linesOf('x'.repeat(101), [10, 20, 30, 40, 50], 100)).toThrow(WireError);
    expect(linesOf(`${'x'.repeat(100)}\n`, [50], 100)).toHaveLength(1);
  });

  it.each([
    'not json',
    '{}',
    '[]',
    '{"type":"ADDED"}',
    '{"type":"ADDED","object":null}',
    '{"type":"ADDED","object":{"metadata":{"name":"x","resourceVersion":"1"}',
    '{"type":"ADDED","object":{"metadata":{"name":"x","resourceVersion":"1"}}} {}',
    '{"type":"ADDED","object":{"metadata":{"name":"x","resourceVersion":"1"},"spec":{"a":tru}}}',
    '{"type":"ADDED","object":{"metadata":{"name":"x","resourceVersion":"1"},"spec":{"a":1]}}',
    '{"type":"ADDED","object":{"metadata":{"name":"x","managedFields":[],"managedFields":[]}}}',
    '{"type":"ADDED","object":{"metadata":{"name":"x","resourceVersion":"1"},"metadata":{"name":"y"}}}',
    '{"type":"ADDED","object":{"metadata":{"name":"x',
    '{"type":"ADDED","object":{"metadata" "x"}}',
  ])('W5: %s is a decode error', (line) => {
    const bytes = bytesOf(line);
    expect(() => decodeWatchEvent(bytes, 0, bytes.length)).toThrow(expect.objectContaining({ t: 'decode' }));
  });

  it('a truncated line never borrows from the bytes that follow it in the buffer', () => {
    const bytes = bytesOf(
      '{"type"                 \n:"ADDED","object":{"metadata":{"name":"x","resourceVersion":"1"}}}',
    );
    expect(() => decodeWatchEvent(bytes, 0, 12)).toThrow(WireError);
  });

  it.each([
    ['an unknown type', '{"type":"NEW","object":{"metadata":{"name":"x"}}}'],
    ['an unknown type without an object', '{"type":"NEW"}'],
    ['an unknown type of what is no object', '{"type":"NEW","object":[5]}'],
    ['a Table', '{"type":"ADDED","object":{"kind":"Table","metadata":{"name":"x","resourceVersion":"1"}}}'],
    ['a Table as it is', '{"type":"ADDED","object":{"kind":"Table","metadata":{"resourceVersion":"1"},"rows":[]}}'],
    ['a Status', '{"type":"ADDED","object":{"kind":"Status","metadata":{"name":"x","resourceVersion":"1"}}}'],
    ['no version', '{"type":"ADDED","object":{"metadata":{"name":"x"}}}'],
    ['no name', '{"type":"ADDED","object":{"metadata":{"resourceVersion":"1"}}}'],
    ['an empty name', '{"type":"ADDED","object":{"metadata":{"name":"","resourceVersion":"1"}}}'],
    ['a name with a slash', '{"type":"ADDED","object":{"metadata":{"name":"a/b","resourceVersion":"1"}}}'],
    [
      'a namespace with a slash',
      '{"type":"ADDED","object":{"metadata":{"name":"a","namespace":"b/c","resourceVersion":"1"}}}',
    ],
    ['a name that is a number', '{"type":"ADDED","object":{"metadata":{"name":1,"resourceVersion":"1"}}}'],
    ['metadata that is an array', '{"type":"ADDED","object":{"metadata":[]}}'],
    ['metadata that is null', '{"type":"MODIFIED","object":{"metadata":null}}'],
    ['a bookmark without version', '{"type":"BOOKMARK","object":{"metadata":{}}}'],
  ])('W13: %s is skipped', (_what, line) => {
    const bytes = bytesOf(line);
    expect(decodeWatchEvent(bytes, 0, bytes.length)).toEqual({ t: 'skipped', why: expect.any(String) as string });
  });

  it('L3: only exactly "true" ends the initial events', () => {
    const bookmark = (value: unknown): unknown => {
      const bytes = bytesOf(
        JSON.stringify({
          type: 'BOOKMARK',
          object: { metadata: { resourceVersion: '5', annotations: { 'k8s.io/initial-events-end': value } } },
        }),
      );
      return decodeWatchEvent(bytes, 0, bytes.length);
    };
    expect(bookmark('true')).toMatchObject({ initialEventsEnd: true });
    for (const value of ['false', 'True', '', true, null])
      expect(bookmark(value)).toMatchObject({ initialEventsEnd: false });
  });

  it.each(['{"type":"ERROR"}', '{"type":"ERROR","object":"no"}', '{"object":null,"type":"ERROR"}'])(
    'E6: %s is an error without a code',
    (line) => {
      const bytes = bytesOf(line);
      expect(decodeWatchEvent(bytes, 0, bytes.length)).toEqual({ t: 'error', status: { causes: [] } });
    },
  );

  it('reads what is usable of a Status, whatever its fields are', () => {
    const bytes = bytesOf(
      '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":7,"details":{"retryAfterSeconds":2,"causes":[null,{"reason":"X"}]}}}',
    );
    expect(decodeWatchEvent(bytes, 0, bytes.length)).toEqual({
      t: 'error',
      status: { code: 410, reason: 'Expired', retryAfterSeconds: 2, causes: [{}, { reason: 'X' }] },
    });
    const seconds = [0, -1, '2'].map((retryAfterSeconds) => readErrorStatus({ details: { retryAfterSeconds } }));
    expect(seconds).toEqual([{ retryAfterSeconds: 0, causes: [] }, { causes: [] }, { causes: [] }]);
  });
});

/** `read`, or the name of what was thrown. */
function outcome(read: () => unknown): string {
  try {
    read();
    return 'read';
  } catch (error) {
    return (error as Error).name;
  }
}

describe('the head of an object', () => {
  const json = fc.json({ maxDepth: 4 }).map((text) => JSON.parse(text) as unknown);
  const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.includes('/'));
  const object = fc.record({
    spec: json,
    before: json,
    metadata: fc.record(
      {
        name: word,
        namespace: fc.option(word, { nil: undefined }),
        uid: fc.string(),
        resourceVersion: word,
        labels: json,
        managedFields: fc.option(fc.array(json), { nil: undefined }),
      },
      { requiredKeys: ['name', 'resourceVersion'] },
    ),
    kind: fc.option(word, { nil: undefined }),
    apiVersion: fc.option(word, { nil: undefined }),
  });

  it('agrees with the parse for any object, any order of keys and any white space', () => {
    fc.assert(
      fc.property(object, fc.boolean(), fc.nat(3), (value, reverse, indent) => {
        const shuffle = (o: object): object => (reverse ? Object.fromEntries(Object.entries(o).reverse()) : o);
        const text = JSON.stringify(shuffle({ ...value, metadata: shuffle(value.metadata) }), null, indent);
        const bytes = bytesOf(text);
        const raw = readRawObject(bytes, 0, bytes.length);
        expect([raw.name, raw.namespace, raw.uid, raw.resourceVersion]).toEqual([
          value.metadata.name,
          value.metadata.namespace,
          value.metadata.uid ?? '',
          value.metadata.resourceVersion,
        ]);
        const lean = JSON.parse(text) as { metadata: { managedFields?: unknown } };
        delete lean.metadata.managedFields;
        expect(JSON.parse(rawText(raw, true))).toEqual(lean);
        expect(JSON.parse(rawText(raw, false))).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('any bytes are an object or a decode error, never a crash', () => {
    const broken = fc.oneof(
      fc.string(),
      fc.json().map((text) => text.slice(0, text.length / 2)),
    );
    fc.assert(
      fc.property(broken, (text) => {
        const bytes = bytesOf(`{"metadata":${text}`);
        expect(['read', 'WireError']).toContain(outcome(() => scanObject(bytes, 0, bytes.length)));
      }),
      { numRuns: 500 },
    );
  });

  it('members named like those of every JavaScript object are members like others', () => {
    const bytes = bytesOf(
      '{"__proto__":{"metadata":{"name":"evil"}},"constructor":1,"metadata":{"__proto__":{"name":"evil"},"name":"__proto__","namespace":"constructor","uid":"toString","resourceVersion":"1"}}',
    );
    expect(readRawObject(bytes, 0, bytes.length)).toMatchObject({
      key: 'constructor/__proto__',
      uid: 'toString',
      resourceVersion: '1',
    });
  });

  it('nesting is walked, not recursed into, as deep as the API server goes; deeper is a decode error', () => {
    const nested = (depth: number): Uint8Array =>
      bytesOf(`{"spec":${'['.repeat(depth)}${']'.repeat(depth)},"metadata":{"name":"x","resourceVersion":"1"}}`);
    const deep = nested(10_000);
    expect(readRawObject(deep, 0, deep.length).name).toBe('x');
    const deeper = nested(10_001);
    expect(() => scanObject(deeper, 0, deeper.length)).toThrow(expect.objectContaining({ t: 'decode' }));
  });
});

describe('L14 lists', () => {
  const item = (name: string): string =>
    `{"metadata":{"name":${JSON.stringify(name)},"resourceVersion":"7"},"items":[{"items":[]}],"s":"]}\\"\\\\"}`;
  const texts: [what: string, text: string][] = [
    [
      'metadata first',
      `{"kind":"FooList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"tok\\u0065n","remainingItemCount":4},"items":[${item('a')},${item('ä😀')}]}`,
    ],
    [
      'items first',
      `{"items":[${item('a')},${item('ä😀')}],"metadata":{"continue":"token","resourceVersion":"9","remainingItemCount":4},"apiVersion":"v1","kind":"FooList"}`,
    ],
    [
      'white space and other members',
      ` \n{ "x" : [ 1 , { "items" : [ 2 ] } ] , "n" : -1.5e3 , "b":true, "items" : [ ${item('a')} , ${item('ä😀')} ] , "kind":"FooList","apiVersion":"v1", "metadata" : { "resourceVersion" : "9", "continue":"token", "remainingItemCount": 4 } }\n`,
    ],
  ];
  const want = {
    head: { kind: 'FooList', resourceVersion: '9', continue: 'token' },
    names: ['a', 'ä😀'],
  };

  it.each(texts)('L14: %s, whole and split at every byte', (_what, text) => {
    expect(scan(text)).toMatchObject(want);
    for (let cut = 0; cut <= bytesOf(text).length; cut += 1) expect(scan(text, [cut])).toMatchObject(want);
  });

  it('L14: any set of splits gives the same items', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { maxLength: 60 }), fc.constantFrom(...texts), (cuts, [, text]) => {
        expect(scan(text, cuts)).toMatchObject(want);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['items: null', '{"kind":"FooList","metadata":{"resourceVersion":"9"},"items":null}'],
    ['no items', '{"kind":"FooList","metadata":{"resourceVersion":"9"},"items":[]}'],
  ])('%s is an empty list', (_what, text) => {
    expect(scan(text)).toEqual({
      head: { kind: 'FooList', resourceVersion: '9', skipped: 0 },
      names: [],
      items: [],
    });
  });

  it('L13: a list without resourceVersion says so by leaving it out', () => {
    expect(scan('{"metadata":{"resourceVersion":""},"items":[]}').head).toEqual({ skipped: 0 });
  });

  it('W13: items without a usable name are left out and counted', () => {
    const { head, names } = scan(
      `{"items":[{},${item('a')},{"metadata":{"name":"x/y"}},${item('b')}],"metadata":null}`,
    );
    expect(head.skipped).toBe(2);
    expect(names).toEqual(['a', 'b']);
  });

  it('L15: a Table and a single object are no lists', () => {
    expect(() => scan('{"kind":"Table","metadata":{"resourceVersion":"1"},"rows":[]}')).toThrow(
      expect.objectContaining({ t: 'not-a-list' }),
    );
    expect(() => scan('{"kind":"Foo","metadata":{"name":"x"}}')).toThrow(expect.objectContaining({ t: 'not-a-list' }));
    expect(() => scan('{"kind":"Foo","spec":null}')).toThrow(expect.objectContaining({ t: 'not-a-list' }));
    expect(() => scan('[]')).toThrow(expect.objectContaining({ t: 'not-a-list' }));
  });

  it('a body that is cut off anywhere is an error, never a shorter list', () => {
    for (const [, text] of texts) {
      const trimmed = text.trimEnd();
      for (let end = 0; end < trimmed.length; end += 1) expect(() => scan(trimmed.slice(0, end))).toThrow(WireError);
    }
  });

  it.each([
    '{"items":[1]}',
    '{"items":[{},]}',
    '{"items":[] "metadata":{}}',
    '{"items":[]},',
    '{"items":[]}{}',
    '{,}',
    '{"items":]}',
    '{"a":1,}',
  ])('%s is a decode error', (text) => {
    expect(() => scan(text)).toThrow(expect.objectContaining({ t: 'decode' }));
  });

  it('an item over the limit is an overflow, also before it has ended', () => {
    const scanner = createListScanner({ maxItemBytes: 100 });
    scanner.feed(bytesOf('{"items":[{"a":"'), () => {});
    expect(() => scanner.feed(bytesOf('x'.repeat(200)), () => {})).toThrow(expect.objectContaining({ t: 'overflow' }));
  });
});
