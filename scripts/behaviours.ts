/**
 * Writes docs/behaviours.md: which numbered behaviours are proven, by the tests that really ran and passed.
 * Reads the report of the last whole test run (.reports/vitest.json). With --check it only says whether the table is true.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { behaviours, chapters } from './behaviour-list.js';

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}
interface Proof {
  readonly passed: Set<string>;
  failed: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const table = `${root}docs/behaviours.md`;

const report = JSON.parse(readFileSync(`${root}.reports/vitest.json`, 'utf8')) as Report;
const text = print(collect(report));
if (process.argv.includes('--check')) {
  if (readFileSync(table, 'utf8') !== text) {
    console.error('docs/behaviours.md does not say what the tests proved. Run: npm test && npm run behaviours');
    process.exit(1);
  }
} else {
  writeFileSync(table, text);
}

/** A number counts where it stands at the beginning of a title, alone or in a row: `W8: …`, `R4, R5: …`. */
function collect({ testResults }: Report): Map<string, Proof> {
  const proofs = new Map<string, Proof>();
  for (const { name, assertionResults } of testResults) {
    const file = relative(root, name);
    if (!file.startsWith('runtime/') && !file.startsWith('tests/')) continue;
    for (const { fullName, status } of assertionResults) {
      const numbers = [...fullName.matchAll(/(?:^|\s)((?:[LWRESUDTC]\d+(?:, | and |\/)?)+):?(?=\s)/g)].flatMap(
        (match) => (match[1] ?? '').match(/[LWRESUDTC]\d+/g) ?? [],
      );
      for (const number of numbers) {
        const proof = proofs.get(number) ?? { passed: new Set<string>(), failed: 0 };
        if (status === 'passed') proof.passed.add(file);
        else if (status === 'failed') proof.failed += 1;
        proofs.set(number, proof);
      }
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
    `Made by \`npm run behaviours\` from the tests that ran and passed: ${proven} of ${all.length} are proven, the rest is open.`,
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
