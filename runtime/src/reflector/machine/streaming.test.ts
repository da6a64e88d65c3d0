import { describe, expect, it } from 'vitest';
import { step } from '../machine.js';
import type { State } from '../protocol.js';
import {
  START,
  at,
  raw,
  added,
  bookmark,
  error,
  openFail,
  event,
  timer,
  deeds,
  armed,
  tell,
  after,
  start,
  idle,
  streaming,
  streamed,
  restreaming,
  rows,
} from '../../../../tests/support/machine-table.js';

describe('Streaming', () => {
  rows([
    {
      row: 'L4: ADDED goes to the buffer',
      from: streaming,
      input: event(added('50')),
      to: 'streaming',
      does: ['put 50'],
    },
    {
      row: 'L4: DELETED leaves the buffer',
      from: streaming,
      input: { t: 'event', event: { t: 'object', type: 'DELETED', raw: raw('60') } },
      to: 'streaming',
      does: ['remove 60'],
    },
    {
      row: 'L3: a bookmark without the annotation ends nothing',
      from: streaming,
      input: event(bookmark('90')),
      to: 'streaming',
      does: [],
    },
    {
      row: 'L5: the end bookmark commits, and the same stream goes on',
      from: streaming,
      input: event(bookmark('100', true)),
      to: 'watching',
      does: ['streaming', 'commit 100'],
    },
    {
      row: 'L13: an end bookmark without a version is a failure',
      from: streaming,
      input: event(bookmark('', true)),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'L7: refused backs off and stays streaming',
      from: after(idle, start),
      input: openFail('refused'),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'L7: throttled backs off as long as the server says',
      from: after(idle, start),
      input: openFail('throttled', { retryAfterMs: 7000 }),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 7000'],
    },
    {
      row: 'L12: openFail expired with a version streams the newest state at once',
      from: restreaming,
      input: openFail('expired'),
      to: 'streaming',
      does: ['close', 'begin', 'stream rv='],
    },
    {
      row: 'L12: openFail too large with a version streams the newest state at once',
      from: restreaming,
      input: openFail('rvTooLarge'),
      to: 'streaming',
      does: ['close', 'begin', 'stream rv='],
    },
    {
      row: 'ERROR expired with a version streams the newest state at once',
      from: restreaming,
      input: event(error(410)),
      to: 'streaming',
      does: ['close', 'begin', 'stream rv='],
    },
    {
      row: 'ERROR too large with a version streams the newest state at once',
      from: restreaming,
      input: event(error(504, { cause: 'ResourceVersionTooLarge' })),
      to: 'streaming',
      does: ['close', 'begin', 'stream rv='],
    },
    {
      row: 'ERROR expired of the newest state is not tried at once again',
      from: streaming,
      input: event(error(410)),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'ERROR throttled backs off as long as it says',
      from: streaming,
      input: event(error(429, { retryAfterSeconds: 3 })),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 3000'],
    },
    {
      row: 'L7: openFail invalid lists in the same pass and remembers it',
      from: after(idle, start),
      input: openFail('invalid'),
      to: 'listing',
      does: ['close', 'streaming', 'begin', 'list rv= limit=500'],
    },
    ...(['forbidden', 'notFound', 'internal', 'unavailable', 'unauthorized', 'reset'] as const).map((kind) => ({
      row: `L7: openFail ${kind} lists in the same pass`,
      from: after(idle, start),
      input: openFail(kind),
      to: 'listing',
      does: ['close', 'begin', 'list rv= limit=500'],
    })),
    {
      row: 'E12: no answer in 30 s lists in the same pass',
      from: after(idle, start),
      input: timer('open'),
      to: 'listing',
      does: ['close', 'begin', 'list rv= limit=500'],
    },
    {
      row: 'L6: the stream ends before the end bookmark',
      from: streaming,
      input: { t: 'closed' },
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'L6: no progress for 30 s',
      from: streaming,
      input: timer('initial'),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'W20: a suspended process begins again',
      from: streaming,
      input: { t: 'suspendDetected' },
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'W13: an event of unknown type is counted',
      from: streaming,
      input: { t: 'event', event: { t: 'skipped', why: 'unknown-type' } },
      to: 'streaming',
      does: ['anomaly unknown-type'],
    },
  ]);

  it('L2: versions of the initial objects are not where a later watch begins', () => {
    expect(after(streaming, event(added('50'))).rv).toBe('');
    expect(streamed.rv).toBe('100');
  });

  it('L6: the third unfinished list in a row lists in pages, and that is remembered for an hour', () => {
    let state: State = streaming;
    for (let n = 0; n < 2; n++) {
      state = after(state, { t: 'closed' }, timer('backoff'), { t: 'opened' });
      expect(state.t).toBe('streaming');
    }
    const third = tell(state, timer('initial'));
    expect(deeds(third)).toEqual(['close', 'streaming', 'begin', 'list rv= limit=500']);
    expect(third.effects).toContainEqual({ t: 'streaming', unsupportedUntil: START.now + 3_600_000 });
    const inPages = after(third.state, { t: 'page', resourceVersion: '9' }, { t: 'opened' });
    expect(tell(inPages, event(error(410)), at(3_599_999)).state.t).toBe('listing');
    expect(tell(inPages, event(error(410)), at(3_600_000)).state.t).toBe('streaming');
  });

  it('L6: a streaming list that came to its end begins the count again', () => {
    const once = after(streaming, { t: 'closed' }, timer('backoff'), { t: 'opened' });
    expect(once.memory.streamingFailures).toBe(1);
    expect(after(once, event(bookmark('100', true))).memory.streamingFailures).toBe(0);
  });

  it('W1: the timeout that is asked for lies between 300 and 600 s', () => {
    const asked = (rand: number): unknown =>
      step(idle, { t: 'start' }, { ...START, rand }).effects.find((e) => e.t === 'open');
    expect(asked(0)).toMatchObject({ query: { timeoutSeconds: 300 } });
    expect(asked(0.999_999)).toMatchObject({ query: { timeoutSeconds: 600 } });
  });

  it('E2: a stream that told objects before the end bookmark delivered data', () => {
    const end = event(bookmark('100', true));
    expect(after(streaming, end)).toMatchObject({ stream: { delivered: false } });
    expect(after(streaming, event(added('50')), end)).toMatchObject({ stream: { delivered: true } });
  });

  it('L6: each event moves the deadline for progress', () => {
    expect(armed(tell(streaming, event(added('5'))))).toEqual(['arm initial 30000']);
    expect(armed(tell(streaming, event(bookmark('5'))))).toEqual(['arm initial 30000']);
  });
});
