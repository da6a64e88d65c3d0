import { readArgs } from './args.js';
import { outputColumns, printError, printOut } from './print.js';
import { inert } from './report.js';
import { runGenerate } from './run-generate.js';
import { ownVersion } from './version.js';

/** The command line in, the exit code out. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  // What is thrown where nobody waits, by code of a config file say, would end the process with 1: that means a difference.
  process.on('uncaughtException', (error) => process.exit(failed(error)));
  try {
    return await run(argv);
  } catch (error) {
    return failed(error);
  }
}

/** Says why the command cannot go on. Returns the exit code. */
function failed(error: unknown): 2 {
  const refused = refusalOf(error);
  if (refused !== undefined) printError(`${inert(`kube-gen: ${refused}`)}\n`);
  else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    printError(`kube-gen: this is a bug of kube-gen, please report it:\n${text}\n`);
  }
  return 2;
}

/** What is refused to the process as a whole. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('syscall' in error && error.syscall === 'uv_cwd') return 'the working folder is gone';
  // Node that runs with `--permission` says which flag would allow it.
  if (!('code' in error) || error.code !== 'ERR_ACCESS_DENIED') return undefined;
  return 'resource' in error ? `${String(error.resource)}: ${error.message}` : error.message;
}

/** Commands other than `generate` are loaded only when they are meant. */
async function run(argv: readonly string[]): Promise<number> {
  const parsed = readArgs(argv);
  switch (parsed.t) {
    case 'generate':
      return runGenerate(parsed.args);
    case 'serve': {
      const { runServe } = await import('./run-serve.js');
      return runServe(parsed.args);
    }
    case 'diff': {
      const { runDiff } = await import('./run-diff.js');
      return runDiff(parsed.args, {
        stdout: printOut,
        stderr: printError,
      });
    }
    case 'rbac': {
      const { runRbac } = await import('./run-rbac.js');
      return runRbac(parsed.args);
    }
    case 'completion': {
      const { completionScript } = await import('./completion.js');
      printOut(completionScript(parsed.shell));
      return 0;
    }
    case 'help': {
      const { helpText } = await import('./help.js');
      printOut(helpText(parsed.command, outputColumns()));
      return 0;
    }
    case 'version':
      printOut(`${ownVersion()}\n`);
      return 0;
    case 'usage': {
      const { usageHint } = await import('./help.js');
      const lines = parsed.messages.map((message) => `kube-gen: ${inert(message)}\n`);
      printError(`${lines.join('')}${usageHint(parsed.command)}\n`);
      return 2;
    }
  }
}
