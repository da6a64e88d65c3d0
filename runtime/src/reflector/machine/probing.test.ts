import { describe, expect, it } from 'vitest';
import { listFail, timer, deeds, tell, after, probing, rows } from '../../../../tests/support/machine-table.js';

describe('Probing', () => {
  rows([
    {
      row: 'R12: the same or a later version opens the watch',
      from: probing,
      input: { t: 'probed', resourceVersion: '100' },
      to: 'opening',
      does: ['close', 'open rv=100'],
    },
    {
      row: 'R12: a version that does not compare opens the watch',
      from: probing,
      input: { t: 'probed', resourceVersion: 'abc' },
      to: 'opening',
      does: ['close', 'open rv=100'],
    },
    {
      row: 'R12: a lower version relists the newest state',
      from: probing,
      input: { t: 'probed', resourceVersion: '99' },
      to: 'listing',
      does: ['close', 'desync too-large', 'relisted too-large', 'begin', 'list rv= limit=500'],
    },
    {
      row: 'R12: a probe that fails backs off',
      from: probing,
      input: listFail('unavailable'),
      to: 'backoff(probing)',
      does: ['close', 'arm backoff 1600'],
    },
    {
      row: 'E12: a probe without an answer backs off',
      from: probing,
      input: timer('list'),
      to: 'backoff(probing)',
      does: ['close', 'arm backoff 1600'],
    },
    {
      row: 'E7: unauthorized refreshes and probes again',
      from: probing,
      input: listFail('unauthorized'),
      to: 'probing',
      does: ['refreshAuth', 'probe'],
    },
    {
      row: 'E7: unauthorized after a backoff refreshes again',
      from: after(probing, listFail('unauthorized'), listFail('unauthorized'), timer('backoff')),
      input: listFail('unauthorized'),
      to: 'probing',
      does: ['refreshAuth', 'probe'],
    },
  ]);

  it('R12: after lost history the version may fall, this once', () => {
    const relisting = after(probing, { t: 'probed', resourceVersion: '99' });
    const committed = tell(relisting, { t: 'page', resourceVersion: '99' });
    expect(deeds(committed)).toEqual(['commit 99', 'open rv=99']);
    expect(committed.state.memory.historyLost).toBe(false);
  });
});
