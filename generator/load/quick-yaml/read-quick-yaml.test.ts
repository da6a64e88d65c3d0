import { readdirSync, readFileSync } from 'node:fs';
import { readYamlDocuments, YamlError } from '@kube-gen/runtime/yaml';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { EqualBlocks } from './equal-blocks.js';
import { readQuickYaml } from './read-quick-yaml.js';

/** What the complete reader makes of a text, in a form that tells apart all that the two may disagree on: order of keys, -0, missing. */
function complete(text: string): string {
  try {
    return exact(readYamlDocuments(text));
  } catch (error) {
    if (error instanceof YamlError) return `refused: ${error.message}`;
    throw error;
  }
}

function exact(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => (Object.is(one, -0) ? '-0' : one));
}

/** A list in a list, and so on. */
const brackets = (levels: number): string => `a: ${'['.repeat(levels)}${']'.repeat(levels)}\n`;
const aliases = (count: number): string =>
  `a: &b c\n${Array.from({ length: count }, (_, i) => `d${i}: *b\n`).join('')}`;

/** Texts of the kinds that the quick reader is for: it must read them. */
const known: [title: string, text: string][] = [
  ['a map', 'a: b\nc: 1\n'],
  ['a map without a last line end', 'a: b'],
  ['maps in maps', 'a:\n  b:\n    c: d\n  e: f\ng: h\n'],
  ['a list below its key', 'a:\n- b\n- c\nd:\n  - e\n'],
  ['maps in lists', 'a:\n- b: c\n  d:\n  - e: f\n    g: h\n-   i: j\n    k: l\n'],
  ['an item that begins on the next line', 'a:\n-\n  b: c\n-\n  - d\n- e\n'],
  ['empty values', 'a:\nb: ""\nc: {}\nd: []\ne:\n  f:\n'],
  ['an empty item', 'a:\n-\n- b\n'],
  ['words', 'a: true\nb: no\nc: null\nd: ~\ne: yes\nf: Yes\ng: yES\nh: "true"\ni: TRUE\n'],
  ['numbers', 'a: 1\nb: -2\nc: 0\nd: 12345678901\ne: 1.5\nf: -0.25\ng: 0.0\nh: "1"\n'],
  [
    'what looks like a number',
    'a: 1.2.3\nb: 3 copies\nc: 10.0.0.1/8\nd: -hi there\ne: .spec.x\nf: . a\ng: .\n  b\nh: 00#.\n',
  ],
  ['comments', '# a\na: b # c\n# d\n  # e\nc: d#e\nf: #g\n  h: i\n'],
  ['plain text of several lines', 'a: b c\n  d e\n\n  f\n\n\n  g\n'],
  ['plain text on the next line', 'a:\n  b c\n  d\ne: f\n'],
  ['plain text that a comment ends', 'a: b\n  # c\nd: e\n'],
  ['plain text with signs', 'a: b \'c\' "d" {e} [f] g, h\n'],
  ['quotes', `a: 'it''s'\nb: "c \\"d\\" \\\\ \\n \\u00e9 \\t"\nc: ''\nd: 'a: b # c'\n`],
  ['quoted text of several lines', `a: 'b\n  c\n\n  d '\ne: "f  \n  g\\\n  \\ h\n\n\n  i"\n`],
  ['quoted keys', `"a b": c\n'd': e\n"1": f\n`],
  ['literal text', 'a: |\n  b\n    c\n\n  d\n\ne: |-\n  f\n\n\ng: |\nh: i\n'],
  ['literal text in a list', 'a:\n- |\n  b\n- |-\n   c\n   d\n'],
  ['folded text', 'a: >\n  b\n  c\n\n  d\n\n\n  e\nf: >-\n  g\n  h\n'],
  ['literal text that begins with an empty line', 'a: |\n\n  b\n'],
  [
    'lists and maps in brackets',
    `a: [b, "c d", 'e', 1, true, e f]\nb: { c: d, "e": [], f: {}, g: [ h ] } # i\nc: []\n`,
  ],
  ['documents', '---\na: b\n---\nc: d\n---\n---\n# e\n'],
  ['a first document without a mark', 'a: b\n---\nc: d\n'],
  ['marks inside text', 'a: |\n  ---\n  b\nc: --- d\n'],
  ['other letters', 'a: é → “b”\nc: 日本\n'],
  ['tabs inside text', 'a: |\n  \tb\n  c\td\n'],
  ['an anchored text and its alias', 'a: &b c\nd: *b\n'],
  ['an anchored map and its aliases', 'a: &b # c\n  d: e\n  f: 1\ng: *b # h\ni:\n- *b\n- j: *b\n'],
  ['an anchored item', 'a:\n- &b\n  c: d\n- *b\n- &e f\n- *e\n'],
  [
    'anchored lists, quotes and brackets',
    'a: &b\n  - c\nd: &e "f: g"\nh: &i [j, 1]\nk: &l |\n  m\np: *i\nq: *l\nr: *e\n',
  ],
  ['an alias on a line of its own', 'a: &b c\nd:\n  *b\n'],
  ['an anchor twice', 'a: &b c\nd: *b\ne: &b f\ng: *b\n'],
  ['an anchored nothing', 'a: &b\nc: *b\n'],
  ['as many aliases as it follows', aliases(8)],
  ['a dash alone at the end', 'a:\n-'],
  ['nothing but a dash', '-'],
  ['a key without a value at the end', 'a:\n  b:'],
  ['a key as long as may be', `${'k'.repeat(1000)}: a\n`],
  ['brackets as deep as it looks', brackets(51)],
  ['fewer spaces than the text has before its first row', 'a: |\n \n  b\n'],
  ['what stands behind four hexadecimal digits', 'a: "\\u00e9e"\n'],
  ['a line in quotes further in than the dash', 'a:\n- "b\n c"\n'],
  ['anchors of one document and the next', 'a: &b c\nd: *b\n---\na: &b d\ne: *b\n'],
];

