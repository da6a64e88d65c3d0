import { describe, expect, it } from 'vitest';
import { show } from '../../tests/support/fidelity-example.js';
import { commentAbove } from '../../tests/support/small-crd.js';

describe('what is deprecated', () => {
  it.for<[string, object, string]>([
    [
      'F30 "Deprecated" becomes a tag',
      { type: 'string', description: 'Old.\n\nDeprecated: use\nnew instead.' },
      '  /**\n   * Old.\n   *\n   * @deprecated use new instead.\n   */\n',
    ],
    [
      'F30 DEPRECATED at the start',
      { type: 'string', description: 'DEPRECATED - use b.' },
      '  /** @deprecated use b. */\n',
    ],
    [
      'F30 (Deprecated) in brackets',
      { type: 'string', description: '(Deprecated) The endpoint.' },
      '  /** @deprecated The endpoint. */\n',
    ],
    [
      'F30 **Deprecated** in bold type',
      { type: 'string', description: 'Old.\n\n**Deprecated** — the endpoint.' },
      '  /**\n   * Old.\n   *\n   * @deprecated the endpoint.\n   */\n',
    ],
    [
      'F30 **DEPRECATED:** with its colon in bold type',
      { type: 'string', description: '**DEPRECATED:** use **b**.' },
      '  /** @deprecated use **b**. */\n',
    ],
    [
      'F30 bold words that only begin so',
      { type: 'string', description: '**Deprecated fields** are listed. **deprecated**s' },
      '  /** **Deprecated fields** are listed. **deprecated**s */\n',
    ],
    [
      'F30 of a sentence that calls the field deprecated the tag says what else it says',
      { type: 'string', description: "Old.\n\nbaseImage is deprecated: use 'spec.image' instead." },
      "  /**\n   * Old.\n   *\n   * @deprecated use 'spec.image' instead.\n   */\n",
    ],
    [
      'F30 a sentence that says more than that something is deprecated is kept whole',
      { type: 'string', description: 'Deprecated: Flocker is deprecated and no longer supported.' },
      '  /** @deprecated Flocker is deprecated and no longer supported. */\n',
    ],
    [
      'F30 "X is deprecated." before the reason is no news either',
      { type: 'string', description: 'Deprecated: FlexVolume is deprecated. Consider a CSIDriver.' },
      '  /** @deprecated Consider a CSIDriver. */\n',
    ],
    [
      'F30 "This field has been deprecated"',
      { type: 'string', description: 'This field has been deprecated.' },
      '  /** @deprecated */\n',
    ],
    [
      'F30 "NOTE: This field is deprecated"',
      { type: 'string', description: 'The address.\nNOTE: This field is deprecated, please use url.' },
      '  /**\n   * The address.\n   *\n   * @deprecated NOTE: This field is deprecated, please use url.\n   */\n',
    ],
    [
      'F30 sentences that begin with "Deprecated:" in the midst of a line are the reason, as in the built-in kinds',
      { type: 'string', description: 'The address. Deprecated: Its meaning varies. Use an annotation.' },
      '  /**\n   * The address.\n   *\n   * @deprecated Its meaning varies. Use an annotation.\n   */\n',
    ],
    [
      'F30 so are they where a tool made one line of two, of which the first has no full stop',
      { type: 'string', description: 'The command to run Deprecated: use `commands`.' },
      '  /**\n   * The command to run\n   *\n   * @deprecated use `commands`.\n   */\n',
    ],
    [
      'F30 a sentence that calls something else "Deprecated:" says nothing of the field',
      { type: 'string', description: 'The state is Deprecated: 3 days are left. Active or Deprecated: both.' },
      '  /** The state is Deprecated: 3 days are left. Active or Deprecated: both. */\n',
    ],
    [
      'F30 what a list says of one of its items is not said of the field',
      { type: 'string', description: '- a: the one. Deprecated: use b.\n- b: the other.' },
      '  /**\n   * - a: the one. Deprecated: use b.\n   * - b: the other.\n   */\n',
    ],
    [
      'F30 what will be deprecated is not yet',
      { type: 'string', description: 'name is being deprecated. This will be deprecated later.' },
      '  /** name is being deprecated. This will be deprecated later. */\n',
    ],
    [
      'F30 what a field called "deprecated" indicates',
      { type: 'string', description: 'Deprecated indicates an old version.' },
      '  /** Deprecated indicates an old version. */\n',
    ],
    [
      'F30 a line that goes on with a sentence says nothing of the field',
      {
        type: 'string',
        description: 'The secret. Login by the\nkeys is deprecated. What is long\ndeprecated: nothing.',
      },
      '  /**\n   * The secret. Login by the\n   * keys is deprecated. What is long\n   * deprecated: nothing.\n   */\n',
    ],
    [
      'F30 a sentence about deprecated things is none',
      { type: 'string', description: 'Deprecated versions are listed.' },
      '  /** Deprecated versions are listed. */\n',
    ],
  ])('%s', ([, schema, want], context) => {
    expect(commentAbove(schema)).toBe(want);
    show(context, { given: { x: schema }, printed: `${want.replace(/^ {2}/gm, '')}readonly x?: …;` });
  });
});
