import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fastScan, type FastScan } from './fast-scan.js';
import { decodeWatchEvent, walkWatchEvent, type WatchEvent } from './watch-event.js';
import { scanObject } from './read-raw-object.js';
import { WireError } from './wire-error.js';

const utf8 = new TextEncoder();

function scan(): FastScan {
  const made = fastScan();
  if (made === undefined) throw new Error('there is no WebAssembly here');
  return made;
}

/** What the scanner in TypeScript makes of the bytes. */
function walked(bytes: Uint8Array): WatchEvent | 'broken' {
  try {
    return walkWatchEvent(bytes, 0, bytes.length);
  } catch (error) {
    if (error instanceof WireError && error.t === 'decode') return 'broken';
    throw error;
  }
}

/** The two must agree wherever the fast one says anything. */
function expectAgreement(bytes: Uint8Array): 'read' | 'left' {
  const fast = scan().event(bytes, 0, bytes.length);
  if (fast === undefined) return 'left';
  const right = walked(bytes);
  const { bytes: same, ...raw } = fast.raw;
  expect(same === bytes).toBe(true);
  if (right !== 'broken' && right.t === 'object') {
    const { bytes: _, ...wanted } = right.raw;
    expect({ type: fast.type, raw }).toEqual({ type: right.type, raw: wanted });
  } else {
    // Both read it; what is no object of a kind is sorted out after that.
    expect(right).toMatchObject({ t: 'skipped' });
    expect(['Table', 'Status'].includes(raw.kind ?? '') || raw.resourceVersion === '').toBe(true);
  }
  JSON.parse(new TextDecoder().decode(bytes));
  return 'read';
}

const word = fc.constantFrom(
  'a',
  'web-0',
  'kube-system',
  '',
  'a/b',
  'é',
  'x'.repeat(300),
  '"',
  '\\',
  '\u2028',
  '🚀',
  'Table',
);
const anything = fc.oneof(
  fc.jsonValue(),
  word,
  fc.constant({ managedFields: [{ f: {} }], name: 'inner', metadata: {} }),
);
const member = (names: readonly string[]): fc.Arbitrary<[string, unknown]> =>
  fc.tuple(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, word),
    fc.oneof({ weight: 2, arbitrary: word }, anything),
  );
/** The members of metadata in any order; often all of them as they should be. */
const plainMetadata = fc
  .shuffledSubarray(['name', 'uid', 'namespace', 'resourceVersion', 'managedFields', 'labels'], { minLength: 4 })
  .map((names) => {
    const value = (name: string): unknown =>
      name.length > 10 && name !== 'resourceVersion' ? [{ f: {} }] : `${name}-1`;
    return JSON.stringify(Object.fromEntries(names.map((name) => [name, value(name)])));
  });
/** Members in any order, some twice, some missing. */
const objectOf = (members: fc.Arbitrary<[string, unknown]>): fc.Arbitrary<string> =>
  fc
    .array(members, { maxLength: 8 })
    .map((list) => `{${list.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`);
const anyMetadata = objectOf(member(['name', 'namespace', 'uid', 'resourceVersion', 'managedFields', 'labels']));
const metadata = fc.oneof({ weight: 3, arbitrary: plainMetadata }, anyMetadata);
const events = fc
  .record({
    type: fc.constantFrom(
      '"ADDED"',
      '"MODIFIED"',
      '"DELETED"',
      '"BOOKMARK"',
      '"ERROR"',
      '1',
      '"added"',
      '"\\u0041DDED"',
    ),
    head: fc.constantFrom(
      '',
      '"kind":"Pod",',
      '"kind":"Pod","apiVersion":"v1",',
      '"kind":null,',
      '"metadata":{},',
      '"k":1,',
    ),
    metadata,
    rest: objectOf(member(['spec', 'status', 'kind', 'apiVersion'])),
    space: fc.constantFrom('', ' ', '\t\r '),
    order: fc.boolean(),
  })
  .map(({ type, head, metadata, rest, space, order }) => {
    const tail = rest === '{}' ? '' : `,${rest.slice(1, -1)}`;
    const object = `"object"${space}:${space}{${head}"metadata":${space}${metadata}${tail}${space}}`;
    const parts = [`"type":${space}${type}`, object];
    return `${space}{${(order ? parts : parts.reverse()).join(`${space},`)}${space}}${space}`;
  });

const pod = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: {
    name: 'web-0',
    namespace: 'shop',
    uid: '0c5d1d2e-0000-4000-8000-000000000001',
    resourceVersion: '4711',
    labels: { app: 'web' },
    managedFields: [{ manager: 'kubelet', fieldsV1: { 'f:status': {} } }],
  },
  spec: { nodeName: 'n1', list: [1, -2.5e10, true, false, null, [], {}, [{}, [[]]], 'a "quoted" \\ text'] },
};

