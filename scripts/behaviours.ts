/**
 * Writes docs/behaviours.md: which numbered behaviours are proven, by the tests that really ran and passed.
 * Reads the report of the last whole test run (.reports/vitest.json). With --check it only says whether the table is true.
 */
import { behaviours, chapters } from './behaviour-list.js';
import { numbersIn, readTestReport, type TestResult, writeOrCheck } from './test-report.js';

interface Proof {
  readonly passed: Set<string>;
  failed: number;
}

writeOrCheck('docs/behaviours.md', print(collect(readTestReport())), 'behaviours');

/** A number counts where it stands at the beginning of a title, of a test or of its group. */
function collect(results: readonly TestResult[]): Map<string, Proof> {
  const proofs = new Map<string, Proof>();
  for (const { file, fullName, status } of results) {
    if (!file.startsWith('runtime/') && !file.startsWith('tests/')) continue;
    for (const number of numbersIn(fullName, 'LWRESUDTC')) {
      const proof = proofs.get(number) ?? { passed: new Set<string>(), failed: 0 };
      if (status === 'passed') proof.passed.add(file);
      else if (status === 'failed') proof.failed += 1;
      proofs.set(number, proof);
    }
  }
  return proofs;
}

function print(proofs: Map<string, Proof>): string {
  const isProven = (number: string): boolean =>
    (proofs.get(number)?.passed.size ?? 0) > 0 && proofs.get(number)?.failed === 0;
  const all = Object.entries(behaviours).flatMap(([letter, items]) => Object.keys(items).map((n) => letter + n));
  const proven = all.filter(isProven).length;
  const lines = [
    '# Proven behaviours of the runtime',
    '',
    `Made by \`npm run behaviours\` from the tests that ran and passed: ${proven} of ${all.length} are proven. Open is what is not built (a work queue, a warm restart, an audit) or not proven.`,
    'A test proves a behaviour by naming its number in its title.',
  ];
  for (const [letter, items] of Object.entries(behaviours)) {
    lines.push('', `## ${chapters[letter]}`, '', '| | behaviour | proven in |', '| --- | --- | --- |');
    for (const [n, words] of Object.entries(items)) {
      const where = isProven(letter + n)
        ? [...(proofs.get(letter + n)?.passed ?? [])].sort().map((file) => `\`${file}\``)
        : ['open'];
      lines.push(`| ${letter}${n} | ${words} | ${where.join(', ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
