/** Makes everything again that is made and committed, and fails when something differs from what is committed. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is made, by the npm script that makes it. */
const made: Readonly<Record<string, readonly string[]>> = {
  regenerate: ['generated', 'examples/*/src/generated', 'docs/cli.md', 'docs/conformance.md'],
  templates: ['generator/tools/precompiled-templates.js'],
  scanner: ['runtime/src/wire/scanner-module.ts'],
};

let stale = false;
for (const [script, paths] of Object.entries(made)) {
  run('npm', ['run', '--silent', script]);
  if (run('git', ['ls-files', '--', ...paths]) === '')
    throw new Error(`nothing is committed below ${paths.join(', ')}`);
  const different = run('git', ['status', '--porcelain', '--untracked-files=all', '--', ...paths]);
  if (different === '') continue;
  stale = true;
  console.error(`Not as committed:\n${different}Run \`npm run ${script}\`, look at the difference, and commit it.\n`);
}
if (stale) process.exit(1);
console.log('What is committed is what is made.');

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status === 0) return stdout;
  console.error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  process.exit(1);
}
