import { commandText } from './args.js';
import { optionsOf, type CommandName, type OptionInfo } from './option-table.js';

const usages: { readonly [C in CommandName]: string } = {
  generate: 'kube-gen [options] <input...>',
  diff: 'kube-gen diff [options] <old> <new>',
  rbac: 'kube-gen rbac [options] [tsconfig]',
  serve: 'kube-gen serve [options] <input...>',
};

const summaries: { readonly [C in CommandName]: string } = {
  generate: 'Reads CustomResourceDefinitions and writes typed interfaces and one reflector class for each resource.',
  diff: 'What changed for TypeScript users between two inputs. Not in this version yet.',
  rbac: 'The least Role/ClusterRole for code that uses generated resources. Not in this version yet.',
  serve: 'An embedded API server with these CRDs, to try things without a cluster. Runs until Ctrl+C.',
};

const examples: { readonly [C in CommandName]: readonly string[] } = {
  generate: [
    'kube-gen crds/                                  every CRD below a folder, into generated/',
    'kube-gen crd.yaml -o src/generated              one file',
    "kube-gen 'config/**/*.yaml' --exclude 'velero.io/*'",
    'kubectl get crds -o yaml | kube-gen -           those of a cluster',
    'kube-gen crds/ -o src/generated --check         in CI: exit 1 when the output is out of date',
  ],
  diff: [],
  rbac: [],
  serve: [
    'kube-gen serve crds/                            on any free port',
    'kube-gen serve crd.yaml --port 8001 --kubeconfig dev.kubeconfig',
    'kube-gen serve crds/ samples/                   with the custom resources of samples/ in it',
  ],
};

/** What `--help` prints. */
export function helpText(command: CommandName): string {
  const sections = [`Usage: ${usages[command]}`, summaries[command]];
  if (command === 'generate' || command === 'serve') {
    sections.push('Input: a file, a folder (*.yaml, *.yml, *.json below it), a glob, a URL, or - for standard input.');
  }
  if (examples[command].length > 0)
    sections.push(`Examples:\n${examples[command].map((line) => `  ${line}`).join('\n')}`);
  sections.push(`Options:\n${optionsOf(command).map(optionLine).join('\n')}`);
  if (command === 'generate') {
    const others = (['serve', 'diff', 'rbac'] as const).map((name) => `  ${usages[name].padEnd(42)}${summaries[name]}`);
    sections.push(`Other commands:\n${others.join('\n')}`);
    sections.push('Exit codes: 0 done; 1 --check found a difference; 2 bad usage or bad input, nothing was written.');
  }
  return `${sections.join('\n\n')}\n`;
}

/** What stands under a message about bad usage. */
export function usageHint(command: CommandName): string {
  return `Usage: ${usages[command]}\nSee ${commandText(command)} --help.`;
}

function optionLine({ name, short, value, choices, help, default: fallback, repeatable, later }: OptionInfo): string {
  const values = value === undefined ? '' : ` <${choices === undefined ? value : choices.join('|')}>`;
  const flag = `  ${short === undefined ? '    ' : `-${short}, `}--${name}${values}`;
  const notes = [
    ...(repeatable === true ? ['repeatable'] : []),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
    ...(later === true ? ['not in this version yet'] : []),
  ];
  const text = notes.length === 0 ? help : `${help} (${notes.join('; ')})`;
  return flag.length > 40 ? `${flag}\n${' '.repeat(42)}${text}` : `${flag.padEnd(42)}${text}`;
}
