import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Releases of Node that the package promises to run on, besides the one that runs the tests: the first that reads TypeScript, and the newest. */
const versions = ['22.18.0', '24', '26'];
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kube-gen/nodes');
const library = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** The programs of other Nodes, by version. In CI they are fetched from npm; elsewhere those are taken that are in the cache folder. */
export function otherNodes(): Map<string, string> {
  const found = new Map<string, string>();
  for (const version of versions) {
    const program = join(cache, version, 'node_modules', library, 'bin/node');
    if (!existsSync(program) && process.env['CI'] === 'true') fetchNode(version);
    if (existsSync(program)) found.set(version, program);
  }
  if (found.size < versions.length)
    process.stderr.write(
      `Not tried with Node ${versions.filter((one) => !found.has(one)).join(' and ')}: CI=true fetches it.\n`,
    );
  return found;
}

function fetchNode(version: string): void {
  const folder = join(cache, version);
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', `${library}@${version}`];
  execFileSync('npm', args, { stdio: 'pipe' });
}
