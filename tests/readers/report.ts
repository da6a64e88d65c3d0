import type { Sample } from '../corpus/corpus.js';
import type { Disagreement } from './disagreements.js';
import type { Reader } from './readers.js';

/** What one reader and the API server said about the same objects. */
export interface ReaderResult {
  readonly reader: Reader['name'];
  readonly valid: number;
  readonly refusedValid: readonly Disagreement[];
  readonly invalid: number;
  readonly acceptedInvalid: readonly Sample[];
}

/** `docs/independent-readers.md`. */
export function reportText(results: readonly ReaderResult[]): string {
  return `# Independent readers

Two type printers of other people read the same CRDs: \`openapi-typescript\` and \`json-schema-to-typescript\`, each on schemas in which
what Kubernetes adds to JSON Schema is spelt out (int-or-string, kept unknown fields, embedded resources, pruning, defaults, nullable,
metadata; \`tests/readers/normalise.ts\`). The judge is TypeScript, the truth is the verdict of a real API server on each object. Where
a reader and the server disagree about a valid object, either the reader is wrong or our reading of the schema is. kube-gen's own types
take every valid object and refuse every one of the invalid ones (\`tests/corpus\`), so none of the disagreements below is ours.
A missing name (\`metadata-required\`) is not asked for in the schemas that they were given.

Made by \`npm run readers\` (a few minutes); \`npm test\` repeats a part of it. Do not edit.

|                           | valid objects refused | objects that the server refuses for their types, taken |
| ------------------------- | --------------------- | ------------------------------------------------------ |
| kube-gen                  | 0                     | 0                                                      |
${results.map((one) => `| ${one.reader.padEnd(25)} | ${refusedCount(one)} of ${one.valid} | ${one.acceptedInvalid.length} of ${one.invalid} |`).join('\n')}
${results.map(section).join('')}`;
}

function refusedCount({ refusedValid }: ReaderResult): number {
  return refusedValid.reduce((sum, { samples }) => sum + samples.length, 0);
}

function section({ reader, refusedValid, acceptedInvalid }: ReaderResult): string {
  return `
## ${reader}

### Valid objects that it refuses

${table(['stumbles over', 'objects', 'for example', 'it says'], refusedRows(refusedValid))}
### Objects that the server refuses for their types, and it takes

${table(['the server says', 'objects', 'for example'], acceptedRows(acceptedInvalid))}`;
}

function refusedRows(all: readonly Disagreement[]): string[][] {
  return byReason(all, ({ reason }) => reason).map(([reason, own]) => {
    const [{ crd, version, message } = { crd: '', version: '', message: '' }] = own;
    const count = own.reduce((sum, { samples }) => sum + samples.length, 0);
    return [reason, String(count), `${crd} ${version}`, `\`${message.split('\n')[0]?.replaceAll('|', '\\|')}\``];
  });
}

function acceptedRows(samples: readonly Sample[]): string[][] {
  return byReason(samples, ({ reasons }) => reasons.join(', ')).map(([reason, own]) => {
    return [reason, String(own.length), `${own[0]?.crd} ${own[0]?.version}`];
  });
}

function byReason<T>(all: readonly T[], reasonOf: (one: T) => string): [string, T[]][] {
  const found = new Map<string, T[]>();
  for (const one of all) found.set(reasonOf(one), [...(found.get(reasonOf(one)) ?? []), one]);
  return [...found].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.\n';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
