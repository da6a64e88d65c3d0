import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { otherNodes } from '../support/other-nodes.js';
import { addFiles, crd, filesIn, folderWith } from './folder.js';
import { runCli, runProgram } from './run-cli.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const json = (value: object): string => JSON.stringify(value);

describe('a config file', () => {
  it('is found by itself, and options win over it', async () => {
    const cwd = folderWith({
      'kube-gen.config.json': json({ input: 'crds', out: 'src/gen', docs: false }),
      'crds/foo.yaml': crd('Foo').replace('type: object', 'type: object\n          description: Says so.'),
    });
    expect((await runCli([], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'src/gen/example.dev/v1/foo.ts'), 'utf8')).not.toContain('Says so.');
    const other = await runCli(['-o', 'other', '--check'], { cwd });
    expect([other.code, other.stderr.at(-1)]).toEqual([
      1,
      '4 files of other/ would change. Run: npx kube-gen -o other',
    ]);
    expect((await runCli(['--check'], { cwd })).code).toBe(0);
  });

  it('fills several folders, or none when one of them cannot be', async () => {
    const cwd = folderWith({
      'conf/kube-gen.config.json': json({
        versions: 'all',
        targets: [
          { input: 'foo.yaml', out: 'a' },
          { input: '../bar.yaml', out: '../b', importExtension: 'ts' },
        ],
      }),
      'conf/foo.yaml': crd('Foo'),
      'bar.yaml': crd('Bar', 'strng'),
    });
    const args = ['--config', 'conf/kube-gen.config.json'];
    const bad = await runCli(args, { cwd });
    expect([bad.code, existsSync(join(cwd, 'conf/a')), existsSync(join(cwd, 'b'))]).toEqual([2, false, false]);
    expect(bad.stderr).toContain('conf/a/: nothing was written, because of the errors of another target');
    expect(bad.stderr).toContain('1 error: nothing was written');

    addFiles(cwd, { 'bar.yaml': crd('Bar') });
    const good = await runCli([...args, '--json'], { cwd });
    expect([good.code, Object.keys(filesIn(join(cwd, 'conf/a'))).length]).toEqual([0, 4]);
    expect(readFileSync(join(cwd, 'b/index.ts'), 'utf8')).toContain('./example.dev/v1/index.ts');
    expect(JSON.parse(good.stdout)).toMatchObject({ exitCode: 0, targets: [{ out: 'conf/a' }, { out: 'b' }] });
    expect((await runCli([...args, '--check'], { cwd })).code).toBe(0);
  });

  it('works in a folder whose name holds signs of globs', async () => {
    const cwd = folderWith({
      'app/[slug]/kube-gen.config.json': json({ input: 'crds/*.yaml', out: 'made' }),
      'app/[slug]/crds/foo.yaml': crd('Foo'),
    });
    const { code, stderr } = await runCli(['--config', 'app/[slug]/kube-gen.config.json', '--quiet'], { cwd });
    expect([code, stderr, existsSync(join(cwd, 'app/[slug]/made/index.ts'))]).toEqual([0, [''], true]);
  });

  it('writes no folder where another one cannot be written, and reads standard input for all of them', async () => {
    const targets = [{ out: 'a' }, { out: 'b' }];
    const cwd = folderWith({ 'kube-gen.config.json': json({ input: '-', targets }) });
    const good = await runCli([], { cwd, input: crd('Foo') });
    expect([good.code, existsSync(join(cwd, 'a')), existsSync(join(cwd, 'b'))]).toEqual([0, true, true]);
    const before = filesIn(join(cwd, 'a'));
    // The second folder belongs to another run that goes on.
    addFiles(cwd, { 'b/.kube-gen.tmp/pid': String(process.pid) });
    const bad = await runCli([], { cwd, input: crd('Bar') });
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('a/: nothing was written, because of the errors of another target');
    expect(filesIn(join(cwd, 'a'))).toEqual(before);
  });

  it.each<[title: string, file: string, text: string, message: RegExp]>([
    [
      'a key that is none',
      'kube-gen.config.json',
      json({ input: 'a', outt: 'b' }),
      /: unknown key "outt"\. Did you mean "out"\?$/,
    ],
    ['no JSON', 'kube-gen.config.json', '{ input', /^kube-gen: kube-gen\.config\.json: is not JSON: /],
    [
      'no default export',
      'kube-gen.config.mjs',
      'export const a = 1;',
      /: has no default export: export default defineConfig/,
    ],
    ['a program that fails', 'kube-gen.config.mjs', 'throw new Error("no");', /: cannot be run: Error: no$/],
    [
      'a missing module',
      'kube-gen.config.mjs',
      'import "not-there";',
      /: cannot be run: Error: Cannot find package 'not-there'/,
    ],
  ])('with %s is refused, and nothing is written', async (_title, file, text, message) => {
    const cwd = folderWith({ [file]: text, 'a/foo.yaml': crd('Foo') });
    const { code, stderr } = await runCli([], { cwd });
    expect([code, stderr[0]]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync(join(cwd, 'generated'))).toBe(false);
  });

  it('prints nothing into a report, nor does what it imports', async () => {
    const cwd = folderWith({
      'kube-gen.config.mjs': 'console.log("a"); console.info("b"); export default { input: "foo.yaml" };',
      'foo.yaml': crd('Foo'),
    });
    const { code, stdout, stderr } = await runCli(['--json', '--quiet'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0 });
    expect([code, stderr]).toEqual([0, ['a', 'b']]);
  });

  it('that is missing, doubled or of another kind is named', async () => {
    const cwd = folderWith({ 'kube-gen.config.json': '{}', 'kube-gen.config.mjs': '', 'a.toml': '' });
    const first = async (...args: string[]): Promise<string | undefined> => (await runCli(args, { cwd })).stderr[0];
    expect(await first()).toBe(
      'kube-gen: kube-gen.config.mjs and kube-gen.config.json: there is more than one config file: name one with --config',
    );
    expect(await first('--config', 'x.json')).toBe('kube-gen: x.json: no such file or folder (ENOENT)');
    expect(await first('--config', 'a.toml')).toBe('kube-gen: a.toml: a config file ends with .json, .mjs or .ts');
    expect(await first('--config', 'kube-gen.config.json')).toMatch(/^kube-gen: no input: /);
  });

  it('that has another ending is not passed over, unless it lies beside one that counts', async () => {
    const cwd = folderWith({ 'kube-gen.config.js': 'export default {};', 'foo.yaml': crd('Foo') });
    const { code, stderr } = await runCli(['foo.yaml'], { cwd });
    expect([code, stderr]).toEqual([2, ['kube-gen: kube-gen.config.js: a config file ends with .json, .mjs or .ts']]);
    addFiles(cwd, { 'kube-gen.config.ts': "export default { input: 'foo.yaml' };" });
    expect((await runCli([], { cwd })).code).toBe(0);
  });

  it.each([
    [
      'throws later',
      'setTimeout(() => { throw new Error("late"); }); await new Promise((done) => setTimeout(done, 1000));',
      /Error: late/,
    ],
    [
      'never ends',
      'await new Promise(() => {});',
      /^kube-gen: kube-gen\.config\.mjs: cannot be read: it waits for something that never comes$/m,
    ],
    [
      'has a promise that never ends',
      'export { promise as default }; const promise = new Promise(() => {});',
      /^kube-gen: kube-gen\.config\.mjs: cannot be read: it waits for something that never comes$/m,
    ],
  ])('that %s ends the run with 2, which is no difference', async (_title, text, message) => {
    const cwd = folderWith({
      'kube-gen.config.mjs': text.includes('default') ? text : `${text}\nexport default { input: 'foo.yaml' };`,
      'foo.yaml': crd('Foo'),
    });
    const { code, stderr } = await runCli(['--check'], { cwd });
    expect([code, stderr.join('\n')]).toEqual([2, expect.stringMatching(message)]);
  });

  describe.each([['the one of the tests', process.execPath], ...otherNodes()])(
    'in TypeScript, on Node %s',
    (_, node) => {
      const files = {
        'kube-gen.config.ts': `import { defineConfig, type Config } from 'kube-gen';
        import { out } from './more.ts';
        const config: Config = { input: 'foo.yaml', out };
        export default defineConfig(config satisfies Config);`,
        'more.ts': 'export const out: string = "made";',
        'foo.yaml': crd('Foo'),
      };
      const run = async (extra: Record<string, string>): Promise<unknown[]> => {
        const cwd = folderWith({ ...files, ...extra });
        mkdirSync(join(cwd, 'node_modules'));
        symlinkSync(root, join(cwd, 'node_modules/kube-gen'));
        // The built command: how users run it.
        const { code, stderr } = await runProgram([`${root}dist/cli/main.js`, '--quiet'], { cwd, node });
        return [code, stderr, Object.keys(filesIn(cwd)).filter((path) => path.startsWith('made/')).length];
      };

      it.each(['{ "type": "module" }', '{ "type": "commonjs" }', '{}'])('works in a package %s', async (text) => {
        expect(await run({ 'package.json': text })).toEqual([0, [''], 4]);
      });

      it('works with what is more than types', async () => {
        const config = files['kube-gen.config.ts'].replace(
          'const config',
          'enum Which { Served = "served" }\nconst config',
        );
        expect(
          await run({ 'kube-gen.config.ts': config.replace(', out }', ', out, versions: Which.Served }') }),
        ).toEqual([0, [''], 4]);
      });

      it('works with what is more than types in a module that it imports', async () => {
        const more = 'enum Out { Folder = "made" }\nexport const out: string = Out.Folder;';
        expect(await run({ 'more.ts': more })).toEqual([0, [''], 4]);
      });

      it('that has a mistake in its syntax is not run', async () => {
        const config = files['kube-gen.config.ts'].replace("'foo.yaml', out", "'foo.yaml' out");
        const why = /cannot be run: SyntaxError: (?:',' expected\.|Expected ',', got 'out')$/;
        expect(await run({ 'kube-gen.config.ts': config })).toEqual([2, [expect.stringMatching(why)], 0]);
      });
    },
  );
});

