import { parseArgs } from 'node:util';
import { didYouMean } from '../did-you-mean.js';
import { optionsOf, optionTable, type CommandName, type OptionInfo } from './option-table.js';

/** What `kube-gen generate` was asked to do. */
export interface GenerateArgs {
  readonly inputs: readonly string[];
  readonly out: string;
  readonly check: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly versions: 'served' | 'storage' | 'all';
  readonly docs: boolean;
  readonly importExtension: 'js' | 'ts' | 'none';
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What `kube-gen serve` was asked to do. */
export interface ServeArgs {
  readonly inputs: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** 0: any free port. */
  readonly port: number;
  /** Where to write the kubeconfig; a temporary file without it. */
  readonly kubeconfig: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** A command line, understood or not. */
export type ParsedArgs =
  | { readonly t: 'generate'; readonly args: GenerateArgs }
  | { readonly t: 'serve'; readonly args: ServeArgs }
  | { readonly t: 'help'; readonly command: CommandName }
  | { readonly t: 'version' }
  /** Bad usage: what is wrong, in a sentence each. */
  | { readonly t: 'usage'; readonly command: CommandName; readonly messages: readonly string[] };

const commandNames: readonly CommandName[] = ['generate', 'diff', 'rbac', 'serve'];

/** Reads a command line (without node and script). Pure; knows nothing of files. */
export function readArgs(argv: readonly string[]): ParsedArgs {
  const found = commandNames.find((name) => name === argv[0]);
  const command = found ?? 'generate';
  const { values, positionals, messages } = readOptions(found === undefined ? argv : argv.slice(1), command);
  if (values.has('help')) return { t: 'help', command };
  if (values.has('version')) return { t: 'version' };
  if (command === 'diff' || command === 'rbac')
    messages.unshift(`kube-gen ${command} is not in this version of kube-gen yet`);
  else if (positionals.length === 0 && messages.length === 0)
    messages.push('no input: name a file, a folder, a glob, a URL, or - for standard input');
  const inputs = positionals;
  const one = (name: string): string | undefined => values.get(name)?.at(-1);
  const many = (name: string): readonly string[] => values.get(name) ?? [];
  const port = Number(one('port') ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) messages.push('--port must be a number from 0 to 65535');
  const out = (one('out') ?? 'generated').replace(/(?<=.)\/+$/, '');
  if (out === '') messages.push('--out needs the name of a folder');
  if (values.has('quiet') && values.has('verbose')) messages.push('--quiet and --verbose exclude each other');
  if (messages.length > 0) return { t: 'usage', command, messages };
  const shared = {
    inputs,
    include: many('include'),
    exclude: many('exclude'),
    json: values.has('json'),
    quiet: values.has('quiet'),
  };
  if (command === 'serve') return { t: 'serve', args: { ...shared, port, kubeconfig: one('kubeconfig') } };
  // readOptions has checked the choices against the table.
  const versions = (one('versions') ?? 'served') as GenerateArgs['versions'];
  const importExtension = (one('import-extension') ?? 'js') as GenerateArgs['importExtension'];
  const docs = !values.has('no-docs');
  const args = {
    ...shared,
    out,
    check: values.has('check'),
    versions,
    docs,
    importExtension,
    verbose: values.has('verbose'),
  };
  return { t: 'generate', args };
}

interface Options {
  /** The values of each option that is there; a switch has none. */
  readonly values: Map<string, string[]>;
  readonly positionals: string[];
  readonly messages: string[];
}

function readOptions(argv: readonly string[], command: CommandName): Options {
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
  const messages: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = table.find(({ name }) => name === token.name);
    const fault = option === undefined ? unknownOption(token.rawName, command) : optionFault(option, token);
    if (fault !== undefined) messages.push(fault);
    else
      values.set(token.name, [...(values.get(token.name) ?? []), ...(token.value === undefined ? [] : [token.value])]);
  }
  return { values, positionals, messages: [...new Set(messages)] };
}

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function optionFault(option: OptionInfo, { rawName, value, inlineValue }: OptionToken): string | undefined {
  if (option.later === true) return `--${option.name} is not in this version of kube-gen yet`;
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
  const other = optionTable.find((option) => option.name === name);
  if (other !== undefined)
    return `${rawName} is an option of ${other.commands.map(commandText).join(' and ')}, not of ${commandText(command)}`;
  const known = optionsOf(command).map((option) => option.name);
  const guess = rawName.startsWith('--')
    ? (didYouMean(name, known) ?? known.find((option) => name.startsWith(option) || option.startsWith(name)))
    : undefined;
  return `unknown option ${rawName}${guess === undefined ? '' : `. Did you mean --${guess}?`}`;
}

/** A command as people type it. */
export function commandText(command: CommandName): string {
  return command === 'generate' ? 'kube-gen' : `kube-gen ${command}`;
}
