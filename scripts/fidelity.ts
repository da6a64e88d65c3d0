/**
 * Writes docs/fidelity.md: each rule of the types with an example, what goes in and what kube-gen makes of it, taken from a test that ran
 * and passed. Reads the report of the last whole test run. With --check it only says whether the page is true.
 */
import { chapters, rules } from './fidelity-list.js';
import {
  countProven,
  isProven,
  type Proof,
  proofsOf,
  readTestReport,
  type TestResult,
  writeOrCheck,
} from './test-report.js';

interface Example {
  readonly given: string;
  readonly printed: string;
}

/** An example longer than this is left to the test. */
const longestExample = 44;

writeOrCheck('docs/fidelity.md', print(proofsOf(readingAndPrinting(readTestReport()), 'FV')), 'fidelity');

/** Tests of the rooms that read and print: they need nothing but the repository, so that the page is the same everywhere. */
function readingAndPrinting(results: readonly TestResult[]): TestResult[] {
  // From values to comments: so the tests of the types themselves come before those of what stands above them.
  return results
    .filter(({ file }) => /^(?:generator|runtime\/src\/yaml)\//.test(file))
    .sort((a, b) => (a.file > b.file ? -1 : Number(a.file < b.file)));
}

function print(proofs: ReadonlyMap<string, Proof>): string {
  const { all, proven } = countProven(rules, proofs);
  const lines = [
    '# What the types say',
    '',
    `Made by \`npm run fidelity\` from the tests that ran and passed: ${proven} of ${all} rules are proven${proven < all ? ', the rest is open' : ''}.`,
    'A test proves a rule by naming its number in its title, and hands over what it printed; the example is the first one that is short.',
    'What the types cannot say is listed in [fidelity-gaps.md](fidelity-gaps.md).',
  ];
  for (const [letter, items] of Object.entries(rules)) {
    lines.push(
      '',
      `## ${chapters[letter]}`,
      '',
      '| rule | schema | what kube-gen makes of it | tests |',
      '| --- | --- | --- | --- |',
    );
    for (const [n, words] of Object.entries(items)) lines.push(row(letter + n, words, proofs.get(letter + n)));
  }
  return `${lines.join('\n')}\n`;
}

function row(number: string, words: string, proof: Proof | undefined): string {
  const head = `| **${number}** ${words} |`;
  if (!isProven(proof)) return `${head} | | open |`;
  const { given, printed } = exampleOf(number, proof) ?? { given: '', printed: '' };
  const files = [...new Set(proof.passed.map(({ file }) => file.replace(/^.*\//, '')))];
  return `${head} ${cell(given)} | ${cell(printed)} | ${files.map((file) => `\`${file}\``).join(', ')} |`;
}

/**
 * The first short example of a test that is about this rule before others, of the file that has most of them; where all are long, the
 * shortest.
 */
function exampleOf(number: string, { passed }: Proof): Example | undefined {
  const counts = new Map<string, number>();
  for (const { file } of passed) counts.set(file, (counts.get(file) ?? 0) + 1);
  const fullest = [...passed].sort((a, b) => (counts.get(b.file) ?? 0) - (counts.get(a.file) ?? 0));
  const examples = fullest.flatMap(({ title, meta }) => {
    const example = meta['example'] as Example | undefined;
    return example === undefined || example.printed === ''
      ? []
      : [{ example, isFirst: title.startsWith(number), lines: lineCount(example.given) + lineCount(example.printed) }];
  });
  const short = examples.filter(({ lines }) => lines <= longestExample);
  const [shortest] = examples.sort((a, b) => a.lines - b.lines);
  return (short.find(({ isFirst }) => isFirst) ?? short[0] ?? shortest)?.example;
}

function lineCount(text: string): number {
  return text.split('\n').length;
}

/** Text of several lines in a table: nothing in it can end the cell. */
function cell(text: string): string {
  if (text === '') return '';
  const safe = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('|', '&#124;')
    .replaceAll('`', '&#96;')
    .replaceAll('*', '&#42;')
    .replaceAll('_', '&#95;')
    .replaceAll('\\', '&#92;')
    .replaceAll('\u2028', '&#8232;')
    .replaceAll('\n', '<br>');
  return `<pre>${safe}</pre>`;
}
