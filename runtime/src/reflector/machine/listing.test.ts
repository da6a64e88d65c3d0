import { describe, expect, it } from 'vitest';
import { idleState } from '../machine.js';
import {
  raw,
  bookmark,
  error,
  listFail,
  event,
  timer,
  deeds,
  armed,
  nameOf,
  tell,
  after,
  paged,
  start,
  listing,
  page1,
  page2,
  listingPage2,
  restreaming,
  relisting,
  rows,
} from '../../../../tests/support/machine-table.js';

describe('Listing', () => {
  rows([
    {
      row: 'an item goes to the buffer',
      from: listing,
      input: { t: 'item', raw: raw('3') },
      to: 'listing',
      does: ['put 3'],
    },
    {
      row: 'L8: a page with continue asks for the next, with continue and limit only',
      from: listing,
      input: page1,
      to: 'listing',
      does: ['list rv= continue=more limit=500'],
    },
    {
      row: "L9: the last page commits the first page's version and watches from it",
      from: listingPage2,
      input: page2,
      to: 'opening',
      does: ['commit 100', 'open rv=100'],
    },
    {
      row: 'L12: expired on page 2 lists all at once at the original version',
      from: listingPage2,
      input: listFail('expired'),
      to: 'listing',
      does: ['begin', 'list rv='],
    },
    {
      row: 'L12: expired on page 1 lists the newest state at once',
      from: relisting,
      input: listFail('expired'),
      to: 'listing',
      does: ['begin', 'list rv= limit=500'],
    },
    {
      row: 'L12: too large on page 1 lists the newest state at once',
      from: relisting,
      input: listFail('rvTooLarge'),
      to: 'listing',
      does: ['begin', 'list rv= limit=500'],
    },
    {
      row: 'L12: expired of the newest state backs off',
      from: listing,
      input: listFail('expired'),
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'E7: unauthorized for the first time refreshes and lists again',
      from: listing,
      input: listFail('unauthorized'),
      to: 'listing',
      does: ['refreshAuth', 'list rv= limit=500'],
    },
    {
      row: 'E7: unauthorized again backs off',
      from: after(listing, listFail('unauthorized')),
      input: listFail('unauthorized'),
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'E7: unauthorized after a backoff refreshes again, as somebody may have logged in meanwhile',
      from: after(listing, listFail('unauthorized'), listFail('unauthorized'), timer('backoff')),
      input: listFail('unauthorized'),
      to: 'listing',
      does: ['refreshAuth', 'list rv= limit=500'],
    },
    ...(
      [
        'forbidden',
        'notFound',
        'internal',
        'unavailable',
        'refused',
        'reset',
        'invalid',
        'throttled',
        'decode',
        'overflow',
        'storeRead',
      ] as const
    ).map((kind) => ({
      row: `R6: listFail ${kind} drops the buffer and leaves the store`,
      from: listing,
      input: listFail(kind),
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    })),
    {
      row: 'L13: a page without a version is a failure',
      from: listing,
      input: { t: 'page' },
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'a page that names itself as the next is a failure',
      from: listingPage2,
      input: page1,
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'E12: no byte for 30 s is a failure',
      from: listing,
      input: timer('list'),
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
  ]);

  it('E12: a list that drips is not cut off', () => {
    expect(armed(tell(listing, { t: 'bytes' }))).toEqual(['arm list 30000']);
  });

  it('L11: a server that pages a list of any version is asked for pages later, too', () => {
    const any = after(idleState({ settings: { ...paged, initialVersion: '0' } }), start, page1, page2, { t: 'opened' });
    expect(deeds(tell(any, event(error(410))))).toContain('list rv=100 match=NotOlderThan limit=500');
  });

  it('L12: a list at the original version asks for no older state, and if that expired too, for the newest', () => {
    const any = after(idleState({ settings: paged, resourceVersion: '100' }), start, {
      t: 'page',
      resourceVersion: '100',
      continue: 'x',
    });
    const whole = tell(any, listFail('expired'));
    expect(deeds(whole)).toEqual(['begin', 'list rv=100 match=NotOlderThan']);
    expect(deeds(tell(whole.state, listFail('expired')))).toEqual(['begin', 'list rv= limit=500']);
  });

  it('R12: a list that is older than what was shown is made again, with contents compared', () => {
    const lost = tell(relisting, { t: 'page', resourceVersion: '90' });
    expect(deeds(lost)).toEqual(['begin', 'list rv= limit=500']);
    expect(lost.effects).toContainEqual({ t: 'begin', historyLost: true });
    expect(deeds(tell(lost.state, { t: 'page', resourceVersion: '90' }))).toEqual(['commit 90', 'open rv=90']);
    const streamed = tell(restreaming, event(bookmark('90', true)));
    expect(deeds(streamed)).toEqual(['close', 'begin', 'stream rv=']);
    expect(deeds(tell(streamed.state, event(bookmark('90', true))))).toEqual(['streaming', 'commit 90']);
  });

  it('poll: one list commits and finishes without a watch', () => {
    const once = after(idleState({ settings: { ...paged, once: true }, resourceVersion: '50' }), start);
    const result = tell(once, { t: 'page', resourceVersion: '100' });
    expect(nameOf(result.state)).toBe('stopped');
    expect(deeds(result)).toEqual(['commit 100', 'discard', 'finish']);
  });

  it('poll: asks for the newest state, and a failure finishes with it', () => {
    const begun = tell(idleState({ settings: { ...paged, once: true }, resourceVersion: '50' }), start);
    expect(deeds(begun)).toEqual(['begin', 'list rv= limit=500']);
    const failed = tell(begun.state, listFail('forbidden'));
    expect(failed.effects.at(-1)).toMatchObject({ t: 'finish', trouble: { class: 'forbidden', verb: 'list' } });
  });
});
