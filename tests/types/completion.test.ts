import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFooProject, fooModule } from './foo-project.js';
import { createLanguageService } from './language-service.js';

const spec = [
  'env',
  'exposure',
  'image',
  'note',
  'port',
  'replicas',
  'resources',
  'rollout',
  'settings',
  'tier',
] as const;
const events = ['added', 'change', 'deleted', 'desynced', 'status', 'synced', 'updated'] as const;

/** What a user is typing, where the caret stands (`▸`), and all that an editor offers there. */
const completions: readonly (readonly [code: string, offers: readonly string[]])[] = [
  ["foos.patch('a', { spec: { ▸ } });", spec],
  ["foos.patch('a', { spec: { ▸ } }, { namespace: 'x' });", spec],
  ["foos.patch('a', { spec: { env: [{ ▸ }] } });", ['fieldRef', 'name', 'secretKeyRef', 'value']],
  ["foos.patch('a', {}, { type: '▸' });", ['json', 'merge']],
  ["foos.patch('a', [{ ▸ }], { type: 'json' });", ['from', 'op', 'path', 'value']],
  [
    "foos.patch('a', {}, { ▸ });",
    ['dryRun', 'fieldManager', 'fieldValidation', 'namespace', 'signal', 'timeoutMs', 'type'],
  ],
  ["foos.apply({ metadata: { name: 'a' }, spec: { ▸ } }, { fieldManager: 'me' });", spec],
  [
    "foos.apply({ metadata: { name: 'a' }, spec: { exposure: { ▸ } } }, { fieldManager: 'me' });",
    ['ingress', 'loadBalancer'],
  ],
  ["foos.create({ metadata: { name: 'a' }, spec: { ▸ } });", spec],
  ['foos.create({ ▸ });', ['apiVersion', 'kind', 'metadata', 'spec', 'status']],
  ["const tier: FooManifest['spec'] = { image: 'a', tier: '▸' };", ['backend', 'batch', 'frontend']],
  ["reflector.by('▸');", ['image', 'owner']],
  ["reflector.on('▸');", events],
  ["reflector.on('▸', () => {});", events],
  ["reflector.on('added', (object, info) => { info.▸ });", ['initial']],
];

const head = `import { Foo, FooReflector, type FooManifest } from '${fooModule}';
import type { Cluster } from '@kube-gen/runtime/fetch';
declare const cluster: Cluster; declare const reflector: FooReflector<{ image: string; owner: string }>;
const foos = cluster.resource(Foo); export type { FooManifest }; void [foos, reflector];\n`;

describe('what an editor offers', () => {
  let folder: string;
  let service: ts.LanguageService;
  const nameOf = (i: number): string => `completion${i}.ts`;

  beforeAll(async () => {
    const files = completions.map(([code], i) => [nameOf(i), head + code.replace('▸', '')]);
    folder = await createFooProject(Object.fromEntries(files) as Record<string, string>);
    service = createLanguageService(
      folder,
      files.map(([file]) => file ?? ''),
    );
  });
  afterAll(() => {
    service.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(completions.map(([code, offers], i) => ({ code, offers, i })))(
    '$code: all that fits, and nothing else',
    ({ code, offers, i }) => {
      const at = head.length + code.indexOf('▸');
      const found = service.getCompletionsAtPosition(join(folder, nameOf(i)), at, undefined);
      const names = found?.entries.map(({ name }) => name) ?? [];
      expect(new Set(names)).toEqual(new Set(offers));
    },
  );
});
