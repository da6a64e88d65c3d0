import { describe, expect, it } from 'vitest';
import { adviceOf } from './advice.js';
import type { Use } from './change.js';
import type { Finding } from './finding.js';

const change = (name: Finding['change'], more: Partial<Finding> = {}): Finding => ({
  path: 'spec.a',
  change: name,
  isBreaking: false,
  ...more,
});
const optional = { new: { type: 'string', optional: true } };
const nine = Array.from({ length: 9 }, (_, i) => `'${i}'`);

describe('what to do about a change', () => {
  const rows: readonly [finding: Finding, breaks: readonly Use[], advice: string][] = [
    [change('field-added'), ['reads'], 'Nothing to do; it can be used from now on.'],
    [change('field-added', optional), ['writes'], 'Where you write it already, give it this type.'],
    [change('field-added'), ['writes'], 'Set it, with this type, in every manifest that you write.'],
    [change('field-removed'), ['reads', 'writes'], 'Stop reading and writing it: the API server drops it.'],
    [change('field-removed'), ['reads'], 'Check its type where it is read: the schema no longer says what it is.'],
    [change('field-removed'), ['writes'], 'Stop writing it: the API server drops it.'],
    [change('now-required'), ['writes'], 'Set it in every manifest that you write.'],
    [change('now-required'), [], 'Nothing to do; where it is read it is always there.'],
    [change('now-optional'), ['reads'], 'Handle its absence wherever it is read.'],
    [change('now-optional'), [], 'Nothing to do; manifests may leave it out.'],
    [change('now-open'), [], 'Nothing to do; fields that the schema does not name are kept from now on.'],
    [change('now-closed'), ['writes'], 'Stop using fields that the schema does not name: the API server drops them.'],
    [change('combination'), [], 'Nothing to do; fewer combinations of its fields are left, or more are allowed.'],
    [
      change('combination'),
      ['reads'],
      'Check the fields that stand together wherever it is read: other combinations are allowed now.',
    ],
    [
      change('combination'),
      ['reads', 'writes'],
      'Check the fields that stand together wherever it is read and in the manifests that you write: other combinations are allowed now.',
    ],
    [change('type'), [], 'Nothing to do.'],
    [
      change('type', { gained: ["'x'", '-1', 'true'] }),
      ['reads'],
      "Handle 'x', -1, true wherever it is read, as in a switch over its values.",
    ],
    [change('type', { gained: ["'x'", 'number'] }), ['reads'], "Handle 'x', number wherever it is read."],
    [
      change('type', { gained: nine.slice(1) }),
      ['reads'],
      `Handle ${nine.slice(1).join(', ')} wherever it is read, as in a switch over its values.`,
    ],
    [
      change('type', { gained: nine }),
      ['reads'],
      `Handle ${nine.slice(0, 8).join(', ')} and 1 more wherever it is read, as in a switch over its values.`,
    ],
    [change('type', { lost: ["'x'", "'y'"] }), ['writes'], "Stop writing 'x', 'y'."],
    [change('type', { gained: ['number'], lost: ['string'] }), ['reads'], 'Adapt to the new type wherever it is read.'],
    [
      change('type', { gained: ['number'], lost: ['string'] }),
      ['writes'],
      'Adapt to the new type in the manifests that you write.',
    ],
    [
      change('type', { gained: ['number'] }),
      ['reads', 'writes'],
      'Adapt to the new type wherever it is read and in the manifests that you write.',
    ],
    [change('type', { gained: ['number'] }), ['writes'], 'Adapt to the new type in the manifests that you write.'],
    [change('type'), ['reads'], 'Adapt to the new type wherever it is read.'],
  ];
  it.each(rows)('of %j that breaks %j', (finding, breaks, advice) => {
    expect(adviceOf(finding, breaks)).toBe(advice);
  });
});
