/**
 * Writes docs/behaviours.md: which numbered behaviours are proven, by the tests that really ran and passed.
 * Reads the report of the last whole test run (.reports/vitest.json). With --check it only says whether the table is true.
 */
import { behaviours, chapters } from './behaviour-list.js';
import { countProven, isProven, type Proof, proofsOf, readTestReport, writeOrCheck } from './test-report.js';

const results = readTestReport().filter(({ file }) => file.startsWith('runtime/') || file.startsWith('tests/'));
writeOrCheck('docs/behaviours.md', print(proofsOf(results, 'LWRESUDTC')), 'behaviours');

function print(proofs: ReadonlyMap<string, Proof>): string {
  const { all, proven } = countProven(behaviours, proofs);
  const lines = [
    '# Proven behaviours of the runtime',
    '',
    `Made by \`npm run behaviours\` from the tests that ran and passed: ${proven} of ${all} are proven. Open is what is not built (a work queue, a warm restart, an audit) or not proven.`,
    'A test proves a behaviour by naming its number in its title.',
  ];
  for (const [letter, items] of Object.entries(behaviours)) {
    lines.push('', `## ${chapters[letter]}`, '', '| | behaviour | proven in |', '| --- | --- | --- |');
    for (const [n, words] of Object.entries(items)) {
      lines.push(`| ${letter}${n} | ${words} | ${filesOf(proofs.get(letter + n))} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function filesOf(proof: Proof | undefined): string {
  if (!isProven(proof)) return 'open';
  const files = new Set(proof.passed.map(({ file }) => `\`${file}\``));
  return [...files].sort().join(', ');
}
