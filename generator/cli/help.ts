import { optionsOf, type CommandName, type OptionInfo } from './option-table.js';
import { commandText } from './read-options.js';
import { wrapHelp } from './wrap-help.js';

/** What people read about a command, besides its options. */
export interface CommandInfo {
  readonly usage: string;
  readonly summary: string;
  /** What it reads. */
  readonly input?: string;
  /** A command line and what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
}

const input = 'a file, a folder (*.yaml, *.yml, *.json below it), a glob, a URL, or - for standard input';

/** The commands, as `--help`, docs/cli.md and the completions show them. */
export const commandTable: { readonly [C in CommandName]: CommandInfo } = {
  generate: {
    usage: 'kube-gen [options] <input...>',
    summary:
      'Reads CustomResourceDefinitions and OpenAPI documents and writes typed interfaces and one reflector class for each resource.',
    input: `${input}. Without one, those of kube-gen.config.{ts,mjs,json}`,
    examples: [
      ['kube-gen crds/', 'every CRD below a folder, into generated/'],
      ['kube-gen crd.yaml -o src/generated', 'one file'],
      ["kube-gen 'config/**/*.yaml' --exclude 'velero.io/*'", 'a glob, without one group'],
      ['kubectl get crds -o yaml | kube-gen -', 'the CRDs of a cluster'],
      ['kube-gen charts/web/values.schema.json', 'interface Values of a Helm chart'],
      ['kube-gen --cluster', 'every kind of the current cluster'],
      ['kube-gen', 'what kube-gen.config.json says'],
      ['kube-gen crds/ --watch', 'again at each change, until Ctrl+C'],
      ['kube-gen crds/ --check', 'in CI: exit 1 when the output is out of date'],
    ],
  },
  serve: {
    usage: 'kube-gen serve [options] <input...>',
    summary: 'An embedded API server with these CRDs, to try things without a cluster. Runs until Ctrl+C.',
    input,
    examples: [
      ['kube-gen serve crds/', 'on any free port'],
      ['kube-gen serve crd.yaml --port 8001 --kubeconfig dev.kubeconfig', 'where others look for it'],
      ['kube-gen serve crds/ samples/', 'with the custom resources of samples/ in it'],
    ],
  },
  diff: {
    usage: 'kube-gen diff [options] <old> <new>',
    summary:
      'What changed for TypeScript users between two inputs: whether code written for the old one still compiles with the new one, place by place.',
    input: `two, the old one and the new one: each ${input}, git:REF:path for a file or folder of a commit, or --cluster`,
    examples: [
      ['kube-gen diff old.yaml new.yaml', 'exit 1 when a change breaks code'],
      ['kube-gen diff git:main:crds crds', 'the working tree against a branch'],
      ['kube-gen diff git:v1.2.0:crds git:HEAD:crds --json', 'between two commits, for a program'],
      ['kube-gen diff --cluster crds', 'what applying these CRDs would change'],
      ['kube-gen diff crds --cluster --context prod', 'whether code for these CRDs fits the cluster'],
      ['kube-gen diff git:origin/main:crds crds --format markdown', 'a comment for a pull request'],
    ],
  },
  rbac: {
    usage: 'kube-gen rbac [options] [tsconfig]',
    summary:
      'The least Role/ClusterRole for code that uses generated resources, with its binding, as YAML; each rule with the places that need it.',
    input:
      'a tsconfig.json or a folder that holds one, with all projects that it references. Without one, the tsconfig.json of the working folder',
    examples: [
      ['kube-gen rbac > rbac.yaml', 'the roles of the project in this folder'],
      ['kube-gen rbac --service-account prod/my-app services/my-app', 'for an account, of another project'],
      ["kube-gen rbac --exclude '**/*.test.ts' -o deploy/rbac.yaml", 'without the rights of its tests'],
      ['kube-gen rbac --against deploy/rbac.yaml', 'in CI: exit 1 when the manifest grants less than needed'],
    ],
  },
  completion: {
    usage: 'kube-gen completion <bash|zsh|fish>',
    summary: 'Prints a script that makes a shell complete the commands and options of kube-gen.',
    examples: [
      ['source <(kube-gen completion bash)', 'in ~/.bashrc'],
      ['source <(kube-gen completion zsh)', 'in ~/.zshrc, after compinit'],
      ['kube-gen completion fish | source', 'in ~/.config/fish/config.fish'],
    ],
  },
};

/** What the exit codes mean. */
const exitCodes =
  'Exit codes: 0 done; 1 --check found a difference, diff a breaking change, rbac --against a right that is missing, or rbac --strict what cannot be followed; 2 bad usage or bad input, nothing was written.';

/** What `--help` prints, for a terminal of so many columns, or elsewhere with lines as long as they come. */
export function helpText(command: CommandName, columns: number = Number.POSITIVE_INFINITY): string {
  const { usage, summary, input: reads, examples } = commandTable[command];
  const sections = [`Usage: ${usage}`, summary];
  if (reads !== undefined) sections.push(`Input: ${reads}.`);
  if (examples.length > 0) sections.push(`Examples:\n${exampleLines(examples).join('\n')}`);
  sections.push(`Options:\n${optionsOf(command).map(optionLine).join('\n')}`);
  if (command === 'generate') {
    const others = (['serve', 'diff', 'rbac', 'completion'] as const).map((name) => {
      const { usage: line, summary: what } = commandTable[name];
      return `  ${line.padEnd(42)}${what}`;
    });
    sections.push(`Other commands:\n${others.join('\n')}`);
    sections.push(exitCodes);
  }
  return `${wrapHelp(sections.join('\n\n'), columns)}\n`;
}

/** What stands under a message about bad usage. */
export function usageHint(command: CommandName): string {
  return `Usage: ${commandTable[command].usage}\nSee ${commandText(command)} --help.`;
}

function exampleLines(examples: CommandInfo['examples']): string[] {
  return examples.map(([line, what]) => (line.length > 46 ? `  ${line}` : `  ${line.padEnd(48)}${what}`));
}

function optionLine(option: OptionInfo): string {
  const flag = `  ${option.short === undefined ? '    ' : `-${option.short}, `}--${option.name}${valueText(option)}`;
  const text = optionHelp(option);
  return flag.length > 40 ? `${flag}\n${' '.repeat(42)}${text}` : `${flag.padEnd(42)}${text}`;
}

/** How the value of an option is written: ` <dir>`, or nothing for a switch. */
export function valueText({ value, choices }: OptionInfo): string {
  return value === undefined ? '' : ` <${choices === undefined ? value : choices.join('|')}>`;
}

/** What an option does, with its default and whether it may be repeated. */
export function optionHelp({ help, default: fallback, repeatable }: OptionInfo): string {
  const notes = [
    ...(repeatable === true ? ['repeatable'] : []),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
  ];
  return notes.length === 0 ? help : `${help} (${notes.join('; ')})`;
}
