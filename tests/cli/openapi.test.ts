import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smallOpenApi } from '../support/small-openapi.js';
import { crd, filesIn, folderWith } from './folder.js';
import { runCli } from './run-cli.js';

const kubernetes = smallOpenApi([{ kind: 'Deployment', schema: { type: 'object' } }], {}, { v: 3 });
const foreign = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: { '/pets': { get: { responses: { 200: { description: '' } } } } },
};

/** Demands exit code 2 and that nothing was written, and gives back what was said. */
async function refused(args: readonly string[], files: Record<string, string>): Promise<string[]> {
  const cwd = folderWith(files);
  const { code, stderr } = await runCli(args, { cwd });
  expect({ code, written: existsSync(join(cwd, 'generated')) }).toEqual({ code: 2, written: false });
  return stderr;
}

describe('kube-gen --paths', () => {
  it('writes openapi.ts, knows it as its own, and removes it when it is not asked for any more', async () => {
    const cwd = folderWith({ 'k8s.json': kubernetes, 'pets.json': JSON.stringify(foreign) });
    const first = await runCli(['k8s.json', 'pets.json', '--paths'], { cwd });
    expect(first.code).toBe(0);
    expect(filesIn(join(cwd, 'generated'))['openapi.ts']).toContain('"/pets": {');
    const again = await runCli(['k8s.json', 'pets.json', '--paths', '--check'], { cwd });
    expect(again.code).toBe(0);
    expect((await runCli(['k8s.json'], { cwd })).stderr.at(-1)).toContain('1 removed');
    expect(filesIn(join(cwd, 'generated'))).not.toHaveProperty('openapi.ts');
  });

  it('makes only openapi.ts of a document that is not from Kubernetes, which is an error without --paths', async () => {
    const files = { 'pets.json': JSON.stringify(foreign) };
    const cwd = folderWith(files);
    const { code, stderr } = await runCli(['pets.json', '--paths'], { cwd });
    expect([code, Object.keys(filesIn(join(cwd, 'generated')))]).toEqual([0, ['.kube-gen.json', 'openapi.ts']]);
    expect(stderr.at(-1)).toMatch(/^1 file -> generated\/: 1 written/);
    expect((await refused(['pets.json'], files))[0]).toContain('no Kubernetes API server made');
  });

  it('without an OpenAPI document is an error, and so is one that is broken, of an unknown version or leads elsewhere', async () => {
    expect((await refused(['foo.yaml', '--paths'], { 'foo.yaml': crd('Foo') }))[0]).toContain(
      'there is no OpenAPI document',
    );
    expect((await refused(['a.json', '--paths'], { 'a.json': kubernetes.slice(0, 300) }))[0]).toMatch(/^a\.json:\d+: /);
    const version = JSON.stringify({ ...foreign, openapi: '4.0.0' });
    expect((await refused(['a.json', '--paths'], { 'a.json': version }))[0]).toContain('kube-gen reads 2.0 and 3.x');
    for (const $ref of ['file:///etc/passwd', 'b.json', 'http://127.0.0.1:1/']) {
      const leading = JSON.stringify({ ...foreign, components: { schemas: { A: { $ref } } } });
      const said = await refused(['a.json', '--paths'], { 'a.json': leading, 'b.json': '{}' });
      expect(said[0]).toContain('leads out of this document');
    }
  });
});

describe('JSON Schemas', () => {
  const schema = (properties: object): string =>
    JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', properties });

  it('become interfaces beside the modules of CRDs, and go when their schema goes', async () => {
    const cwd = folderWith({
      'chart/values.schema.json': schema({ a: { $ref: 'part.json' } }),
      'chart/part.json': '{ "type": "string" }',
      'chart/crds/foo.yaml': crd('Foo'),
    });
    const { code, stderr } = await runCli(['chart'], { cwd });
    expect([code, stderr.at(-1)]).toEqual([0, expect.stringContaining('4 written')]);
    expect(filesIn(join(cwd, 'generated'))['values.ts']).toMatch(/export interface Values \{[^]*a\?: /);
    expect((await runCli(['chart', '--check'], { cwd })).code).toBe(0);
    expect((await runCli(['chart/crds'], { cwd })).stderr.at(-1)).toContain('1 removed');
  });

  it('with references to files that were not named, out of the folder, or through a link out of it, are refused', async () => {
    const files = {
      'chart/values.schema.json': schema({ a: { $ref: 'b.json' } }),
      'chart/b.json': '{"type":"string"}',
    };
    expect((await refused(['chart/values.schema.json'], files))[0]).toContain('not in the folder that was named');
    const up = { 'chart/values.schema.json': schema({ a: { $ref: '../b.json' } }), 'b.json': '{"type":"string"}' };
    expect((await refused(['chart'], up))[0]).toContain('not in the folder that was named');
    const cwd = folderWith({
      'chart/values.schema.json': schema({ a: { $ref: 'b.json' } }),
      'b.json': '{"type":"string"}',
    });
    symlinkSync('../b.json', join(cwd, 'chart/b.json'));
    const { code, stderr } = await runCli(['chart'], { cwd });
    expect([code, stderr[0]]).toEqual([
      2,
      'chart/values.schema.json:1: properties.a.$ref: "b.json" is not followed: the file is a link that leads out of the folder that was named. Put a copy of it there instead.',
    ]);
    const broken = { 'values.schema.json': schema({}).slice(0, -4) };
    expect((await refused(['values.schema.json'], broken))[0]).toMatch(/^values\.schema\.json:1: /);
  });
});

describe('kube-gen --cluster', () => {
  it('that is down is an error, and so are inputs beside it and a context without it', async () => {
    const kubeconfig = JSON.stringify({
      kind: 'Config',
      'current-context': 'a',
      contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
      clusters: [{ name: 'a', cluster: { server: 'http://127.0.0.1:1' } }],
      users: [{ name: 'a', user: {} }],
    });
    const down = await refused(['--cluster', '--kubeconfig', 'k'], { k: kubeconfig });
    expect(down).toEqual([expect.stringMatching(/^kube-gen: .*127\.0\.0\.1:1/), '1 error: nothing was written']);
    expect((await refused(['--cluster', '--kubeconfig', 'missing'], {}))[0]).toContain('missing');
    expect((await refused(['a.yaml', '--cluster'], {}))[0]).toContain('inputs and a cluster exclude each other');
    expect((await refused(['--context', 'a'], {}))[0]).toContain('add --cluster');
  });
});
