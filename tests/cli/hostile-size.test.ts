import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { crd, folderWith } from './folder.js';
import { cliCommand, root, runCli } from './run-cli.js';

const mebi = 1024 * 1024;
const openApiHead =
  '{"openapi":"3.0.0","info":{"title":"Kubernetes","version":"v1"},"paths":{},"components":{"schemas":{';
const definition = `"C":{"type":"object","properties":{"x":{"type":"string","description":"${'d'.repeat(200)}"}}},`;
/** Says how much memory the process had at most, and how long it worked. */
const measure =
  'data:text/javascript,process.on("exit",()=>process.stderr.write(' +
  '`\\nused ${process.resourceUsage().maxRSS} ${process.cpuUsage().user}`))';

describe('hostile input', () => {
  it.each<[name: string, file: string, piece: string, message: RegExp]>([
    ['lists in lists', 'a.yaml', '[', /nested deeper than/],
    ['objects in objects', 'a.yaml', '{a: ', /nested deeper than/],
    ['dashes in a row', 'a.yaml', '- ', /nested too deep/],
    ['JSON in JSON', 'a.json', '{"a":', /nested deeper than/],
    ['a quote that nobody closes', 'a.yaml', "kind: CustomResourceDefinition\nb: 'x\n", /a\.yaml:\d+: /],
  ])('F38: 100 MB of %s end in one clear error, within seconds and under 1 GB', async (_name, file, piece, message) => {
    const cwd = folderWith({});
    await writeLarge(join(cwd, file), piece, 100 * mebi);
    expect(await faultsOf(file, cwd, message)).toEqual([]);
  });

  it.each<[name: string, piece: string, tail: string, message: RegExp]>([
    ['a cut off document', definition, '', /a\.json:1: the JSON ends too early: it was cut off/],
    ['one definition again and again', definition, '"z": {}}}}', /a\.json:1: the key "C" was already there/],
    ['schemas in schemas', '{"properties":{"a":', '', /nested deeper than 10000 levels/],
  ])(
    '100 MB of OpenAPI, %s, end in one clear error, within seconds and under 1 GB',
    async (_name, piece, tail, message) => {
      const cwd = folderWith({});
      await writeLarge(join(cwd, 'a.json'), piece, 100 * mebi, {
        head: `${openApiHead}${piece.startsWith('{') ? '"A":' : ''}`,
        tail,
      });
      expect(await faultsOf('a.json', cwd, message)).toEqual([]);
    },
  );

  it.each([
    [
      '300,000 definitions',
      Array.from({ length: 300_000 }, (_, i) => `"d${i}":${definition.slice(4, -1)}`).join(','),
      /of an API server without kinds/,
    ],
    [
      '100,000 levels',
      `"A":${'{"properties":{"a":'.repeat(100_000)}{}${'}}'.repeat(100_000)}`,
      /nested deeper than 10000 levels/,
    ],
    ['9,000 levels', `"A":${'{"items":'.repeat(9000)}{}${'}'.repeat(9000)}`, /of an API server without kinds/],
  ])('a whole OpenAPI document of %s ends in one clear error', async (_name, schemas, message) => {
    const cwd = folderWith({ 'a.json': `${openApiHead}${schemas}}}}` });
    expect(await faultsOf('a.json', cwd, message)).toEqual([]);
  });

  it.each<[name: string, text: string, said: RegExp]>([
    ['a million documents', '---\na: 1\n'.repeat(1_000_000), /neither this nor \d+ more are Kubernetes objects/],
    ['its equal 10,000 times', `---\n${crd('Foo')}`.repeat(10_000), /1 resource \(1 group\) from 1 file/],
    ['a key of 50 MB', `${'k'.repeat(50 * mebi)}: 1\n`, /"k{57}\.\.\." is not a field of a CRD/],
  ])('F38: a CRD with %s behind it becomes a module, within seconds and under 1 GB', async (_name, text, said) => {
    const cwd = folderWith({ 'a.yaml': `${crd('Foo')}${text}` });
    const { code, stderr, kibibytes, seconds } = await run('a.yaml', cwd);
    expect({ code, stderr: stderr.slice(0, 5000) }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(said) as string,
    });
    expect(stderr.length).toBeLessThan(5000);
    expect(kibibytes).toBeLessThan(1024 * 1024);
    expect(seconds).toBeLessThan(20);
  });

  it('a choice whose two branches ask for and refuse 50,000 fields becomes a module, within seconds and under 1 GB', async () => {
    const [some, others] = ['a', 'b'].map((letter) => Array.from({ length: 50_000 }, (_, i) => `${letter}${i}`));
    const branch = (asked: readonly string[] = [], refused: readonly string[] = []): object => ({
      required: asked,
      not: { anyOf: refused.map((name) => ({ required: [name] })) },
    });
    const properties = Object.fromEntries(
      [...(some ?? []), ...(others ?? [])].map((name) => [name, { type: 'string' }]),
    );
    const spec = { type: 'object', properties, anyOf: [branch(some, others), branch(others, some)] };
    const schema = JSON.stringify({ type: 'object', properties: { spec } });
    const cwd = folderWith({
      'a.yaml': crd('Foo').replace(/openAPIV3Schema:[^]*/, () => `openAPIV3Schema: ${schema}`),
    });
    const { code, kibibytes, seconds } = await run('a.yaml', cwd);
    expect({ code, isSmall: kibibytes < 1024 * 1024, isQuick: seconds < 20 }).toEqual({
      code: 0,
      isSmall: true,
      isQuick: true,
    });
  });

  const noSpec = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x }\n---\n`;
  const noPaths = '{"openapi":"3.0.0","info":{"title":"a","version":"b"},"paths":{}}\n---\n';
  it.each<[name: string, args: string[], piece: string, code: number]>([
    ['CRDs without a spec, as annotations', [], noSpec, 2],
    ['CRDs without a spec, to be served', ['serve'], noSpec, 2],
    ['OpenAPI documents', ['--paths'], noPaths, 0],
  ])('150,000 %s are no more than one call takes', async (_name, args, piece, code) => {
    const cwd = folderWith({ 'a.yaml': piece.repeat(150_000) });
    const env = { GITHUB_ACTIONS: 'true' };
    const ended = await runCli([...args, 'a.yaml'], { cwd, env });
    expect([ended.code, ended.stderr.filter((line) => /bug of kube-gen|RangeError/.test(line))]).toEqual([code, []]);
  });

  it('F38: an alias bomb is named before it grows', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`);
    const cwd = folderWith({ 'bomb.yaml': `kind: CustomResourceDefinition\na0: &a0 [x]\n${lines.join('\n')}\n` });
    const { code, stderr, kibibytes } = await run('bomb.yaml', cwd);
    expect(stderr).toContain('bomb.yaml: aliases blow the document up to');
    expect(code).toBe(2);
    expect(kibibytes).toBeLessThan(300 * 1024);
  });
});

