import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsx = fileURLToPath(import.meta.resolve('tsx'));

/** The command line that runs kube-gen from its sources. */
export const cliCommand: readonly string[] = ['--import', tsx, '--conditions=source', `${root}generator/cli/main.ts`];

/** What a process printed and how it ended. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  /** In lines, without the last line feed. */
  readonly stderr: string[];
}

/** Runs kube-gen as a process of its own. */
export function runCli(
  args: readonly string[],
  o: { readonly cwd: string; readonly input?: string },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...cliCommand, ...args], {
      cwd: o.cwd,
      env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.json` },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr: stderr.trimEnd().split('\n') }));
    child.stdin.end(o.input ?? '');
  });
}
