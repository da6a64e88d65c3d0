import { commandTable } from './help.js';
import {
  commandNames,
  optionsOf,
  optionTable,
  shells,
  type CommandName,
  type OptionInfo,
  type Shell,
} from './option-table.js';

const named = commandNames.filter((name) => name !== 'generate');

/** A script that makes a shell complete commands, options, their choices, and files. */
export function completionScript(shell: Shell): string {
  return { bash, zsh, fish }[shell]();
}

/** Options whose values are words of their own, by the flags that take them. No two commands give a flag other choices. */
function choices(): Map<string, readonly string[]> {
  const withChoices = optionTable.flatMap((option) =>
    option.choices === undefined ? [] : [[flagsOf(option).join('|'), option.choices] as const],
  );
  return new Map(withChoices);
}

function flagsOf({ name, short }: OptionInfo): string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
}

function bash(): string {
  const values = [...choices()].map(
    ([flags, words]) => `    ${flags}) COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$cur")); return ;;`,
  );
  const options = commandNames.map(
    (name) => `    ${name === 'generate' ? '*' : name}) words="${optionsOf(name).flatMap(flagsOf).join(' ')}" ;;`,
  );
  // The pattern that matches everything comes last.
  options.push(...options.splice(0, 1));
  return `# bash completion of kube-gen
_kube_gen() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" words
  COMPREPLY=()
  # Bash makes three words of --option=value.
  if [[ "$cur" == = ]]; then
    cur=""
  elif [[ "$prev" == = ]]; then
    prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  case "$prev" in
${values.join('\n')}
    completion) COMPREPLY=($(compgen -W "${shells.join(' ')}" -- "$cur")); return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${options.join('\n')}
  esac
  if [[ "$cur" == -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  elif [[ "$COMP_CWORD" == 1 ]]; then
    COMPREPLY=($(compgen -W "${named.join(' ')}" -- "$cur") $(compgen -f -- "$cur"))
  else
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -o filenames -F _kube_gen kube-gen
`;
}

function zsh(): string {
  const quoted = (text: string): string =>
    text.replaceAll("'", String.raw`'\''`).replaceAll(/[[\]:\\]/g, String.raw`\$&`);
  const specs = (command: CommandName): string =>
    optionsOf(command)
      .flatMap((option) => {
        const value =
          option.value === undefined
            ? ''
            : `:${option.value}:${option.choices === undefined ? '_files' : `(${option.choices.join(' ')})`}`;
        const many = option.repeatable === true ? '*' : '';
        return flagsOf(option).map((flag) => `      '${many}${flag}[${quoted(option.help)}]${value}'`);
      })
      .join(' \\\n');
  const cases = named.map((name) => {
    const rest = name === 'completion' ? `'2:shell:(${shells.join(' ')})'` : "'*:input:_files'";
    return `    ${name}) _arguments '1:command:' \\\n${specs(name)} \\\n      ${rest} ;;`;
  });
  const commands = named.map((name) => `      '${name}:${quoted(commandTable[name].summary)}'`);
  return `#compdef kube-gen
# zsh completion of kube-gen
_kube_gen_first() {
  local -a commands=(
${commands.join('\n')}
  )
  _describe command commands
  _files
}
_kube_gen() {
  case "$words[2]" in
${cases.join('\n')}
    *) _arguments \\\n${specs('generate')} \\
      '1:input:_kube_gen_first' '*:input:_files' ;;
  esac
}
compdef _kube_gen kube-gen
`;
}

function fish(): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
  const other = named.join(' ');
  const lines = named.map(
    (name) => `complete -c kube-gen -n '__fish_is_first_token' -a ${name} -d ${quoted(commandTable[name].summary)}`,
  );
  for (const command of commandNames) {
    const when =
      command === 'generate' ? `not __fish_seen_subcommand_from ${other}` : `__fish_seen_subcommand_from ${command}`;
    for (const { name, short, value, choices, help } of optionsOf(command)) {
      const words = [
        `complete -c kube-gen -n '${when}' -l ${name}`,
        ...(short === undefined ? [] : [`-s ${short}`]),
        ...(value === undefined ? [] : ['-r']),
        ...(choices === undefined ? [] : [`-f -a '${choices.join(' ')}'`]),
        `-d ${quoted(help)}`,
      ];
      lines.push(words.join(' '));
    }
  }
  lines.push(`complete -c kube-gen -n '__fish_seen_subcommand_from completion' -f -a '${shells.join(' ')}'`);
  return `# fish completion of kube-gen\n${lines.join('\n')}\n`;
}
