#!/usr/bin/env node
import { readArgs } from './args.js';
import { inert } from './report.js';

/** The command line in, the exit code out. Each command is loaded only when it is meant. */
async function main(argv: readonly string[]): Promise<number> {
  const parsed = readArgs(argv);
  switch (parsed.t) {
    case 'generate': {
      const { runGenerate } = await import('./run-generate.js');
      return runGenerate(parsed.args);
    }
    case 'serve': {
      const { runServe } = await import('./run-serve.js');
      return runServe(parsed.args);
    }
    case 'diff': {
      const { runDiff } = await import('./run-diff.js');
      return runDiff(parsed.args, {
        stdout: (text) => process.stdout.write(text),
        stderr: (text) => process.stderr.write(text),
      });
    }
    case 'rbac': {
      const { runRbac } = await import('./run-rbac.js');
      return runRbac(parsed.args);
    }
    case 'completion': {
      const { completionScript } = await import('./completion.js');
      process.stdout.write(completionScript(parsed.shell));
      return 0;
    }
    case 'help': {
      const { helpText } = await import('./help.js');
      process.stdout.write(helpText(parsed.command));
      return 0;
    }
    case 'version': {
      const { ownVersion } = await import('./version.js');
      process.stdout.write(`${ownVersion()}\n`);
      return 0;
    }
    case 'usage': {
      const { usageHint } = await import('./help.js');
      const lines = parsed.messages.map((message) => `kube-gen: ${inert(message)}\n`);
      process.stderr.write(`${lines.join('')}${usageHint(parsed.command)}\n`);
      return 2;
    }
  }
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read our output has gone (`kube-gen --help | head -1`): there is nobody left to tell.
    if (error.code === 'EPIPE') process.exit(2);
    throw error;
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`kube-gen: this is a bug of kube-gen, please report it:\n${text}\n`);
  process.exitCode = 2;
}
