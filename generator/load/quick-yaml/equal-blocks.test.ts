import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EqualBlocks } from './equal-blocks.js';
import { readQuickYaml } from './read-quick-yaml.js';

interface Node {
  readonly properties: Readonly<Record<string, Node>>;
}

const block = '      description: |-\n        some\n\n        text\n      type: string\n';

/** The two values of `a` in a text. */
function both(text: string): [unknown, unknown] | undefined {
  const [root] = (readQuickYaml(text, new EqualBlocks()) ?? []) as { readonly one: Node; readonly two: Node }[];
  return root && [root.one.properties['a'], root.two.properties['a']];
}

const twice = (first: string, second: string): string =>
  `one:\n  properties:\n    a:\n${first}two:\n  properties:\n    a:\n${second}`;

describe('equal blocks', () => {
  it('below fields of one name are one value, in one text and in the next', () => {
    const [first, second] = both(twice(block, block)) ?? [];
    expect(first).toEqual({ description: 'some\n\ntext', type: 'string' });
    expect(second).toBe(first);
    const blocks = new EqualBlocks();
    const text = twice(block, block);
    expect(readQuickYaml(text, blocks)).toEqual(readQuickYaml(text));
    const [again] = readQuickYaml(`properties:\n  b: c\n${text}`, blocks) as { readonly one: Node }[];
    expect(again?.one.properties['a']).toBe(
      (readQuickYaml(text, blocks) as { readonly one: Node }[])[0]?.one.properties['a'],
    );
  });

  it.each([
    ['goes on', block, `${block}      format: date\n`],
    ['goes on in its last text', block.replace('string\n', 'a\n'), `${block.replace('string\n', 'a\n')}        b\n`],
    [
      'goes on after an empty line',
      block.replace('string\n', 'a\n'),
      `${block.replace('string\n', 'a\n')}\n        b\n`,
    ],
    ['has another indentation', block, block.replaceAll(/^ /gm, '  ')],
    ['differs in one sign', block, block.replace('some', 'same')],
    ['has no line end', block, block.trimEnd()],
  ])('that %s is another one', (_title, first, second) => {
    const found = both(twice(first, second));
    expect(found).toEqual(
      readQuickYaml(twice(first, second))
        ?.flatMap((root) => Object.values(root as Record<string, Node>))
        .map(({ properties }) => properties['a']),
    );
    expect(found?.[1]).not.toBe(found?.[0]);
  });

  it('with an alias is another one, since that may stand for something else', () => {
    const aliased = '      enum: *x\n';
    const text = `x: &x b\n${twice(aliased, aliased)}`.replace('two:', 'z: &x c\ntwo:');
    expect(both(text)).toEqual([{ enum: 'b' }, { enum: 'c' }]);
  });

  it('with a sign that the complete reader must judge is left to it, wherever it stands', () => {
    for (const text of [twice(block, block), `${twice(block, block)}b: c\n`]) {
      for (let at = 0; at <= text.length; at += 1) {
        expect(readQuickYaml(`${text.slice(0, at)}\u0007${text.slice(at)}`, new EqualBlocks())).toBeUndefined();
      }
    }
  });

  it('read as each alone does, whatever else stands in the lines', () => {
    const line = fc.tuple(
      fc.nat(4),
      fc.constantFrom(
        'a:',
        'b:',
        'properties:',
        'a: b',
        'b: |-',
        'b: "c',
        'c"',
        '- a',
        '- a:',
        '# d',
        '',
        'items:',
        'e f',
      ),
    );
    const blocks = new EqualBlocks();
    let shared = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const body = lines.map(([indent, text]) => `${' '.repeat(6 + indent)}${text}\n`).join('');
        for (const text of [twice(body, body), twice(block, body), twice(body, `${body}        e\n`)]) {
          expect(readQuickYaml(text, blocks)).toEqual(readQuickYaml(text));
          const found = both(text);
          if (found !== undefined && found[0] === found[1] && typeof found[0] === 'object') shared += 1;
        }
      }),
      { numRuns: Number(process.env['KUBE_GEN_FUZZ'] ?? 2000) },
    );
    expect(shared).toBeGreaterThan(50);
  });
});