/** Texts that are none of its business, or wrong: the complete reader decides. */
const left: [title: string, text: string][] = [
  ['nothing', ''],
  ['only a comment', '# a\n'],
  ['text alone', 'just text\n'],
  ['brackets over several lines', 'a: [b,\n  c]\n'],
  ['odd brackets', 'a: [b, [c], {d: !e f}]\n'],
  ['a key twice in brackets', 'a: { b: 1, b: 2 }\n'],
  ['__proto__ in brackets', 'a: { __proto__: b }\n'],
  ['a colon without a space in brackets', 'a: {b:c}\n'],
  ['brackets deeper than that', brackets(52)],
  ['a list without end', 'a: [b\n'],
  ['an item that is missing', 'a: [b,, c]\n'],
  ['JSON', '{"a": 1}'],
  ['an alias of nothing', 'a: *b\n'],
  ['an alias of another document', 'a: &b c\n---\nd: *b\n'],
  ['an alias inside what it names', 'a: &b\n  c: *b\n'],
  ['an anchor that is there again inside its value', 'a: &b\n  c: &b d\ne: *b\n'],
  ['an alias of an anchor that begins anew', 'a: &b c\nd: &b\n  e: *b\n'],
  ['two anchors of one value', 'a: &b &c d\n'],
  ['an anchored alias', 'a: &b c\nd: &e *b\n'],
  ['an anchored alias on the next line', 'a: &b c\nd: &e\n  *b\n'],
  ['an anchored key', 'a:\n- &b c: d\n'],
  ['anchors with other signs', 'a: &b.c d\ne: *b.c\n'],
  ['many aliases', aliases(9)],
  ['aliases in a long text', `a: &b c\nd: *b\ne: ${'f'.repeat(40_000)}\n`],
  ['merge keys', 'a: &b\n  c: d\ne:\n  <<: *b\n'],
  ['merge keys of nothing', 'a:\n  <<: b\n'],
  ['tags', 'a: !!str 1\n'],
  ['directives', '%YAML 1.2\n---\na: b\n'],
  ['the end of a document', 'a: b\n...\n'],
  ['a key twice', 'a: b\na: c\n'],
  ['__proto__', '__proto__: a\n'],
  ['a key that is too long', `${'k'.repeat(1001)}: a\n`],
  ['keys that are no text', 'on: a\n'],
  ['numbers as keys', '1: a\n'],
  ['odd numbers', 'a: 0x1f\n'],
  ['dates', 'a: 2020-01-01\n'],
  ['kept line ends', 'a: |+\n  b\n\n'],
  ['as many spaces as the text has before its first row', 'a: |\n  \n  b\n'],
  ['more spaces than the text has before its first row', 'a: |\n    \n  b\n'],
  ['a given indentation', 'a: |2\n  b\n'],
  ['further indentation in folded text', 'a: >\n  b\n    c\n  d\n'],
  ['line ends of Windows', 'a: b\r\nc: d\r\n'],
  ['tabs within quotes', 'a: "b\tc"\n'],
  ['tabs before text', 'a:\n\tb: c\n'],
  ['control characters', 'a: b\u0007\n'],
  ['NUL', 'a: b\0\n'],
  ['a byte order mark', '\uFEFFa: b\n'],
  ['U+2028', 'a: b\u2028c\n'],
  ['a map that is not in line', 'a:\n    b: c\n  d: e\n'],
  ['a map inside text', 'a: b: c\n'],
  ['a template', 'a: {{ b }}\n'],
  ['letters by two digits', 'a: "\\x0041"\n'],
  ['letters by eight digits', 'a: "\\U00000041"\n'],
  ['letters by too few digits', 'a: "\\u00eg"\n'],
  ['letters by too few digits before the quote', 'a: "\\u00e"\n'],
  ['a line in quotes no further in than its key', 'a: "b\nc"\n'],
  ['a line in quotes no further in than its dash', "a:\n- 'b\n- c'\n"],
  ['a line in quotes at the key after an escape', 'a: "b\\\nc"\n'],
  ['text behind quotes', 'a: "b" c\n'],
  ['quotes without end', 'a: "b\n'],
  ...['.inf', '-.inf', '+.INF', '[.Inf]', '.nan'].map((text): [string, string] => [text, `a: ${text}\n`]),
  ['more after the root', '- a\nb: c\n'],
  ['no end of levels', '- '.repeat(100_000)],
  ['no end of maps', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
];

describe('the quick reader', () => {
  it.each(known)('reads %s as the complete one does', (_title, text) => {
    expect(exact(readQuickYaml(text))).toBe(complete(text));
  });

  it.each(left)('leaves %s to the complete one', (_title, text) => {
    expect(readQuickYaml(text)).toBeUndefined();
  });

  it.each([
    ['signs of comments behind a name', `a: &b ${'# '.repeat(17)}\n  c: d\n`],
    ['empty lines behind a name', `a: &b${'\n'.repeat(10_000_000)}  c: d\n`],
    ['spaces within quotes', `a: "b${' '.repeat(100_000)}c\n  d"\n`],
  ])('reads ever so many %s at once', (_title, text) => {
    const seconds = cpuSeconds(() => expect(readQuickYaml(text)).toHaveLength(1));
    expect(seconds).toBeLessThan(3);
  });

  it('reads the CRDs of the examples', () => {
    const folder = new URL('../../../examples/foo-service/crds/', import.meta.url);
    const files = readdirSync(folder);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      expect([file, exact(readQuickYaml(text))]).toEqual([file, complete(text)]);
    }
  });

  it('reads nothing otherwise than the complete one, whatever is broken in a text', () => {
    const texts = [...known, ...left].map(([, text]) => text.slice(0, 500));
    const bits = [
      '\n',
      ' ',
      '  ',
      '\t',
      '- ',
      ': ',
      ':',
      '#',
      ' #',
      "'",
      '"',
      '\\',
      '|',
      '>',
      '>-',
      '|-',
      '[',
      ']',
      '{}',
      ', ',
      '{',
      'a: ',
    ];
    const more = [
      ...bits,
      '&a',
      '&b ',
      '*a',
      '*b',
      '!',
      '%',
      '---',
      '\n---\n',
      '...',
      '~',
      '0',
      '-1',
      '1.5',
      'a',
      '\n\n',
      '\n  ',
      '?',
    ];
    const blocks = new EqualBlocks();
    let read = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...more)), { minLength: 1, maxLength: 4 }),
        (text, edits) => {
          let broken = text;
          for (const [place, cut, put] of edits) {
            const at = place % (broken.length + 1);
            broken = broken.slice(0, at) + put + broken.slice(at + cut);
          }
          const quick = readQuickYaml(broken);
          expect(exact(readQuickYaml(broken, blocks) ?? [])).toBe(exact(quick ?? []));
          if (quick === undefined) return;
          read += 1;
          expect(exact(quick)).toBe(complete(broken));
        },
      ),
      { numRuns: Number(process.env['KUBE_GEN_FUZZ'] ?? 5000) },
    );
    // A reader that gives up on everything proves nothing; it reads some 520 of 5,000, give or take 25.
    expect(read).toBeGreaterThan(300);
  });
});
