import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import { onAbort } from '../io/on-abort.js';
import { maskOutput, secretValues } from './mask-output.js';

/** A plugin may wait for somebody who logs in with a browser; longer than this nobody waits. */
const TIMEOUT_MS = 240_000;
/** After the plugin's end, what it started may still hold its output open. */
const CLOSE_MS = 1_000;
const MAX_STDOUT_BYTES = 1024 * 1024;
const MAX_STDERR_BYTES = 16 * 1024;

/** A run of a plugin. */
export interface ExecRun {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the plugin may talk to the terminal: then it gets stdin and stderr of this process. */
  readonly interactive: boolean;
  readonly installHint?: string | undefined;
  readonly clock: Clock;
  /** Kills the plugin. */
  readonly signal: AbortSignal;
}

/**
 * Runs a plugin, without a shell, and gives what it wrote to stdout. Rejects with `credentials`. No error of the platform is kept as
 * cause: it would show the arguments, which may hold secrets.
 */
export function runPlugin(run: ExecRun): Promise<string> {
  return new Promise((resolve, reject) => {
    const { clock } = run;
    const unwanted = new KubeError('stopped', `${named(run)} was ended: nobody waits for it any more`);
    if (run.signal.aborted) return reject(unwanted);
    const child = start(run);
    const stdout = collect(child.stdout, MAX_STDOUT_BYTES);
    const stderr = collect(child.stderr, MAX_STDERR_BYTES);
    let closing: { cancel(): void } | undefined;
    const settle = (settled: () => void): void => {
      timer.cancel();
      closing?.cancel();
      forget();
      child.stdout?.destroy();
      child.stderr?.destroy();
      settled();
    };
    const kill = (error: KubeError): void => {
      child.kill('SIGKILL');
      settle(() => reject(error));
    };
    const timer = clock.setTimer(TIMEOUT_MS, () =>
      kill(new KubeError('credentials', `${named(run)} did not end within ${TIMEOUT_MS / 1000} s`)),
    );
    const forget = onAbort(run.signal, () => kill(unwanted));
    const ended = (code: number | null, signal: NodeJS.Signals | null): void =>
      settle(() => {
        if (code !== 0) return reject(failed(run, { code, signal, stderr: stderr.text(), stdout: stdout.text() }));
        if (!stdout.whole)
          return reject(new KubeError('credentials', `${named(run)} wrote more than ${MAX_STDOUT_BYTES} bytes`));
        resolve(stdout.text());
      });
    child.on('error', (error: NodeJS.ErrnoException) =>
      settle(() => reject(notStarted(run, error.code ?? 'unknown error'))),
    );
    child.on('exit', (code, signal) => (closing = clock.setTimer(CLOSE_MS, () => ended(code, signal))));
    child.on('close', ended);
  });
}

function start(run: ExecRun): ChildProcess {
  const { command, args, env, interactive } = run;
  try {
    return spawn(command, args, {
      shell: false,
      windowsHide: true,
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', interactive ? 'inherit' : 'pipe'],
      env: { ...process.env, ...env },
    });
  } catch (error) {
    // What else it can be is a text with a zero byte; the platform's error quotes it.
    const isDenied = error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED';
    const why = isDenied ? ': Node runs with --permission, which needs --allow-child-process beside it' : '';
    throw new KubeError('credentials', `${named(run)} cannot be started${why}`);
  }
}

/** How errors call it: without its folder and its arguments. */
function named({ command }: ExecRun): string {
  return `the exec plugin ${basename(command)}`;
}

interface Collected {
  /** Whether all of it was kept. */
  readonly whole: boolean;
  text(): string;
}

function collect(stream: ChildProcess['stdout'], limit: number): Collected {
  const chunks: Buffer[] = [];
  let size = 0;
  let whole = true;
  stream?.on('data', (chunk: Buffer) => {
    if (size + chunk.length > limit) whole = false;
    if (size < limit) chunks.push(chunk.subarray(0, limit - size));
    size += chunk.length;
  });
  return {
    get whole() {
      return whole;
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

function notStarted(run: ExecRun, code: string): KubeError {
  const { command, installHint } = run;
  const hint = installHint === undefined ? 'Install it' : installHint;
  if (code === 'ENOENT' && isAbsolute(command) && existsSync(command)) {
    return new KubeError(
      'credentials',
      `${named(run)} cannot be started: ${command} is there, the program that its first line names is not`,
    );
  }
  if (code === 'ENOENT') {
    const where = isAbsolute(command) ? `${command} does not exist` : 'it is in no folder of PATH';
    return new KubeError('credentials', `${named(run)} was not found: ${where}. ${hint}`);
  }
  const why = code === 'EACCES' ? `${command} may not be executed (EACCES)` : code;
  return new KubeError('credentials', `${named(run)} cannot be started: ${why}`);
}

interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function failed(run: ExecRun, { code, signal, stdout, stderr }: Outcome): KubeError {
  const how = code === null ? `was ended by ${signal ?? 'a signal'}` : `failed with exit code ${code}`;
  const said = maskOutput(stderr, { beside: stdout, secrets: secretValues(run.args, run.env) });
  const told = run.interactive ? '. It said why above' : said === '' ? '' : `: ${said}`;
  const login = loginOf(basename(run.command));
  return new KubeError(
    'credentials',
    `${named(run)} ${how}${told}${login === undefined ? '' : `. Perhaps log in again: ${login}`}`,
  );
}

const logins: Readonly<Record<string, string>> = {
  aws: '`aws sso login`, or `aws configure`',
  'aws-iam-authenticator': '`aws sso login`, or `aws configure`',
  'gke-gcloud-auth-plugin': '`gcloud auth login`',
  kubelogin: '`az login`',
  tsh: '`tsh login`',
  doctl: '`doctl auth init`',
  oci: '`oci session authenticate`',
};

function loginOf(program: string): string | undefined {
  return logins[program.replace(/\.exe$/i, '')];
}
