/** The commands of kube-gen; `generate` is meant when none is named. */
export const commandNames = ['generate', 'serve', 'diff', 'rbac', 'completion'] as const;
export type CommandName = (typeof commandNames)[number];

/** The shells that completions are made for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** One option of the command line: what is parsed and what `--help` says come from the same place. */
export interface OptionInfo {
  readonly name: string;
  readonly short?: string;
  /** How the value is called in help; an option without one is a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly repeatable?: true;
  readonly help: string;
  /** The default, as help shows it. */
  readonly default?: string;
  readonly commands: readonly CommandName[];
}

const generate: readonly CommandName[] = ['generate'];

/** Every option of every command. */
export const optionTable: readonly OptionInfo[] = [
  { name: 'out', short: 'o', value: 'dir', help: 'output folder', default: 'generated', commands: generate },
  {
    name: 'check',
    help: 'write nothing; exit 1 if the output would differ, naming each file and why',
    commands: generate,
  },
  { name: 'watch', help: 'generate again when an input changes, until Ctrl+C', commands: generate },
  {
    name: 'include',
    value: 'pattern',
    repeatable: true,
    help: 'only what matches: group/Kind or group/version/Kind, with * and ?',
    default: 'all',
    commands: ['generate', 'serve', 'diff'],
  },
  {
    name: 'exclude',
    value: 'pattern',
    repeatable: true,
    help: 'not what matches',
    commands: ['generate', 'serve', 'diff'],
  },
  {
    name: 'versions',
    value: 'which',
    choices: ['served', 'storage', 'all'],
    help: 'which versions of each CRD',
    default: 'served',
    commands: ['generate', 'diff'],
  },
  { name: 'no-docs', help: 'leave descriptions out', commands: generate },
  {
    name: 'import-extension',
    value: 'ext',
    choices: ['js', 'ts', 'none'],
    help: 'specifiers in generated imports',
    default: 'js',
    commands: generate,
  },
  { name: 'cluster', help: 'read the CRDs and OpenAPI of the current cluster, instead of inputs', commands: generate },
  {
    name: 'cluster',
    help: 'the current cluster, in the place of the old or the new input: of it, the groups that the other input has',
    commands: ['diff'],
  },
  {
    name: 'context',
    value: 'name',
    help: 'the kubeconfig context for --cluster',
    default: 'the current one',
    commands: ['generate', 'diff'],
  },
  {
    name: 'kubeconfig',
    value: 'file',
    help: 'the kubeconfig for --cluster',
    default: "kubectl's",
    commands: ['generate', 'diff'],
  },
  { name: 'paths', help: 'for OpenAPI input: also emit openapi.ts, the types of every operation', commands: generate },
  {
    name: 'config',
    value: 'file',
    help: 'a kube-gen.config.{ts,mjs,json}; options win over it',
    default: 'the one of the working folder',
    commands: generate,
  },
  { name: 'port', value: 'number', help: 'the port to listen on', default: 'any free one', commands: ['serve'] },
  {
    name: 'kubeconfig',
    value: 'file',
    help: 'where to write the kubeconfig',
    default: 'a temporary file',
    commands: ['serve'],
  },
  {
    name: 'format',
    value: 'which',
    choices: ['text', 'markdown'],
    help: 'how the changes are printed; markdown is for a comment of a pull request',
    default: 'text',
    commands: ['diff'],
  },
  { name: 'name', value: 'name', help: 'the name of the roles', default: "the project's", commands: ['rbac'] },
  {
    name: 'service-account',
    value: 'ns/name',
    help: 'whom the roles are bound to; requests that name no namespace are made in its namespace',
    default: 'default/NAME',
    commands: ['rbac'],
  },
  { name: 'out', short: 'o', value: 'file', help: 'where to write the YAML', default: 'stdout', commands: ['rbac'] },
  {
    name: 'against',
    value: 'input',
    repeatable: true,
    help: 'compare with the roles of manifests instead: exit 1 when they grant less than needed, warn where more',
    commands: ['rbac'],
  },
  {
    name: 'exclude',
    value: 'glob',
    repeatable: true,
    help: "files of code to leave out: '**/*.test.ts'",
    commands: ['rbac'],
  },
  { name: 'strict', help: 'exit 1 when something cannot be followed', commands: ['rbac'] },
  { name: 'json', help: 'the report as JSON on stdout', commands: ['generate', 'diff', 'rbac'] },
  { name: 'json', help: 'the address and the path of the kubeconfig as JSON on stdout', commands: ['serve'] },
  { name: 'quiet', help: 'print errors only', commands: ['generate', 'serve'] },
  { name: 'quiet', help: 'print no warnings', commands: ['diff', 'rbac'] },
  { name: 'verbose', help: 'print what happens to each file', commands: generate },
  { name: 'verbose', help: 'print the method, path and status of each request', commands: ['serve'] },
  { name: 'help', short: 'h', help: 'show this help', commands: commandNames },
  { name: 'version', help: 'show the version', commands: commandNames },
];

/** The options of one command. */
export function optionsOf(command: CommandName): readonly OptionInfo[] {
  return optionTable.filter(({ commands }) => commands.includes(command));
}
