import { parseArgs } from 'node:util';
import { didYouMean } from '../did-you-mean.js';
import { optionsOf, optionTable, type CommandName, type OptionInfo } from './option-table.js';

/** A command line by its parts. */
export interface Options {
  /** The values of each option that is there; a switch has none. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The value of an option that counts where it is there more than once. */
  readonly last: (name: string) => string | undefined;
  readonly positionals: string[];
  /** How many positionals stand before an option, each time that it is there. */
  readonly before: Map<string, number[]>;
  readonly messages: string[];
}

/** Tells options, their values and the rest apart, by the table of options; what is wrong becomes a message each. */
export function readOptions(argv: readonly string[], command: CommandName): Options {
  const table = optionsOf(command);
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      table.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', multiple: true, ...(short === undefined ? {} : { short }) },
      ]),
    ),
  });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  const before = new Map<string, number[]>();
  const messages: string[] = [];
  for (const read of tokens) {
    const token = read.kind === 'option' ? withoutSign(read) : read;
    if (token.kind === 'positional') {
      positionals.push(token.value);
      // An unset variable of a script, most likely.
      if (token.value === '') messages.push('an argument is empty');
    }
    if (token.kind !== 'option') continue;
    const option = table.find(({ name }) => name === token.name);
    const fault = option === undefined ? unknownOption(token.rawName, command) : optionFault(option, token);
    if (fault !== undefined) {
      messages.push(fault);
      continue;
    }
    values.set(token.name, [...(values.get(token.name) ?? []), ...(token.value === undefined ? [] : [token.value])]);
    before.set(token.name, [...(before.get(token.name) ?? []), positionals.length]);
  }
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  return { values, last, positionals, before, messages: [...new Set(messages)] };
}

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** Node takes the sign of `-o=dir` for a part of the value; for kubectl, and its users, it is none. */
function withoutSign<T extends OptionToken>(token: T): T {
  const { rawName, value, inlineValue } = token;
  const hasSign = inlineValue === true && !rawName.startsWith('--') && value?.startsWith('=') === true;
  return hasSign ? { ...token, value: value.slice(1) } : token;
}

function optionFault(option: OptionInfo, { rawName, value, inlineValue }: OptionToken): string | undefined {
  if (option.value === undefined) return value === undefined ? undefined : `${rawName} takes no value`;
  // A value that begins with a dash is most likely the next option; --out=-x says that it is meant.
  if (value === undefined || value === '' || (inlineValue !== true && /^-./.test(value)))
    return `${rawName} needs a value: <${option.value}>`;
  if (option.choices === undefined || option.choices.includes(value)) return undefined;
  const guess = didYouMean(value, option.choices);
  const help = guess === undefined ? '' : `. Did you mean "${guess}"?`;
  return `${rawName} must be one of ${option.choices.join(', ')}, not ${JSON.stringify(value)}${help}`;
}

function unknownOption(rawName: string, command: CommandName): string {
  const name = rawName.replace(/^-+/, '');
  const others = optionTable.filter((option) => option.name === name).flatMap(({ commands }) => commands);
  if (others.length > 0)
    return `${rawName} is an option of ${listed(others.map(commandText))}, not of ${commandText(command)}`;
  const known = optionsOf(command).map((option) => option.name);
  const guess = rawName.startsWith('--')
    ? (didYouMean(name, known) ?? known.find((option) => name.startsWith(option) || option.startsWith(name)))
    : undefined;
  return `unknown option ${rawName}${guess === undefined ? '' : `. Did you mean --${guess}?`}`;
}

function listed(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

/** A command as people type it. */
export function commandText(command: CommandName): string {
  return command === 'generate' ? 'kube-gen' : `kube-gen ${command}`;
}
