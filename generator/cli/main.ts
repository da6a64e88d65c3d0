#!/usr/bin/env node
/**
 * Node 22.1 and later keep what they compile in a folder of their own, as they do for npm and tsc, if they are asked to; it takes a
 * third of the time off a small run. Only what is loaded after that is kept, so the command is. `NODE_DISABLE_COMPILE_CACHE=1` turns
 * it off, `NODE_COMPILE_CACHE` names another folder; where it cannot be written, nothing is kept.
 */
const { enableCompileCache } = process.getBuiltinModule('node:module') as { enableCompileCache?: () => unknown };
enableCompileCache?.();
const { runCommand } = await import('./command.js');
// A config file that waits for nothing ends the process before there is an answer.
process.exitCode = 2;
process.exitCode = await runCommand(process.argv.slice(2));

export {};
