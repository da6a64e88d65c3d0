import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readYaml } from '@kube-gen/runtime/yaml';
import { beforeEach, describe, expect, it } from 'vitest';
import { addFiles, crd, folderWith } from './folder.js';
import { cleanEnv } from './run-cli.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const example = join(root, 'examples/ci');

let cwd: string;

/** A repository with the files of the example where they belong, and kube-gen installed. */
beforeEach(() => {
  cwd = folderWith({ 'crds/foo.yaml': crd('Foo'), 'README.md': 'x', '.gitignore': 'node_modules\n' });
  for (const file of ['kube-gen.config.json', 'package.json']) cpSync(join(example, file), join(cwd, file));
  mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true });
  symlinkSync(root, join(cwd, 'node_modules/kube-gen'));
  symlinkSync('../kube-gen/dist/cli/main.js', join(cwd, 'node_modules/.bin/kube-gen'));
  git('init', '--quiet');
  cpSync(join(example, 'pre-commit'), join(cwd, '.git/hooks/pre-commit'));
  chmodSync(join(cwd, '.git/hooks/pre-commit'), 0o755);
});

function run(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): { status: number | null; output: string } {
  const who = {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b',
  };
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: cleanEnv({ ...who, ...env }),
  });
  return { status, output: stdout + stderr };
}

const git = (...args: string[]): ReturnType<typeof run> => run('git', args);
const npm = (script: string): ReturnType<typeof run> => run('npm', ['run', '--silent', script]);

describe('examples/ci', () => {
  it('the npm scripts generate, and check', () => {
    expect(npm('generate:check').status).toBe(1);
    expect(npm('generate')).toMatchObject({ status: 0 });
    expect(npm('generate:check').status).toBe(0);
    addFiles(cwd, { 'crds/foo.yaml': crd('Foo', 'integer') });
    const { status, output } = npm('generate:check');
    expect(status).toBe(1);
    expect(output).toContain('src/generated/example.dev/v1/foo.ts: the input or the options changed');
    expect(output).toContain('Run: npx kube-gen');
  });

  it('the pre-commit hook lets only commits through whose CRDs and modules fit', () => {
    git('add', '-A');
    expect(git('commit', '-m', 'without modules')).toMatchObject({
      status: 1,
      output: expect.stringContaining('src/generated/example.dev/v1/foo.ts: is missing') as unknown,
    });
    npm('generate');
    expect(git('commit', '-m', 'modules not added').output).toContain('add all changes of crds/ and src/generated/');
    git('add', '-A');
    expect(git('commit', '-m', 'all')).toMatchObject({ status: 0 });

    writeFileSync(join(cwd, 'README.md'), 'y');
    addFiles(cwd, { 'crds/foo.yaml': crd('Foo', 'integer') });
    git('add', 'README.md');
    expect(git('commit', '-m', 'touches neither')).toMatchObject({ status: 0 });
    git('add', 'crds');
    npm('generate');
    expect(git('commit', '-m', 'half of it').output).toContain('add all changes of crds/ and src/generated/');
    git('add', '-A');
    expect(git('commit', '-m', 'all of it')).toMatchObject({ status: 0 });
  });

  it('the workflow runs what fails for an old output, with annotations', () => {
    const workflow = readYaml(readFileSync(join(example, 'github-actions.yml'), 'utf8')) as {
      jobs: Record<string, { steps: { uses?: string; run?: string }[] }>;
    };
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    expect(steps.flatMap(({ uses }) => uses ?? [])).toEqual(['actions/checkout@v4', 'actions/setup-node@v4']);
    const commands = steps.flatMap(({ run: command }) => command ?? []);
    // Installing is what `beforeEach` stands for.
    expect(commands.shift()).toBe('npm ci');
    expect(commands).toHaveLength(1);
    const check = (): ReturnType<typeof run> =>
      run('bash', ['-e', '-c', commands.join('\n')], { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd });
    const { status, output } = check();
    expect(status).toBe(1);
    expect(output).toContain('::error file=src/generated/example.dev/v1/foo.ts,title=kube-gen::is missing');
    npm('generate');
    expect(check().status).toBe(0);
  });
});
