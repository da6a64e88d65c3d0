import { readArgs } from '../../generator/cli/args.js';
import { runDiff } from '../../generator/cli/run-diff.js';

/** What `kube-gen diff` printed, and its exit code. */
export interface DiffFinished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `kube-gen diff` in this process: the compiler behind it is loaded once for all runs. */
export async function diffHere(cwd: string, ...argv: string[]): Promise<DiffFinished> {
  const parsed = readArgs(['diff', ...argv]);
  if (parsed.t !== 'diff') throw new Error(`not understood: ${JSON.stringify(parsed)}`);
  const before = process.cwd();
  let [stdout, stderr] = ['', ''];
  process.chdir(cwd);
  try {
    const code = await runDiff(parsed.args, {
      stdout: (text) => (stdout += text),
      stderr: (text) => (stderr += text),
    });
    return { code, stdout, stderr };
  } finally {
    process.chdir(before);
  }
}
