import type { CheckedTarget } from '../config/check-config.js';
import type { VersionChoice } from '../model/build.js';
import { commandNames, shells, type CommandName, type Shell } from './option-table.js';
import { readOptions, type Options } from './read-options.js';

/** What `kube-gen generate` was asked to do. */
export interface GenerateArgs {
  readonly inputs: readonly string[];
  /** The options of a target that the command line names: they win over a config file. */
  readonly given: Omit<CheckedTarget, 'input' | 'templates'>;
  /** The config file that is named; else the one of the working folder is taken, if there is one. */
  readonly config: string | undefined;
  readonly check: boolean;
  readonly watch: boolean;
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
  readonly verbose: boolean;
}

/** What `kube-gen diff` was asked to do. */
export interface DiffArgs {
  /** What it was, and what it is now: each as `generate` takes it, or `git:REF:path`, or `--cluster`. */
  readonly old: string;
  readonly new: string;
  /** The cluster that `--cluster` means, where it is one of them. */
  readonly cluster: { readonly context: string | undefined; readonly kubeconfig: string | undefined } | undefined;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly versions: VersionChoice;
  readonly format: 'text' | 'markdown';
  readonly json: boolean;
  readonly quiet: boolean;
}

/** What `kube-gen rbac` was asked to do. */
export interface RbacArgs {
  /** A tsconfig.json, or a folder that holds one. */
  readonly tsconfig: string;
  /** Files that are left out. */
  readonly exclude: readonly string[];
  /** Of the roles; the project's own without it. */
  readonly name: string | undefined;
  /** `namespace/name`. */
  readonly serviceAccount: string | undefined;
  /** Where to write the YAML; stdout without it. */
  readonly out: string | undefined;
  /** Manifests to compare with, instead of printing one. */
  readonly against: readonly string[];
  readonly strict: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** A command line, understood or not. */
export type ParsedArgs =
  | { readonly t: 'generate'; readonly args: GenerateArgs }
  | { readonly t: 'serve'; readonly args: ServeArgs }
  | { readonly t: 'diff'; readonly args: DiffArgs }
  | { readonly t: 'rbac'; readonly args: RbacArgs }
  | { readonly t: 'completion'; readonly shell: Shell }
  | { readonly t: 'help'; readonly command: CommandName }
  | { readonly t: 'version' }
  /** Bad usage: what is wrong, in a sentence each. */
  | { readonly t: 'usage'; readonly command: CommandName; readonly messages: readonly string[] };

/** Reads a command line (without node and script). Pure; knows nothing of files. */
export function readArgs(argv: readonly string[]): ParsedArgs {
  const found = commandNames.find((name) => name === argv[0]);
  const command = found ?? 'generate';
  const options = readOptions(found === undefined ? argv : argv.slice(1), command);
  const { values, messages } = options;
  if (values.has('help')) return { t: 'help', command };
  if (values.has('version')) return { t: 'version' };
  const parsed = argsOf(command, options);
  if (values.has('quiet') && values.has('verbose')) messages.push('--quiet and --verbose exclude each other');
  return messages.length > 0 ? { t: 'usage', command, messages } : parsed;
}

/** What is wrong with them goes to the messages of the options. */
function argsOf(command: CommandName, options: Options): ParsedArgs {
  switch (command) {
    case 'generate':
      return generateArgs(options);
    case 'serve':
      return serveArgs(options);
    case 'diff':
      return diffArgs(options);
    case 'rbac':
      return rbacArgs(options);
    case 'completion':
      return completionArgs(options);
  }
}

function completionArgs({ positionals, messages }: Options): ParsedArgs {
  const shell = shells.find((name) => name === positionals[0]);
  if (shell === undefined || positionals.length > 1) messages.push(`name one shell: ${shells.join(', ')}`);
  return { t: 'completion', shell: shell ?? 'bash' };
}

function serveArgs({ values, last, positionals, messages }: Options): ParsedArgs {
  if (positionals.length === 0 && messages.length === 0)
    messages.push('no input: name a file, a folder, a glob, a URL, or - for standard input');
  const port = Number(last('port') ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) messages.push('--port must be a number from 0 to 65535');
  const args = {
    inputs: positionals,
    include: values.get('include') ?? [],
    exclude: values.get('exclude') ?? [],
    port,
    kubeconfig: last('kubeconfig'),
    json: values.has('json'),
    quiet: values.has('quiet'),
    verbose: values.has('verbose'),
  };
  return { t: 'serve', args };
}

function diffArgs({ values, last, positionals, before, messages }: Options): ParsedArgs {
  // The place of --cluster among the inputs says which side it is.
  const clusters = before.get('cluster') ?? [];
  const inputs = [...positionals];
  for (const at of [...clusters].reverse()) inputs.splice(at, 0, '--cluster');
  const [old, now, ...more] = inputs;
  if (messages.length === 0 && (old === undefined || now === undefined || more.length > 0))
    messages.push(`name two inputs, the old one and the new one; there ${count(inputs.length)}`);
  if (clusters.length > 1) messages.push('a cluster can be one side only');
  const named = values.has('context') ? 'context' : values.has('kubeconfig') ? 'kubeconfig' : undefined;
  if (clusters.length === 0 && named !== undefined)
    messages.push(`--${named} says which cluster to read: put --cluster in the place of an input`);
  if (old === '-' && now === '-') messages.push('standard input can be one side only');
  if (values.has('json') && values.has('format')) messages.push('--json and --format exclude each other');
  const versions = last('versions');
  const args: DiffArgs = {
    old: old ?? '',
    new: now ?? '',
    cluster: clusters.length === 0 ? undefined : { context: last('context'), kubeconfig: last('kubeconfig') },
    include: values.get('include') ?? [],
    exclude: values.get('exclude') ?? [],
    // readOptions has checked the choices against the table.
    versions: versions === 'storage' || versions === 'all' ? versions : 'served',
    format: last('format') === 'markdown' ? 'markdown' : 'text',
    json: values.has('json'),
    quiet: values.has('quiet'),
  };
  return { t: 'diff', args };
}

function rbacArgs({ values, last, positionals, messages }: Options): ParsedArgs {
  const [tsconfig = 'tsconfig.json', ...more] = positionals;
  if (more.length > 0) messages.push('name one tsconfig.json: it may reference others');
  const account = last('service-account');
  if (account !== undefined && !/^[a-z0-9][-a-z0-9]{0,62}\/[a-z0-9][-.a-z0-9]{0,252}$/.test(account))
    messages.push(`--service-account must be namespace/name, not ${JSON.stringify(account)}`);
  const name = last('name');
  if (name !== undefined && (/[/%\p{Cc}\s]/u.test(name) || name === '.' || name === '..'))
    messages.push(`--name must be the name of a role, not ${JSON.stringify(name)}`);
  const against = values.get('against') ?? [];
  if (against.length > 0 && values.has('out')) messages.push('--against and --out exclude each other');
  const args: RbacArgs = {
    tsconfig,
    exclude: values.get('exclude') ?? [],
    name,
    serviceAccount: account,
    out: last('out'),
    against,
    strict: values.has('strict'),
    json: values.has('json'),
    quiet: values.has('quiet'),
  };
  return { t: 'rbac', args };
}

function count(inputs: number): string {
  return inputs === 0 ? 'is none' : inputs === 1 ? 'is only one' : `are ${inputs}`;
}

function generateArgs({ values, last, positionals, messages }: Options): ParsedArgs {
  const many = (name: 'include' | 'exclude'): object => {
    const list = values.get(name);
    return list === undefined ? {} : { [name]: list };
  };
  const one = (name: string, key = name): object => {
    const value = last(name);
    return value === undefined ? {} : { [key]: value };
  };
  if (values.has('check') && values.has('watch')) messages.push('--check and --watch exclude each other');
  if (values.has('watch') && values.has('cluster')) messages.push('a cluster cannot be watched: --watch is for files');
  if (values.has('watch') && positionals.includes('-')) messages.push('standard input cannot be watched');
  const args = {
    inputs: positionals,
    // readOptions has checked the choices against the table.
    given: {
      ...one('out'),
      ...many('include'),
      ...many('exclude'),
      ...one('versions'),
      ...one('import-extension', 'importExtension'),
      ...(values.has('no-docs') ? { docs: false } : {}),
      ...(values.has('cluster') ? { cluster: true } : {}),
      ...(values.has('paths') ? { paths: true } : {}),
      ...one('context'),
      ...one('kubeconfig'),
    },
    config: last('config'),
    check: values.has('check'),
    watch: values.has('watch'),
    json: values.has('json'),
    quiet: values.has('quiet'),
    verbose: values.has('verbose'),
  };
  return { t: 'generate', args };
}
