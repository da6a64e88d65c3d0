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

/** The numbers that a title begins with, alone or in a row: `W8: …`, `R4, R5: …`, `F22, V7 …`. */
export function numbersIn(title: string, letters: string): string[] {
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
