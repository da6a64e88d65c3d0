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
  });
});
