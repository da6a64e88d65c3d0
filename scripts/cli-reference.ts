/** Writes the commands and options into docs/cli.md, between its marks, from the tables that the command line itself is made of. */
import { readFileSync, writeFileSync } from 'node:fs';
import { commandText } from '../generator/cli/read-options.js';
import { commandTable, optionHelp, valueText } from '../generator/cli/help.js';
import { commandNames, optionsOf, type CommandName } from '../generator/cli/option-table.js';

const page = new URL('../docs/cli.md', import.meta.url);
const text = readFileSync(page, 'utf8');
const begin = text.indexOf('\n', text.indexOf('<!-- begin:')) + 1;
const end = text.indexOf('<!-- end -->');
if (begin === 0 || end < begin) throw new Error('docs/cli.md has no marks around what is made');

const made = [
  '',
  '## Synopsis',
  '',
  '```text',
  ...commandNames.map((name) => commandTable[name].usage),
  '```',
  '',
  ...commandNames.flatMap(commandSection),
].join('\n');

writeFileSync(page, `${text.slice(0, begin)}${made}${text.slice(end)}`);

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
