import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { cleanEnv, cliCommand, root } from './run-cli.js';

const tsx = fileURLToPath(import.meta.resolve('tsx'));

/** A process that runs this code after a message, with what kube-gen prints with; standard output is a pipe. */
function printing(code: string): ChildProcess {
  const program = `
    import { printError, printOut } from ${JSON.stringify(`${root}generator/cli/print.ts`)};
    process.once('message', () => { ${code}; process.disconnect(); });
    process.send('ready');`;
  const args = ['--import', tsx, '--conditions=@kube-gen/source', '--input-type=module', '-e', program];
  return spawn(process.execPath, args, { cwd: root, env: cleanEnv(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}

describe('what kube-gen prints', () => {
  it('arrives whole and in order, though the pipe is full and does not wait', async () => {
    // Node's own stream makes the pipe one that does not wait.
    const child = printing(`
      void process.stdout;
      for (const letter of 'abc') printOut(letter.repeat(300_000));
      process.send('printed')`);
    await once(child, 'message');
    child.send('go');
    // Nobody reads yet.
    await once(child, 'message');
    const { stdout } = child;
    if (stdout === null) throw new Error('there is no pipe');
    expect(await text(stdout)).toBe(['a', 'b', 'c'].map((letter) => letter.repeat(300_000)).join(''));
  });

  it('ends the run without a word where nobody reads it any more', async () => {
    const child = printing(`for (;;) printOut('more and more '.repeat(1000))`);
    await once(child, 'message');
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('there is no pipe');
    const said = text(stderr);
    stdout.destroy();
    await once(stdout, 'close');
    child.send('go');
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(await said).toBe('');
  });

  it('ends the run so, too, where text waited for a reader who then goes', async () => {
    const child = printing(`
      void process.stdout;
      printOut('waits '.repeat(300_000));
      process.send('printed')`);
    await once(child, 'message');
    child.send('go');
    await once(child, 'message');
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('there is no pipe');
    const said = text(stderr);
    stdout.destroy();
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(await said).toBe('');
  });

  it.runIf(existsSync('/dev/full'))(
    'is told on stderr where it cannot be written; the exit code is never that of a difference',
    async () => {
      const full = openSync('/dev/full', 'w');
      const run = async (stdio: StdioOptions): Promise<[code: unknown, said: string]> => {
        const child = spawn(process.execPath, [...cliCommand, '--help', '--check'], {
          cwd: root,
          env: cleanEnv(),
          stdio,
        });
        const said = child.stderr === null ? '' : text(child.stderr);
        const [code] = (await once(child, 'exit')) as [unknown];
        return [code, await said];
      };
      expect(await run(['ignore', full, 'pipe'])).toEqual([
        2,
        'kube-gen: standard output cannot be written: no space left on the device (ENOSPC)\n',
      ]);
      expect(await run(['ignore', full, full])).toEqual([2, '']);
      closeSync(full);
    },
  );
});
