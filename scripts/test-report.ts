import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One test of the last whole run. */
export interface TestResult {
  /** Relative to the repository. */
  readonly file: string;
  readonly title: string;
  /** With the titles of the groups that it stands in. */
  readonly fullName: string;
  readonly status: string;
  /** What the test left in its report. */
  readonly meta: Readonly<Record<string, unknown>>;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly Omit<TestResult, 'file'>[];
  }[];
}

/** What the last whole run of the tests reported (.reports/vitest.json). */
export function readTestReport(): TestResult[] {
  const report = JSON.parse(readFileSync(`${root}.reports/vitest.json`, 'utf8')) as Report;
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((one) => ({ ...one, file: relative(root, name) })),
  );
}

/** What the tests said of one number. */
export interface Proof {
  readonly passed: TestResult[];
  failed: number;
}

/** The tests of each number; its letter is one of these. */
export function proofsOf(results: readonly TestResult[], letters: string): ReadonlyMap<string, Proof> {
  const proofs = new Map<string, Proof>();
  for (const result of results) {
    for (const number of new Set(numbersIn(result.fullName, letters))) {
      const proof = proofs.get(number) ?? { passed: [], failed: 0 };
      if (result.status === 'passed') proof.passed.push(result);
      else if (result.status === 'failed') proof.failed += 1;
      proofs.set(number, proof);
    }
  }
  return proofs;
}

/** Whether a test has passed and none has failed. */
export function isProven(proof: Proof | undefined): proof is Proof {
  return proof !== undefined && proof.passed.length > 0 && proof.failed === 0;
}

/** How many numbers a list has, and how many of them are proven. */
export function countProven(
  list: Readonly<Record<string, Readonly<Record<number, string>>>>,
  proofs: ReadonlyMap<string, Proof>,
): { readonly all: number; readonly proven: number } {
  const all = Object.entries(list).flatMap(([letter, items]) => Object.keys(items).map((n) => letter + n));
  return { all: all.length, proven: all.filter((number) => isProven(proofs.get(number))).length };
}

/** The numbers that a title begins with, alone or in a row: `W8: …`, `R4, R5: …`, `F22, V7 …`. */
function numbersIn(title: string, letters: string): string[] {
  const row = new RegExp(`(?:^|\\s)((?:[${letters}]\\d+(?:, | and |/)?)+):?(?=\\s)`, 'g');
  const single = new RegExp(`[${letters}]\\d+`, 'g');
  return [...title.matchAll(row)].flatMap((match) => (match[1] ?? '').match(single) ?? []);
}

/** Writes a page that the tests prove; with `--check` it only says whether the page is true, and ends with 1 if not. */
export function writeOrCheck(page: string, text: string, command: string): void {
  const path = `${root}${page}`;
  if (!process.argv.includes('--check')) return writeFileSync(path, text);
  if (readFileSync(path, 'utf8') === text) return;
  console.error(`${page} does not say what the tests proved. Run: npm test && npm run ${command}`);
  process.exit(1);
}
