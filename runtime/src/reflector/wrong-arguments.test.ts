import { describe, expect, it } from 'vitest';
import { scene, Thing, thing, watchingScene, type Scene } from '../../../tests/support/reflector-scene.js';
import { createCluster } from '../client/create-cluster.js';
import { isKubeError } from '../errors.js';
import { Reflector } from './reflector.js';

type Things = Scene['things'];

const nothing = (): void => undefined;
const at = { name: 'a', namespace: 'apps' };
/** What JavaScript may hand in where TypeScript would have refused. */
const wrong = (value: unknown): never => value as never;

/** What it throws or rejects with, as `code: message`. */
async function faultOf(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    return isKubeError(error) ? `${error.code}: ${error.message}` : String(error);
  }
  return 'nothing';
}

const calls: [what: string, call: (things: Things) => unknown, says: RegExp][] = [
  ['ready with null', (things) => things.ready(wrong(null)), /^ready takes its options in an object, not null/],
  [
    'ready with a signal that is none',
    (things) => things.ready({ signal: wrong({}) }),
    /^signal must be an AbortSignal/,
  ],
  [
    'ready of a namespace without a name',
    (things) => things.ready({ namespace: '' }),
    /^namespace must be the name of one, not ""/,
  ],
  [
    'ready of a namespace that is a number',
    (things) => things.ready({ namespace: wrong(5) }),
    /^namespace must be the name of one, not 5/,
  ],
  ['ready with a time in words', (things) => things.ready({ timeoutMs: wrong('soon') }), /^timeoutMs is a number/],
  ['ready with null for a time', (things) => things.ready({ timeoutMs: wrong(null) }), /^timeoutMs is a number/],
  ['list with a text', (things) => things.list(wrong('apps')), /^list takes its options in an object, not "apps"/],
  ['list of a namespace without a name', (things) => things.list({ namespace: '' }), /^namespace must be/],
  ['list with null for a namespace', (things) => things.list({ namespace: wrong(null) }), /^namespace must be/],
  [
    'addIndex with a path',
    (things) => things.addIndex('odd', wrong('metadata.name')),
    /^the index "odd" must be a function/,
  ],
  ['addIndex without a name', (things) => things.addIndex(wrong(undefined), nothing), /^an index must have a name/],
  [
    'on with null',
    (things) => things.on('added', nothing, wrong(null)),
    /^on takes its options in an object, not null/,
  ],
  ['on with a signal that is none', (things) => things.on('added', nothing, { signal: wrong(5) }), /^signal must be/],
  [
    'on of status with a signal that is none',
    (things) => things.on('status', nothing, { signal: wrong(5) }),
    /^signal must be/,
  ],
  [
    'on in a namespace without a name',
    (things) => things.on('added', nothing, { namespace: '' }),
    /^namespace must be/,
  ],
  [
    'changes with null',
    (things) => next(things.changes(wrong(null))),
    /^changes takes its options in an object, not null/,
  ],
  [
    'changes with a buffer in words',
    (things) => next(things.changes({ mode: 'every', buffer: wrong('3') })),
    /^buffer is the number of changes .* not "3"/,
  ],
  [
    'on with a resync in words',
    (things) => things.on('added', nothing, { resyncEveryMs: wrong('1000') }),
    /^resyncEveryMs is a number .* not "1000"/,
  ],
  ['changes with a signal that is none', (things) => next(things.changes({ signal: wrong('now') })), /^signal must be/],
  [
    'changes in a list of namespaces',
    (things) => next(things.changes({ namespace: wrong(['apps']) })),
    /^namespace must be/,
  ],
  [
    'waitFor without options',
    (things) => things.waitFor(() => true, wrong(undefined)),
    /^waitFor takes its options in an object/,
  ],
  ['waitFor with a text', (things) => things.waitFor(wrong('Ready'), at), /^waitFor takes a function/],
  [
    'waitFor with an asynchronous condition',
    (things) =>
      things.waitFor(
        wrong(async () => false),
        at,
      ),
    /^what waitFor asks must answer at once/,
  ],
  [
    'waitFor with a signal that is none',
    (things) => things.waitFor(() => false, { ...at, signal: wrong({}) }),
    /^signal must be/,
  ],
  [
    'caughtUp without a version',
    (things) => things.caughtUp(wrong(undefined)),
    /^caughtUp takes the resourceVersion of an object, .* not undefined/,
  ],
  [
    'caughtUp with a number',
    (things) => things.caughtUp(wrong(12)),
    /^caughtUp takes the resourceVersion of an object, .* not 12/,
  ],
  [
    'caughtUp with a large number',
    (things) => things.caughtUp(wrong(12n)),
    /^caughtUp takes the resourceVersion of an object, .* not 12/,
  ],
  ['caughtUp with null', (things) => things.caughtUp('1', wrong(null)), /^caughtUp takes its options/],
];

