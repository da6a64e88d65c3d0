import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobsOf } from './job.js';
import type { LoadedConfig } from './load-config.js';

const config = (targets: LoadedConfig['targets'], folder = '.'): LoadedConfig => ({
  file: 'kube-gen.config.json',
  folder,
  targets,
});

const messages = (...args: Parameters<typeof jobsOf>): readonly string[] => {
  const found = jobsOf(...args);
  return 'messages' in found ? found.messages : [];
};

describe('jobsOf', () => {
  it('fills in every default', () => {
    expect(jobsOf({ inputs: ['a'], given: {} }, undefined)).toEqual({
      jobs: [
        {
          inputs: ['a'],
          out: 'generated',
          include: [],
          exclude: [],
          versions: 'served',
          docs: true,
          paths: false,
          importExtension: 'js',
          templates: {},
        },
      ],
    });
  });

  it('reads a cluster or inputs, never both; what the command line names takes the place of either', () => {
    const here = { input: ['a'] };
    const live = { cluster: true, context: 'c', kubeconfig: 'k' };
    const jobs = (...args: Parameters<typeof jobsOf>): object => jobsOf(...args);
    expect(jobs({ inputs: [], given: { cluster: true, context: 'x' } }, config([here]))).toMatchObject({
      jobs: [{ inputs: [], cluster: { context: 'x', kubeconfig: undefined } }],
    });
    expect(jobs({ inputs: ['b'], given: {} }, config([live]))).toMatchObject({
      jobs: [{ inputs: ['b'], cluster: undefined }],
    });
    expect(jobs({ inputs: [], given: {} }, config([live], 'sub'))).toMatchObject({
      jobs: [{ cluster: { context: 'c', kubeconfig: 'sub/k' } }],
    });
    const both = ['inputs and a cluster exclude each other: a cluster tells everything itself'];
    expect(messages({ inputs: ['a'], given: { cluster: true } }, undefined)).toEqual(both);
    expect(messages({ inputs: [], given: {} }, config([{ ...here, ...live }]))).toEqual(both);
    expect(messages({ inputs: ['a'], given: { context: 'x' } }, undefined)).toEqual([
      '--context says which cluster to read: add --cluster (in a config file: cluster)',
    ]);
  });

  it('the command line wins over the config', () => {
    const found = jobsOf(
      { inputs: ['b'], given: { versions: 'all', out: 'y/' } },
      config([{ input: ['a'], out: 'x', versions: 'storage', docs: false }]),
    );
    expect(found).toMatchObject({ jobs: [{ inputs: ['b'], out: 'y', versions: 'all', docs: false }] });
  });

  it('paths of a config in another folder are relative to it', () => {
    const target = { input: ['crds', '../x/*.yaml', '/abs', 'https://a/b', '-'], templates: { module: 'm.hbs' } };
    expect(jobsOf({ inputs: [], given: {} }, config([target], 'sub'))).toMatchObject({
      jobs: [
        {
          inputs: ['sub/crds', 'x/*.yaml', '/abs', 'https://a/b', '-'],
          out: 'sub/generated',
          templates: { module: 'sub/m.hbs' },
        },
      ],
    });
  });

  it.each([
    ['y//', 'y'],
    ['./', '.'],
    ['/', '/.'],
    ['//', '/.'],
  ])('writes into %s, as %s: no path in it has two slashes in a row', (given, out) => {
    expect(jobsOf({ inputs: ['a'], given: { out: given } }, undefined)).toMatchObject({ jobs: [{ out }] });
  });

  it('says what makes no sense', () => {
    const two = config([
      { input: ['a'], out: 'x' },
      { input: ['a'], out: 'y' },
    ]);
    expect(messages({ inputs: [], given: {} }, undefined)[0]).toMatch(/^no input: name a file/);
    expect(messages({ inputs: ['a'], given: { out: 'z' } }, two)).toEqual([
      'kube-gen.config.json has 2 targets: inputs on the command line could mean any of them',
      'kube-gen.config.json has 2 targets: --out could mean any of them',
    ]);
    for (const [one, other] of [
      ['x', './x/'],
      ['x', 'x/y'],
      ['a/../x/y', 'x'],
      ['x', resolve('x')],
      ['.', 'x'],
    ] as const) {
      const nested = config([
        { input: ['a'], out: one },
        { input: ['a'], out: other },
      ]);
      expect(messages({ inputs: [], given: {} }, nested)[0]).toContain('each target needs its own');
    }
  });
});