describe('the fast scanner', () => {
  it('reads what an API server sends', () => {
    const plain = (object: unknown): Uint8Array => utf8.encode(JSON.stringify({ type: 'MODIFIED', object }));
    expect(expectAgreement(plain(pod))).toBe('read');
    expect(expectAgreement(plain({ ...pod, metadata: { resourceVersion: '1', name: 'cluster-scoped' } }))).toBe('read');
    const sorted = { metadata: { managedFields: [], name: 'a', uid: 'u', resourceVersion: '1' } };
    expect(expectAgreement(plain(sorted))).toBe('read');
  });

  it('says nothing else than the scanner in TypeScript about any event', () => {
    let read = 0;
    fc.assert(
      fc.property(events, (text) => {
        if (expectAgreement(utf8.encode(text)) === 'read') read += 1;
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it('says nothing else about bytes that are broken anywhere', () => {
    const seen = new Set<string>();
    const whole = utf8.encode(JSON.stringify({ type: 'ADDED', object: pod }));
    for (let at = 0; at < whole.length; at += 1) {
      for (const byte of [0, 34, 44, 48, 58, 91, 92, 93, 125, 200]) {
        const bytes = whole.slice();
        bytes[at] = byte;
        seen.add(expectAgreement(bytes));
      }
    }
    expect(seen).toEqual(new Set(['left', 'read']));
  });

  it('says nothing else about JSON and its neighbours as a value', () => {
    const seen = new Set<string>();
    const fragments = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '1',
        '-',
        '0',
        '.5',
        'e1',
        'true',
        'null',
        'fals',
        ' ',
        '"\\u12',
        '"',
      ),
      { maxLength: 10 },
    );
    const values = fc.oneof(
      fc.json(),
      fragments.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(values, (value) => {
        const object = JSON.stringify(pod).replace('"n1"', () => value);
        seen.add(expectAgreement(utf8.encode(`{"type":"ADDED","object":${object}}`)));
      }),
      { numRuns: 3000 },
    );
    expect(seen).toEqual(new Set(['left', 'read']));
  });

  it('never takes a part of an object for the whole', () => {
    const whole = utf8.encode(`${JSON.stringify(pod)},`);
    for (let length = 1; length < whole.length - 1; length += 1) {
      const bytes = whole.slice(0, length);
      const read = scan().object(scan().window(bytes, 0), 0);
      if (read !== 'cut') expect(read).toBeUndefined();
    }
    expect(scan().object(scan().window(whole, 0), 0)).toEqual(scanObject(whole, 0, whole.length).raw);
  });

  it('finds the object again when something else was read meanwhile', () => {
    const text = JSON.stringify(pod);
    const bytes = utf8.encode(`${text},${text.replace('web-0', 'web-1')}`);
    const window = scan().window(bytes, 0);
    expect(scan().object(window, 0)).toMatchObject({ name: 'web-0' });
    const event = utf8.encode(`{"type":"ADDED","object":{"metadata":{"name":"other","resourceVersion":"1"}}}`);
    expect(scan().event(event, 0, event.length)).toMatchObject({ raw: { name: 'other' } });
    expect(scan().object(window, text.length + 1)).toMatchObject({ name: 'web-1', start: text.length + 1 });
  });

  it('leaves what nests too deep, and what is too large, to the scanner in TypeScript', () => {
    const nested = (depth: number): Uint8Array =>
      utf8.encode(
        `{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"1"},"x":${'['.repeat(depth)}${']'.repeat(depth)}}}`,
      );
    expect(expectAgreement(nested(10_000))).toBe('read');
    expect(expectAgreement(nested(10_001))).toBe('left');
    expect(walked(nested(10_001))).toBe('broken');
    const large = utf8.encode(JSON.stringify({ type: 'ADDED', object: { ...pod, spec: 'x'.repeat(300_000) } }));
    expect(expectAgreement(large)).toBe('left');
    expect(decodeWatchEvent(large, 0, large.length)).toMatchObject({ t: 'object', raw: { name: 'web-0' } });
  });
});

describe('where the platform has less', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it.each([
    ['missing', undefined],
    [
      'forbidden',
      {
        Module: function forbidden() {
          throw new Error('a policy forbids it');
        },
      },
    ],
  ])('everything is read all the same: %s', async (_, api) => {
    vi.resetModules();
    vi.stubGlobal('WebAssembly', api);
    const fresh = await import('./watch-event.js');
    const { fastScan: none } = await import('./fast-scan.js');
    expect(none()).toBeUndefined();
    const { createLineSplitter } = await import('./lines.js');
    const bytes = utf8.encode(`${JSON.stringify({ type: 'ADDED', object: pod })}\n`);
    const seen: unknown[] = [];
    createLineSplitter({ maxLineBytes: 1 << 20 }).feed(bytes, (line, start, end) =>
      seen.push(fresh.decodeWatchEvent(line, start, end)),
    );
    expect(seen).toMatchObject([{ t: 'object', type: 'ADDED', raw: { key: 'shop/web-0' } }]);
  });

  it('lines and objects are found without the Buffer of Node', async () => {
    vi.resetModules();
    vi.stubGlobal('Buffer', undefined);
    const { fastScan: fresh } = await import('./fast-scan.js');
    const { createLineSplitter } = await import('./lines.js');
    const line = JSON.stringify({ type: 'ADDED', object: pod });
    const bytes = utf8.encode(`${line}\n\n${line}\n`);
    const seen: unknown[] = [];
    createLineSplitter({ maxLineBytes: 1 << 20 }).feed(bytes, (within, start, end) =>
      seen.push(fresh()?.event(within, start, end)?.raw.key),
    );
    expect(seen).toEqual(['shop/web-0', 'shop/web-0']);
  });
});