async function next(changes: AsyncIterable<unknown>): Promise<unknown> {
  return changes[Symbol.asyncIterator]().next();
}

const options: [options: Record<string, unknown>, says: RegExp][] = [
  [{ fieldSelector: 5 }, /^fieldSelector must be a text or an object of texts, not 5/],
  [{ fieldSelector: null }, /^fieldSelector must be a text or an object of texts, not null/],
  [{ fieldSelector: ['status.phase'] }, /^fieldSelector must be a text or an object of texts/],
  [{ fieldSelector: { 'spec.replicas': 3 } }, /^fieldSelector: the value of spec.replicas must be a text, not 3/],
  [{ fieldSelector: { 'spec.color': undefined } }, /^fieldSelector: the value of spec.color must be a text/],
  [{ indexes: null }, /^indexes must be an object of functions/],
  [{ indexes: [] }, /^indexes must be an object of functions/],
  [{ signal: {} }, /^signal must be an AbortSignal/],
  [{ logger: 'console' }, /^logger must have debug, info and warn/],
  [{ logger: { warn: nothing } }, /^logger must have debug, info and warn/],
  [{ streaming: 'no' }, /^streaming must be true or false/],
  [{ metadataOnly: 'no' }, /^metadataOnly must be true or false/],
  [{ managedFields: 0 }, /^managedFields must be true or false/],
  [{ allowUnsynced: 'no' }, /^allowUnsynced must be true or false/],
];

describe('wrong arguments', () => {
  it.each(calls)(
    '%s is a usage error that says what is meant, and the reflector goes on',
    async (_what, call, says) => {
      const { things, server, settle } = await watchingScene(10, [thing('a', 1)]);
      const fault = await faultOf(() => call(things));
      await settle();
      expect(fault.replace(/^usage: /, '')).toMatch(says);
      expect(fault).toMatch(/^usage: /);
      expect([things.status.live, things.list().length, server.open.length]).toEqual([true, 1, 1]);
    },
  );

  it.each(options)('a reflector with %j is refused', async (given, says) => {
    const { reflector } = scene();
    const fault = await faultOf(() => reflector(wrong(given)));
    expect(fault).toMatch(/^usage: /);
    expect(fault.slice(7)).toMatch(says);
  });

  it('a reflector of no cluster, of no kind or with options that are none is refused', async () => {
    const { cluster } = scene();
    expect(await faultOf(() => new Reflector(wrong(undefined), Thing))).toMatch(
      /^usage: a reflector needs the cluster/,
    );
    expect(await faultOf(() => new Reflector(wrong({ server: 'x' }), Thing))).toMatch(/^usage: a reflector needs the/);
    expect(await faultOf(() => new Reflector(cluster, wrong(undefined)))).toMatch(/^usage: definition must be/);
    expect(await faultOf(() => new Reflector(cluster, Thing, wrong('apps')))).toMatch(/^usage: a reflector takes its/);
  });

  it('a cluster with a logger that is none is refused', async () => {
    const { server } = scene();
    const given = { server: 'http://server', transport: server, logger: wrong({ log: nothing }) };
    expect(await faultOf(() => createCluster(given))).toMatch(/^usage: logger must have debug, info and warn/);
  });

  it('a typed list with a field selector that is none is refused', async () => {
    const { cluster } = scene();
    const list = cluster.resource(Thing).list({ fieldSelector: wrong({ 'spec.replicas': 3 }) });
    expect(await faultOf(() => list)).toMatch(/^usage: fieldSelector: the value of spec\.replicas must be a text/);
  });

  it('null for a signal is none, as everywhere on the platform', async () => {
    const { things, reflector } = await watchingScene(10, [thing('a', 1)]);
    const signal = wrong(null);
    await things.ready({ signal });
    things.on('added', nothing, { signal })[Symbol.dispose]();
    expect(reflector({ signal }).status.phase).toBe('idle');
  });
});
