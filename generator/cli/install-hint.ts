import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const runtime = '@kube-gen/runtime';

/** What installs what generated modules import; `undefined` where it can be found from the output folder already. */
export function installHint(out: string): string | undefined {
  const folder = resolve(out);
  return resolves(folder) ? undefined : `${installCommand(folder)} ${runtime}`;
}

function resolves(folder: string): boolean {
  try {
    // Not imported: a run that stops before this need not load it.
    const { createRequire } = process.getBuiltinModule('node:module');
    createRequire(join(folder, 'index.js')).resolve(`${runtime}/codegen1`);
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? error.code : undefined;
    // Not there, or a version without this entry: neither will do. A package.json that is broken tells nothing.
    return code !== 'MODULE_NOT_FOUND' && code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED';
  }
}

const lockFiles: readonly (readonly [file: string, command: string])[] = [
  ['pnpm-lock.yaml', 'pnpm add'],
  ['yarn.lock', 'yarn add'],
  ['bun.lock', 'bun add'],
  ['bun.lockb', 'bun add'],
];

/** The package manager of the project, told by its lock file. */
function installCommand(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const found = lockFiles.find(([file]) => existsSync(join(at, file)));
    if (found !== undefined) return found[1];
    if (existsSync(join(at, 'package-lock.json')) || dirname(at) === at) return 'npm install';
  }
}
