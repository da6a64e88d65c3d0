import { describe, expect, it } from 'vitest';
import { readArgs } from './args.js';

const messages = (...argv: string[]): readonly string[] => {
  const parsed = readArgs(argv);
  return parsed.t === 'usage' ? parsed.messages : [`not refused: ${parsed.t}`];
};

describe('readArgs', () => {
  it('knows what the command line names, and nothing of defaults', () => {
    expect(readArgs(['crd.yaml'])).toEqual({
      t: 'generate',
      args: {
        inputs: ['crd.yaml'],
        given: {},
        config: undefined,
        check: false,
        watch: false,
        json: false,
        quiet: false,
        verbose: false,
      },
    });
  });

  it('reads every option, before and after the inputs', () => {
    const line =
      'a -o x/ --check --include g/A --include=g/B --exclude g/C --versions all --no-docs --import-extension none --config c.json --json --verbose b -';
    expect(readArgs(line.split(' '))).toEqual({
      t: 'generate',
      args: {
        inputs: ['a', 'b', '-'],
        given: {
          out: 'x/',
          include: ['g/A', 'g/B'],
          exclude: ['g/C'],
          versions: 'all',
          importExtension: 'none',
          docs: false,
        },
        config: 'c.json',
        check: true,
        watch: false,
        json: true,
        quiet: false,
        verbose: true,
      },
    });
  });

  it('reads the other commands', () => {
    expect(readArgs(['serve', 'crds', '--port', '8001', '--kubeconfig', 'k'])).toEqual({
      t: 'serve',
      args: {
        inputs: ['crds'],
        include: [],
        exclude: [],
        port: 8001,
        kubeconfig: 'k',
        json: false,
        quiet: false,
        verbose: false,
      },
    });
    expect(readArgs(['rbac', 'app', '--against', 'a.yaml', '--exclude=x', '--strict'])).toEqual({
      t: 'rbac',
      args: {
        tsconfig: 'app',
        exclude: ['x'],
        name: undefined,
        serviceAccount: undefined,
        out: undefined,
        against: ['a.yaml'],
        strict: true,
        json: false,
        quiet: false,
      },
    });
    expect(readArgs(['rbac'])).toMatchObject({ args: { tsconfig: 'tsconfig.json', against: [] } });
    expect(readArgs(['./serve'])).toMatchObject({ t: 'generate', args: { inputs: ['./serve'] } });
    expect(readArgs(['--', '--odd.yaml'])).toMatchObject({ t: 'generate', args: { inputs: ['--odd.yaml'] } });
  });

  it('reads a sign behind a short option as kubectl does', () => {
    for (const words of [['-o=x'], ['-ox'], ['-o', 'x']])
      expect(readArgs(['a', ...words])).toMatchObject({ args: { given: { out: 'x' } } });
    expect(readArgs(['a', '-o', '=x'])).toMatchObject({ args: { given: { out: '=x' } } });
  });

  it('reads the shell of completions', () => {
    expect(readArgs(['completion', 'zsh'])).toEqual({ t: 'completion', shell: 'zsh' });
  });

  it('shows help and the version whatever else there is', () => {
    expect(readArgs(['--help'])).toEqual({ t: 'help', command: 'generate' });
    expect(readArgs(['serve', '-h', '--nonsense'])).toEqual({ t: 'help', command: 'serve' });
    expect(readArgs(['diff', '--help'])).toEqual({ t: 'help', command: 'diff' });
    expect(readArgs(['--version'])).toEqual({ t: 'version' });
  });

  it.each([
    [['serve'], 'no input: name a file, a folder, a glob, a URL, or - for standard input'],
    [['a', '--check', '--watch'], '--check and --watch exclude each other'],
    [['-', '--watch'], 'standard input cannot be watched'],
    [['completion'], 'name one shell: bash, zsh, fish'],
    [['completion', 'tcsh'], 'name one shell: bash, zsh, fish'],
    [['--chek', 'a'], 'unknown option --chek. Did you mean --check?'],
    [['--output=x', 'a'], 'unknown option --output. Did you mean --out?'],
    [['-x', 'a'], 'unknown option -x'],
    [['--frobnicate', 'a'], 'unknown option --frobnicate'],
    [['--port', '1', 'a'], '--port is an option of kube-gen serve, not of kube-gen'],
    [['diff', 'a', 'b', '--verbose'], '--verbose is an option of kube-gen and kube-gen serve, not of kube-gen diff'],
    [
      ['completion', 'bash', '--json'],
      '--json is an option of kube-gen, kube-gen diff, kube-gen rbac and kube-gen serve, not of kube-gen completion',
    ],
    [['serve', 'a', '--check'], '--check is an option of kube-gen, not of kube-gen serve'],
    [['a', '-o'], '-o needs a value: <dir>'],
    [['a', '-o', ''], '-o needs a value: <dir>'],
    [['a', '-o='], '-o needs a value: <dir>'],
    [['', '-o', 'x'], 'an argument is empty'],
    [['a', '-o', '--check'], '-o needs a value: <dir>'],
    [['a', '--check=yes'], '--check takes no value'],
    [
      ['a', '--versions', 'servd'],
      '--versions must be one of served, storage, all, not "servd". Did you mean "served"?',
    ],
    [
      ['a', '--import-extension', 'mjs'],
      '--import-extension must be one of js, ts, none, not "mjs". Did you mean "js"?',
    ],
    [['a', '--quiet', '--verbose'], '--quiet and --verbose exclude each other'],
    [['serve', 'a', '--port', 'http'], '--port must be a number from 0 to 65535'],
    [['serve', 'a', '--port', '70000'], '--port must be a number from 0 to 65535'],
    [['diff', 'a'], 'name two inputs, the old one and the new one; there is only one'],
    [['diff'], 'name two inputs, the old one and the new one; there is none'],
    [['diff', 'a', 'b', '--cluster'], 'name two inputs, the old one and the new one; there are 3'],
    [['diff', '--cluster', '--cluster'], 'a cluster can be one side only'],
    [
      ['diff', 'a', 'b', '--context', 'c'],
      '--context says which cluster to read: put --cluster in the place of an input',
    ],
    [['diff', 'a', 'b', '--out=x'], '--out is an option of kube-gen and kube-gen rbac, not of kube-gen diff'],
    [['diff', 'a', 'b', '--json', '--format', 'text'], '--json and --format exclude each other'],
    [['rbac', 'a', 'b'], 'name one tsconfig.json: it may reference others'],
    [['rbac', '--service-account', 'app'], '--service-account must be namespace/name, not "app"'],
    [['rbac', '--service-account', 'Prod/app'], '--service-account must be namespace/name, not "Prod/app"'],
    [['rbac', '--name', 'a/b'], '--name must be the name of a role, not "a/b"'],
    [['rbac', '--against', 'a.yaml', '-o', 'b.yaml'], '--against and --out exclude each other'],
    [
      ['rbac', '--include', 'a'],
      '--include is an option of kube-gen, kube-gen serve and kube-gen diff, not of kube-gen rbac',
    ],
  ])('of %j it says: %s', (argv, message) => {
    expect(messages(...argv)).toEqual([message]);
  });

  it('reads --cluster with its kubeconfig and context', () => {
    expect(readArgs(['--cluster', '--context', 'a', '--kubeconfig', 'k', '--paths'])).toMatchObject({
      args: { inputs: [], given: { paths: true, cluster: true, context: 'a', kubeconfig: 'k' } },
    });
    expect(readArgs(['diff', 'a', '--cluster', '--context', 'c'])).toMatchObject({
      args: { old: 'a', new: '--cluster', cluster: { context: 'c', kubeconfig: undefined } },
    });
    expect(readArgs(['diff', '--kubeconfig', 'k', '--cluster', 'b'])).toMatchObject({
      args: { old: '--cluster', new: 'b', cluster: { context: undefined, kubeconfig: 'k' } },
    });
    expect(messages('--cluster', '--watch')).toEqual(['a cluster cannot be watched: --watch is for files']);
  });

  it('reports all that is wrong at once', () => {
    expect(messages('--chek', '--versions', 'x', '--no-doc')).toEqual([
      'unknown option --chek. Did you mean --check?',
      '--versions must be one of served, storage, all, not "x"',
      'unknown option --no-doc. Did you mean --no-docs?',
    ]);
  });
});
