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

/** Runs kube-gen as a process of its own, from its sources. */
export function runCli(args: readonly string[], o: RunOptions): Promise<Finished> {
  return runProgram([...cliCommand, ...args], o);
}

/** Where and with what a program runs. */
export interface RunOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a process of ours inherits: nothing of a CI that would change what it prints. */
export function cleanEnv(env: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const { GITHUB_ACTIONS: _, GITHUB_WORKSPACE: __, ...inherited } = process.env;
  return { ...inherited, TSX_TSCONFIG_PATH: `${root}tsconfig.json`, ...env };
}

/** Runs Node with these arguments to its end. */
export function runProgram(args: readonly string[], { cwd, env, input }: RunOptions): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { cwd, env: cleanEnv(env) });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr: stderr.trimEnd().split('\n') }));
    child.stdin.end(input ?? '');
  });
}
