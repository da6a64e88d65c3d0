import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { crdManifest } from '../support/crd-manifest.js';
import { addFiles, crd, folderWith } from './folder.js';
import { repository } from './repository.js';
import { runCli } from './run-cli.js';
import { diffHere } from './run-diff-here.js';

const schema = JSON.parse(readFileSync(new URL('../../schemas/diff.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv({ strict: false }).compile(schema);

/** A CRD, as JSON, with this schema as its `spec`. */
function crdWith(spec: object): string {
  return JSON.stringify(crdManifest('Foo', { type: 'object', properties: { spec } }));
}

function object(properties: object, required?: string[]): object {
  return { type: 'object', properties, ...(required === undefined ? {} : { required }) };
}

describe('kube-gen diff', () => {
  it('counts resources as kube-gen does, and their versions where there are more', async () => {
    const one = crdManifest('Foo', { type: 'object' });
    const schema = { openAPIV3Schema: { type: 'object' } };
    const versions = ['v1', 'v2'].map((name) => ({ name, served: true, storage: name === 'v1', schema }));
    const cwd = folderWith({ 'two.yaml': JSON.stringify({ ...one, spec: { ...one.spec, versions } }) });
    expect((await diffHere(cwd, 'two.yaml', 'two.yaml')).stdout).toBe(
      'no change for TypeScript users; 1 resource in 2 versions compared\n',
    );
  });

  it('exits 0 without a change, 1 with a breaking one, 2 for a bad input', async () => {
    const cwd = folderWith({ 'a.yaml': crd('Foo'), 'b.yaml': crd('Foo', 'integer'), 'bad.yaml': crd('Foo', 'strng') });
    expect(await diffHere(cwd, 'a.yaml', 'a.yaml')).toEqual({
      code: 0,
      stdout: 'no change for TypeScript users; 1 resource compared\n',
      stderr: '',
    });
    expect(await runCli(['diff', 'a.yaml', 'b.yaml'], { cwd })).toMatchObject({
      code: 1,
      stdout: `Foo (example.dev/v1)
  BREAKING  spec.size: type changed: optional string -> optional number
            objects read, manifests written: Adapt to the new type wherever it is read and in the manifests that you write.

1 breaking change, 0 safe changes; 1 resource compared
`,
    });
    const { code, stdout, stderr } = await runCli(['diff', 'a.yaml', 'bad.yaml'], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.join()).toContain('bad.yaml:21: ');
    expect(await diffHere(cwd, 'nope.yaml', 'gone.yaml')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'nope.yaml: no such file or folder\ngone.yaml: no such file or folder\n',
    });
  });

  it('a safe change exits 0', async () => {
    const cwd = folderWith({ 'old/a.yaml': crd('Foo'), 'new/a.yaml': crd('Foo'), 'new/b.yaml': crd('Bar') });
    const { code, stdout } = await diffHere(cwd, 'old', 'new');
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('Bar (example.dev/v1)\n  safe      Bar: new kind\n') as string,
    ]);
  });

  it('says of a part of the definition whether it came or went', async () => {
    const status = (yes: boolean): string =>
      crd('Foo').replace('      schema:', `      subresources: { ${yes ? 'status: {}' : ''} }\n      schema:`);
    const cwd = folderWith({ 'no.yaml': status(false), 'yes.yaml': status(true) });
    expect((await diffHere(cwd, 'no.yaml', 'yes.yaml')).stdout).toContain(
      'BREAKING  subresources.status: added: true\n',
    );
    expect((await diffHere(cwd, 'yes.yaml', 'no.yaml')).stdout).toContain(
      'BREAKING  subresources.status: removed: true\n',
    );
  });

  it('compares with a commit, and says what git does not know', async () => {
    const cwd = repository({ 'crds/deep/foo.yaml': crd('Foo') });
    addFiles(cwd, { 'crds/deep/foo.yaml': crd('Foo', 'integer') });
    const changed = await diffHere(cwd, 'git:HEAD:crds', 'crds');
    expect([changed.code, changed.stdout]).toEqual([1, expect.stringContaining('spec.size: type changed') as string]);
    const unknown = await diffHere(cwd, 'git:nope:crds', 'crds');
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      'git:nope:crds: git knows no "nope" here (a shallow clone lacks most: fetch it first)\n',
    ]);
  });

  it('--json keeps to schemas/diff.schema.json, whatever happens', async () => {
    const cwd = folderWith({ 'a.yaml': crd('Foo'), 'b.yaml': crd('Foo', 'integer'), 'bad.yaml': crd('Foo', 'strng') });
    const report = async (old: string, now: string): Promise<Record<string, unknown>> => {
      const { stdout } = await diffHere(cwd, old, now, '--json');
      const read = JSON.parse(stdout) as Record<string, unknown>;
      expect([validate(read), validate.errors]).toEqual([true, null]);
      return read;
    };
    expect(await report('a.yaml', 'b.yaml')).toMatchObject({
      diff: 1,
      exitCode: 1,
      counts: { breaking: 1, safe: 0 },
      changes: [
        {
          kind: 'Foo',
          path: 'spec.size',
          change: 'type',
          breaking: true,
          breaks: ['reads', 'writes'],
          old: { type: 'string', optional: true },
          new: { type: 'number', optional: true },
        },
      ],
    });
    expect(await report('a.yaml', 'a.yaml')).toMatchObject({ exitCode: 0, changes: [], compared: 1 });
    expect(await report('a.yaml', 'bad.yaml')).toMatchObject({ exitCode: 2, changes: [], diagnostics: [{ line: 21 }] });
  });

  it('repeats no secret of a URL, in no format', async () => {
    const server = createServer((_request, response) => response.end(crd('Foo')));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const cwd = folderWith({ 'a.yaml': crd('Foo') });
    try {
      const url = `http://127.0.0.1:${port}/a.yaml?token=secret`;
      for (const words of [['--json'], ['--format', 'markdown'], []]) {
        const { code, stdout } = await diffHere(cwd, url, 'a.yaml', ...words);
        expect([code, stdout.includes('secret')]).toEqual([0, false]);
      }
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('--format markdown is a comment whose tables no text of a CRD can break', async () => {
    const evil = crd('Foo').replace('size:', '"a|b`c\\n<img>":');
    const cwd = folderWith({ 'a.yaml': crd('Foo'), 'b.yaml': evil });
    const { stdout } = await diffHere(cwd, 'a.yaml', 'b.yaml', '--format', 'markdown');
    expect(stdout).toContain('## What changed for TypeScript users\n');
    expect(stdout).toContain(
      '| **breaking** (objects read, manifests written) | `spec.size` | removed | `optional string` |  |',
    );
    const added = stdout.split('\n').filter((line) => line.includes('added'));
    expect(added).toHaveLength(1);
    expect(added[0]?.split(/(?<!\\)\|/)).toHaveLength(8);
  });

  it('docs/guide/diff.md shows what it prints', async () => {
    const guide = readFileSync(new URL('../../docs/guide/diff.md', import.meta.url), 'utf8');
    const spec = (members: string[], required?: string[], more?: object): object => {
      const backend = object({ port: { type: 'integer' } }, required);
      const rules = { type: 'array', items: object({ backend }) };
      return object({ mode: { type: 'string', enum: members }, rules, ...more });
    };
    const cwd = folderWith({
      'old.json': crdWith(spec(['A', 'B'])),
      'new.json': crdWith(spec(['A', 'B', 'C'], ['port'], { paused: { type: 'boolean' } })),
    });
    const { code, stdout } = await diffHere(cwd, 'old.json', 'new.json');
    expect(code).toBe(1);
    expect(guide).toContain(`\`\`\`text\n${stdout}\`\`\``);
  });
});
