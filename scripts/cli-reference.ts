/** Writes docs/cli.md from the table of options that the command line itself is made of. */
import { writeFileSync } from 'node:fs';
import { helpText } from '../generator/cli/help.js';

const commands = ['generate', 'serve'] as const;

const sections = commands.flatMap((command) => [
  `## ${command === 'generate' ? 'kube-gen' : `kube-gen ${command}`}`,
  '',
  '```text',
  helpText(command).trimEnd(),
  '```',
  '',
]);

const text = [
  '# The command line',
  '',
  'Made by `npm run regenerate` from the table that `--help` prints.',
  '',
  ...sections,
  '## What it reads',
  '',
  'CustomResourceDefinitions `v1`, and `v1beta1` as well as they can be read, alone, in streams of documents or in a `List`. Other documents are skipped and counted. In a folder or glob a file that does not parse and does not hold the word `CustomResourceDefinition` is skipped with a warning. The same CRD twice is one when both are equal, and an error that names both when not.',
  '',
  '## What it writes',
  '',
  'All or nothing: with any error nothing is written, and every fault is reported, each with file, line and the path in the schema. Files that did not change are not touched; files that kube-gen wrote before and no longer makes are removed; a file that it did not write is never overwritten or removed (`.kube-gen.json` in the output folder keeps the list). The same input gives the same bytes, on every machine and in every order.',
  '',
  'Messages go to stderr; stdout is for `--json`.',
  '',
].join('\n');

writeFileSync(new URL('../docs/cli.md', import.meta.url), text);
