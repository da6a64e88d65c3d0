import { join } from 'node:path';
import { type ApiServer, startApiServer } from '@kube-gen/runtime/testing';
import { readYaml } from '@kube-gen/runtime/yaml';
import { describe, expect, it, onTestFinished } from 'vitest';
import { crd, filesIn, folderWith } from './folder.js';
import { type Finished, runCli } from './run-cli.js';
import { diffHere } from './run-diff-here.js';

/** An API server with CRDs, and a folder with its kubeconfig and other files. */
async function served(
  crds: readonly string[],
  files: Record<string, string> = {},
): Promise<{ server: ApiServer; cwd: string }> {
  const server = await startApiServer({ crds: crds.map((text) => readYaml(text) as object) });
  onTestFinished(() => server.stop());
  return { server, cwd: folderWith({ kubeconfig: server.kubeconfig, ...files }) };
}

const run = (cwd: string, ...args: string[]): Promise<Finished> =>
  runCli(['--cluster', '--kubeconfig', 'kubeconfig', ...args], { cwd });

describe('kube-gen --cluster on the embedded API server', () => {
  it('makes of its CRDs what their files make, and modules of its built-in kinds', async () => {
    const { cwd } = await served([crd('Foo'), crd('Bar')], {
      'crds/foo.yaml': crd('Foo'),
      'crds/bar.yaml': crd('Bar'),
    });
    expect((await run(cwd)).stderr.at(-1)).toMatch(
      /^1\d resources \(5 groups\) from the cluster -> generated\/: \d+ written/,
    );
    const made = filesIn(join(cwd, 'generated'));
    expect(made['core/v1/pod.ts']).toContain('class PodReflector');
    await runCli(['crds', '-o', 'from-files'], { cwd });
    const fromFiles = filesIn(join(cwd, 'from-files'));
    for (const path of ['example.dev/v1/foo.ts', 'example.dev/v1/bar.ts', 'example.dev/v1/index.ts'])
      expect(made[path]).toBe(fromFiles[path]);
    expect((await run(cwd, '--check')).code).toBe(0);
  });

  it('a server that refuses its CRDs, and one that is down, leave the output as it is', async () => {
    const { server, cwd } = await served([crd('Foo')]);
    expect((await run(cwd, '--include', 'example.dev/*')).code).toBe(0);
    const before = filesIn(cwd);
    const refusing = server.fault({ do: 'status', status: 403, match: { plural: 'customresourcedefinitions' } });
    const refused = await run(cwd);
    refusing[Symbol.dispose]();
    expect([refused.code, refused.stderr]).toEqual([
      2,
      [
        expect.stringMatching(/customresourcedefinitions: cannot be read: .*403.*--exclude 'example\.dev\/\*'$/),
        '1 error: nothing was written',
      ],
    ]);
    await server.stop();
    const down = await run(cwd);
    expect([down.code, down.stderr]).toEqual([
      2,
      [expect.stringContaining(server.url), '1 error: nothing was written'],
    ]);
    expect(filesIn(cwd)).toEqual(before);
  });

  it('patterns that leave out every group are an error, and remove nothing', async () => {
    const { server, cwd } = await served([crd('Foo')]);
    expect((await run(cwd, '--include', 'example.dev/*')).code).toBe(0);
    const before = filesIn(cwd);
    const { code, stderr } = await run(cwd, '--include', 'exmaple.dev/*');
    expect([code, stderr]).toEqual([
      2,
      [
        `cluster ${server.url}: has none of the groups that are asked for. Did you mean "example.dev/*"?`,
        '1 error: nothing was written',
      ],
    ]);
    expect(filesIn(cwd)).toEqual(before);
  });
});

describe('kube-gen diff with a cluster', () => {
  const changed = crd('Foo', 'integer');

  it('takes it as the new side or the old one, and compares only groups that the other side has', async () => {
    const { cwd } = await served([changed, crd('Bar')], { 'foo.yaml': crd('Foo') });
    const asNew = await diffHere(cwd, 'foo.yaml', '--cluster', '--kubeconfig', 'kubeconfig');
    expect(asNew).toMatchObject({
      code: 1,
      stderr: '',
      stdout: expect.stringContaining('Bar (example.dev/v1)\n  safe      Bar: new kind') as string,
    });
    expect(asNew.stdout).toContain('spec.size: type changed: optional string -> optional number');
    expect(asNew.stdout).toContain('1 breaking change, 1 safe change; 1 resource compared');
    const asOld = await diffHere(cwd, '--cluster', '--kubeconfig', 'kubeconfig', 'foo.yaml');
    expect(asOld.stdout).toContain('optional number -> optional string');
    expect(asOld.stdout).toContain('Bar: kind removed');
    expect(asOld.stdout).toContain('2 breaking changes, 0 safe changes; 1 resource compared');
    const json = await diffHere(cwd, '--cluster', '--kubeconfig', 'kubeconfig', 'foo.yaml', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ old: '--cluster', new: 'foo.yaml', exitCode: 1, compared: 1 });
  });

  it('takes what --include and --exclude say instead', async () => {
    const { cwd } = await served([changed, crd('Bar')], { 'foo.yaml': crd('Foo') });
    const kubeconfig = ['--kubeconfig', 'kubeconfig'];
    const only = await diffHere(
      cwd,
      '--cluster',
      'foo.yaml',
      ...kubeconfig,
      '--exclude',
      '*/Bar',
      '--exclude',
      'apps/*',
    );
    expect([only.code, only.stderr, only.stdout]).toEqual([
      1,
      '',
      expect.stringContaining('1 breaking change, 0 safe'),
    ]);
    const more = await diffHere(
      cwd,
      '--cluster',
      'foo.yaml',
      ...kubeconfig,
      '--include',
      '*/Foo',
      '--include',
      'apps/*',
    );
    expect(more.stdout).toContain('Deployment: kind removed');
    expect(more.stdout).not.toContain('Bar');
  });

  it('says what is wrong with either side', async () => {
    const { server, cwd } = await served([changed], { 'bar.yaml': crd('Bar').replaceAll('example.dev', 'other.dev') });
    const kubeconfig = ['--kubeconfig', 'kubeconfig'];
    expect(await diffHere(cwd, 'bar.yaml', '--cluster', ...kubeconfig)).toEqual({
      code: 2,
      stdout: '',
      stderr: `cluster ${server.url}: has none of the groups that are asked for\n`,
    });
    expect(await diffHere(cwd, 'nope.yaml', '--cluster', ...kubeconfig)).toMatchObject({
      code: 2,
      stderr: 'nope.yaml: no such file or folder\n',
    });
    await server.stop();
    expect(await diffHere(cwd, 'bar.yaml', '--cluster', ...kubeconfig)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(server.url) as string,
    });
  });
});