/** What a run must not be; nothing when it ends in this one error. */
async function faultsOf(file: string, cwd: string, message: RegExp): Promise<unknown[]> {
  const { code, stderr, kibibytes, seconds } = await run(file, cwd);
  const isOneError = message.test(stderr) && stderr.includes('1 error: nothing was written') && code === 2;
  return [
    ...(isOneError ? [] : [{ code, stderr }]),
    ...(kibibytes < 1024 * 1024 ? [] : [{ kibibytes }]),
    ...(seconds < 20 ? [] : [{ seconds }]),
  ];
}

async function writeLarge(path: string, piece: string, size: number, { head = '', tail = '' } = {}): Promise<void> {
  const block = piece.repeat(Math.ceil((8 * mebi) / piece.length));
  const out = createWriteStream(path);
  out.write(head);
  for (let written = 0; written < size; written += block.length) if (!out.write(block)) await once(out, 'drain');
  out.end(tail);
  await once(out, 'finish');
}

async function run(
  file: string,
  cwd: string,
): Promise<{ code: unknown; stderr: string; kibibytes: number; seconds: number }> {
  const child = spawn(process.execPath, ['--import', measure, ...cliCommand, file], {
    cwd,
    env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.json` },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as unknown[];
  const [, memory, time] = /\nused (\d+) (\d+)$/.exec(stderr) ?? [];
  return { code, stderr, kibibytes: Number(memory), seconds: Number(time) / 1_000_000 };
}
