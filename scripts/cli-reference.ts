/** Writes docs/cli.md, a manual page, from the tables that the command line itself is made of. */
import { writeFileSync } from 'node:fs';
import { commandText } from '../generator/cli/read-options.js';
import { commandTable, optionHelp, valueText } from '../generator/cli/help.js';
import { commandNames, optionsOf, type CommandName } from '../generator/cli/option-table.js';

const text = [
  '# kube-gen(1)',
  '',
  'Made by `npm run regenerate` from the tables that `--help` prints.',
  '',
  '## Name',
  '',
  'kube-gen: typed Kubernetes resources and live, typed caches for TypeScript, generated from CustomResourceDefinitions',
  '',
  '## Synopsis',
  '',
  '```text',
  ...commandNames.map((name) => commandTable[name].usage),
  '```',
  '',
  ...commandNames.flatMap(commandSection),
  `## What it reads

CustomResourceDefinitions \`v1\`, and \`v1beta1\` as well as they can be read, alone, in streams of documents or in a \`List\`, and OpenAPI documents of an API server. Other documents are skipped and counted. In a folder or glob a file that does not parse and does not hold the word \`CustomResourceDefinition\` is skipped with a warning. The same CRD twice is one when both are equal, and an error that names both when not.

## Clusters

\`--cluster\` reads the CRDs and the OpenAPI documents of a live cluster (v3, or v2 where there is no v3), found as kubectl finds it. Inputs and \`--cluster\` exclude each other. A kind of a CRD comes from the CRD, all others from OpenAPI with the short names and categories of discovery, each once. \`--include\` and \`--exclude\` decide what is asked for: nothing is requested for a group that they leave out, and CRDs are not listed where none of their groups is wanted. What cannot be read (403, 503, an aggregated API that is down) is an error that names it and the \`--exclude\` that does without it; nothing is written, so that no module vanishes by accident. It needs \`get\` on \`/api\`, \`/apis\` and \`/openapi/*\`, which every authenticated user has by default, and \`list\` on \`customresourcedefinitions.apiextensions.k8s.io\`.

## Types of every operation

\`--paths\` adds \`openapi.ts\` to the output folder: the types of every operation of the OpenAPI documents (v2 as well as v3; several are merged into one), made by openapi-typescript, for [typed requests](./guide/typed-requests.md). It takes documents of any API; of one that is not from Kubernetes only \`openapi.ts\` is made. \`--include\` and \`--exclude\` have no effect on it, but that \`--cluster\` reads nothing of groups that they leave out. A \`$ref\` to a file or URL is refused, and so are two documents that say different things under one name.

## JSON Schemas

A plain JSON Schema (\`$schema\` of json-schema.org, or \`type: object\` with \`properties\`), such as the \`values.schema.json\` of a Helm chart, becomes one interface in one file: \`interface Values\` in \`values.ts\`. See [JSON Schemas](./guide/json-schema.md). \`--include\` and \`--exclude\` have no effect on them.

## What it writes

All or nothing: with any error nothing is written, in none of the targets, and every fault is reported, each with file, line and the path in the schema. Files that did not change are not touched; files that kube-gen wrote before and no longer makes are removed; a file that it did not write is never overwritten or removed, and a symbolic link is never followed out of the output folder. The same input gives the same bytes, on every machine and in every order.

A signal that comes while files are replaced is kept until that is done. If a run is killed all the same, or the power fails, the next run puts things right. Two runs on one output folder do not mix: the second one ends with a message.

Messages go to stderr; stdout is for \`--json\`, and for what \`kube-gen diff\` finds.

## The config file

\`kube-gen.config.ts\`, \`kube-gen.config.mjs\` or \`kube-gen.config.json\` in the working folder, or another one with \`--config\`. Its paths are relative to it. Options of the command line win over it.

\`\`\`ts
import { defineConfig } from 'kube-gen';

export default defineConfig({
  input: ['crds', 'vendor/**/*.yaml'],
  out: 'src/generated',
  exclude: 'velero.io/*',
  versions: 'served', // or 'storage', 'all'
  docs: true,
  importExtension: 'js', // or 'ts', 'none'
});
\`\`\`

Several output folders share what stands beside \`targets\`:

\`\`\`json
{
  "$schema": "./node_modules/kube-gen/schemas/config.schema.json",
  "versions": "all",
  "targets": [
    { "input": "crds", "out": "src/generated" },
    { "input": "https://example.com/crds.yaml", "out": "vendor/generated", "docs": false }
  ]
}
\`\`\`

A key that does not exist is an error. \`.ts\` needs Node 22.18 or newer, or TypeScript 5 or 6 in the project. \`templates\` puts files of yours in the place of the templates of generated modules: [guide/templates.md](./guide/templates.md).

## The report

\`--json\` prints one document on stdout, described by \`kube-gen/schemas/report.schema.json\`; with \`--watch\` one on each line. Its \`report\` is 1, and changes when the shape changes otherwise than by growing. \`kube-gen diff --json\` prints another one, described by \`kube-gen/schemas/diff.schema.json\`, with a \`diff\` of 1, and \`kube-gen rbac --json\` one described by \`kube-gen/schemas/rbac.schema.json\`, with a \`rbac\` of 1.

## Exit status

| code | meaning                                                                |
| ---- | ---------------------------------------------------------------------- |
| 0    | done                                                                   |
| 1    | \`--check\` found a difference, \`diff\` a breaking change, or \`rbac --against\` a right that is missing; with \`rbac --strict\` something cannot be followed |
| 2    | bad usage, bad input, or an output that cannot be written: nothing was |

## Environment

| variable                              | effect                                                                           |
| ------------------------------------- | -------------------------------------------------------------------------------- |
| \`GITHUB_ACTIONS\`, \`GITHUB_WORKSPACE\`  | in GitHub Actions faults and differences are printed as annotations, too         |
| \`XDG_CACHE_HOME\`                      | where large runs are remembered (\`kube-gen/runs\` below it; default \`~/.cache\`)   |
| \`NO_COLOR\`, \`TERM=dumb\`               | no colours and no progress line; nor are there any where stderr is no terminal   |

## Files

| file                      | what                                                                                                        |
| ------------------------- | ----------------------------------------------------------------------------------------------------------- |
| \`<out>/.kube-gen.json\`    | what kube-gen wrote there, with hashes; commit it with the rest                                             |
| \`<out>/.kube-gen.tmp/\`    | while files are replaced: the lock, and what waits; a run that was killed leaves it to the next one          |
| \`kube-gen.config.*\`       | the config file                                                                                             |

## See also

[Generated modules in CI](./guide/ci.md), [what a new CRD breaks](./guide/diff.md), [the least rights for your code](./guide/rbac.md), [templates](./guide/templates.md), [reflectors](./guide/reflectors.md).`,
  '',
].join('\n');

writeFileSync(new URL('../docs/cli.md', import.meta.url), text);

function commandSection(command: CommandName): string[] {
  const { summary, input, examples } = commandTable[command];
  const options = optionsOf(command).map((option) => {
    const flag = `${option.short === undefined ? '' : `-${option.short}, `}--${option.name}${valueText(option)}`;
    return `| \`${flag.replaceAll('|', '\\|')}\` | ${optionHelp(option).replaceAll('|', '\\|')} |`;
  });
  return [
    `## ${commandText(command)}`,
    '',
    summary,
    '',
    ...(input === undefined ? [] : [`Input: ${input}.`, '']),
    '| option | |',
    '| --- | --- |',
    ...options,
    '',
    ...(examples.length === 0 ? [] : ['```sh', ...examples.flatMap(([line, what]) => [`# ${what}`, line]), '```', '']),
  ];
}
