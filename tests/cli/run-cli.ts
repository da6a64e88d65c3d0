import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Folder of the repository, with a slash at its end. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));
const tsx = fileURLToPath(import.meta.resolve('tsx'));

/** The command line that runs kube-gen from its sources. */
export const cliCommand: readonly string[] = [
  '--import',
  tsx,
  '--conditions=@kube-gen/source',
  `${root}generator/cli/main.ts`,
];

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
  /** The Node that runs it; that of the tests by default. */
  readonly node?: string;
}

/** What a process of ours inherits: nothing of a CI that would change what it prints. */
export function cleanEnv(env: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const inherited = { ...process.env };
  for (const name of ['CI', 'GITHUB_ACTIONS', 'GITHUB_WORKSPACE', 'NO_COLOR', 'FORCE_COLOR']) delete inherited[name];
  return { ...inherited, TSX_TSCONFIG_PATH: `${root}tsconfig.json`, ...env };
}

/** Runs Node with these arguments to its end. */
export function runProgram(
  args: readonly string[],
  { cwd, env, input, node = process.execPath }: RunOptions,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...args], { cwd, env: cleanEnv(env) });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr: stderr.trimEnd().split('\n') }));
    child.stdin.end(input ?? '');
  });
}

/** A kube-gen that goes on running. */
export interface RunningCli {
  /** The next line on stderr that matches, of those that no `line` before has passed. */
  line(pattern: RegExp): Promise<string>;
  /** All lines on stderr so far. */
  readonly lines: readonly string[];
  stdout(): string;
  /** The exit code. */
  readonly ended: Promise<number | null>;
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts kube-gen from its sources; with another Node as it was built, which is how users run it. */
export function startCli(args: readonly string[], { cwd, env, node }: RunOptions): RunningCli {
  const command = node === undefined ? cliCommand : [`${root}dist/cli/main.js`];
  const child = spawn(node ?? process.execPath, [...command, ...args], { cwd, env: cleanEnv(env) });
  const lines: string[] = [];
  let stdout = '';
  let partial = '';
  let passed = 0;
  let wake: (() => void) | undefined;
  let isOver = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const parts = (partial + text).split('\n');
    partial = parts.pop() ?? '';
    lines.push(...parts);
    wake?.();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      isOver = true;
      wake?.();
      resolve(code);
    });
  });
  return {
    lines,
    ended,
    stdout: () => stdout,
    line: async (pattern) => {
      for (;;) {
        for (; passed < lines.length; passed++) {
          const line = lines[passed] ?? '';
          if (!pattern.test(line)) continue;
          passed += 1;
          return line;
        }
        if (isOver) throw new Error(`it ended without a line like ${String(pattern)}:\n${lines.join('\n')}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
