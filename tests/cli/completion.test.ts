import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completionScript } from '../../generator/cli/completion.js';
import { optionTable, shells, type Shell } from '../../generator/cli/option-table.js';
import { folderWith } from './folder.js';
import { runCli } from './run-cli.js';

const isThere = (shell: Shell): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

/** What bash offers for the last word of a line. */
function offers(cwd: string, ...words: string[]): string[] {
  const script = `source "$1"; shift; COMP_WORDS=(kube-gen "$@"); COMP_CWORD=$#; _kube_gen; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', join(cwd, 'completion'), ...words], {
    cwd,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.trim().split('\n').sort();
}

describe('completions', () => {
  it.each(shells)('kube-gen completion %s prints the script, and the shell can read it', async (shell) => {
    const cwd = folderWith({});
    const { code, stdout } = await runCli(['completion', shell], { cwd });
    expect([code, stdout]).toEqual([0, completionScript(shell)]);
    if (!isThere(shell)) {
      process.stderr.write(`${shell} is not installed: its script is not run\n`);
      return;
    }
    const { status, stderr } = spawnSync(shell, ['-n', join(folderWith({ script: stdout }), 'script')], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  it.each(shells)('%s knows every option of the table', (shell) => {
    const script = completionScript(shell);
    for (const { name } of optionTable) expect(script).toContain(shell === 'fish' ? `-l ${name} ` : `--${name}`);
  });

  it.skipIf(!isThere('bash'))('bash completes commands, options, choices and files', () => {
    const cwd = folderWith({ completion: completionScript('bash'), 'crds.yaml': '' });
    expect(offers(cwd, 's')).toEqual(['serve']);
    expect(offers(cwd, 'c')).toEqual(['completion', 'completion', 'crds.yaml']);
    expect(offers(cwd, 'crds.yaml', '--ver')).toEqual(['--verbose', '--version', '--versions']);
    expect(offers(cwd, 'serve', '--po')).toEqual(['--port']);
    expect(offers(cwd, '--versions', 's')).toEqual(['served', 'storage']);
    expect(offers(cwd, 'completion', '')).toEqual(['bash', 'fish', 'zsh']);
    expect(offers(cwd, '--out', 'cr')).toEqual(['crds.yaml']);
    expect(offers(cwd, 'diff', '--format', 'm')).toEqual(['markdown']);
    expect(offers(cwd, 'diff', '--format', '=')).toEqual(['markdown', 'text']);
    expect(offers(cwd, '--import-extension', '=', 'n')).toEqual(['none']);
  });

  it.skipIf(!isThere('fish'))('fish completes commands, options, choices and files', () => {
    const cwd = folderWith({ completion: completionScript('fish'), 'crds.yaml': '' });
    const offered = (line: string): string[] => {
      const script = `source completion; complete -C '${line}'`;
      const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { cwd, encoding: 'utf8' });
      expect(stderr).toBe('');
      return stdout
        .trim()
        .split('\n')
        .map((one) => one.replace(/\t.*$/, ''));
    };
    expect(offered('kube-gen se')).toEqual(['serve']);
    expect(offered('kube-gen crds.yaml --ver')).toEqual(['--verbose', '--version', '--versions']);
    expect(offered('kube-gen serve --po')).toEqual(['--port']);
    expect(offered('kube-gen --versions s')).toEqual(['served', 'storage']);
    expect(offered('kube-gen diff --format ')).toEqual(['markdown', 'text']);
    expect(offered('kube-gen completion ')).toEqual(['bash', 'fish', 'zsh']);
    expect(offered('kube-gen --out cr')).toEqual(['crds.yaml']);
  });

  it.skipIf(!isThere('zsh'))('zsh is told the options of the command, their choices, and the files', () => {
    const cwd = folderWith({ completion: completionScript('zsh') });
    // What zsh asks of its own library is written down instead of done: that needs a terminal.
    const told = (...words: string[]): string => {
      const script = `compdef() { }; _arguments() { print -rl -- "$@" }; source ./completion; words=("$@"); _kube_gen`;
      const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script, 'zsh', 'kube-gen', ...words], {
        cwd,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      return stdout;
    };
    expect(told('diff')).toContain('--format[how the changes are printed');
    expect(told('diff')).toContain(':which:(text markdown)');
    expect(told('diff')).not.toContain('--out');
    expect(told('crds.yaml')).toMatch(/--out\[output folder\]:dir:_files/);
    expect(told('completion')).toContain('2:shell:(bash zsh fish)');
  });
});