describe('templates of the user', () => {
  const templates = { 'version-index': 'index.hbs' };
  const config = json({ input: 'foo.yaml', templates });
  const index = `// Generated by kube-gen, our way.
{{#each modules}}
export { {{#each values}}{{this}}{{#unless @last}}, {{/unless}}{{/each}} } from {{from}};
{{/each}}
`;

  it('take the place of those of kube-gen, and a change of one is a change of the output', async () => {
    const cwd = folderWith({ 'kube-gen.config.json': config, 'index.hbs': index, 'foo.yaml': crd('Foo') });
    expect((await runCli([], { cwd })).code).toBe(0);
    const file = join(cwd, 'generated/example.dev/v1/index.ts');
    expect(readFileSync(file, 'utf8')).toBe(
      "// Generated by kube-gen, our way.\nexport { Foo, FooReflector } from './foo.js';\n",
    );
    writeFileSync(join(cwd, 'index.hbs'), index.replace('our way', 'their way'));
    const { code, stderr } = await runCli(['--check'], { cwd });
    expect([code, stderr[0]]).toEqual([1, 'generated/example.dev/v1/index.ts: the input or the options changed']);
  });

  it('make the same output whatever line ends git gave them, and with a byte order mark', async () => {
    const cwd = folderWith({ 'kube-gen.config.json': config, 'index.hbs': index, 'foo.yaml': crd('Foo') });
    expect((await runCli([], { cwd })).code).toBe(0);
    addFiles(cwd, {
      'index.hbs': `\uFEFF${index.replaceAll('\n', '\r\n')}`,
      'kube-gen.config.json': `\uFEFF${config}`,
    });
    expect(await runCli(['--check', '--quiet'], { cwd })).toMatchObject({ code: 0, stderr: [''] });
  });

  it.each<[title: string, text: string, message: RegExp]>([
    [
      'does not parse',
      '// Generated by kube-gen\n{{#each modules}}',
      /^index\.hbs:2: the template version-index cannot be used: Parse error on line 2/,
    ],
    [
      'asks for what is not there',
      '// Generated by kube-gen\n{{modulez}}',
      /^index\.hbs:2: .* cannot be used: it asks for "modulez", which its data does not have$/,
    ],
    [
      'calls a helper that is none',
      '// Generated by kube-gen\n{{shout "a"}}',
      /^index\.hbs:2: .* cannot be used: .*unknown helper shout/,
    ],
    [
      'hides who made the file',
      '// {{modules.length}}',
      /^index\.hbs: .* must say "Generated by kube-gen" in its first lines/,
    ],
  ])('one that %s is an error, and nothing is written', async (_title, text, message) => {
    const cwd = folderWith({ 'kube-gen.config.json': config, 'index.hbs': text, 'foo.yaml': crd('Foo') });
    const { code, stderr } = await runCli([], { cwd });
    expect([code, stderr[0]]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync(join(cwd, 'generated'))).toBe(false);
  });

  it('one that is missing is named', async () => {
    const cwd = folderWith({ 'kube-gen.config.json': config, 'foo.yaml': crd('Foo') });
    expect((await runCli([], { cwd })).stderr[0]).toBe('index.hbs: no such file or folder (ENOENT)');
  });
});
