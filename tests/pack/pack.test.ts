import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const crd = join(root, 'examples/foo-service/crds/foo.yaml');

/** Runs a program and returns what it prints on stdout; its stderr stands in the error. */
function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
}

function project(name: string, ...tarballs: string[]): string {
  const dir = mkdtempSync(join(tmpdir(), `kube-gen-${name}-`));
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs], dir);
  return dir;
}

// npm installs from the registry: on a slow day that takes longer than any other test.
describe('the packed packages', { timeout: 180_000 }, () => {
  let tarballs: string;
  const packed: Record<string, string> = {};
  const made: string[] = [];

  beforeAll(() => {
    tarballs = mkdtempSync(join(tmpdir(), 'kube-gen-pack-'));
    made.push(tarballs);
    const json = run(
      'npm',
      [
        'pack',
        '--json',
        '--ignore-scripts',
        '--pack-destination',
        tarballs,
        '--workspace',
        'runtime',
        '--workspace',
        'generated',
        '--include-workspace-root',
      ],
      root,
    );
    const answer = JSON.parse(json) as Record<string, { name: string; filename: string }>;
    for (const { name, filename } of Object.values(answer)) packed[name] = join(tarballs, filename);
  });
  afterAll(() => {
    for (const dir of made) rmSync(dir, { recursive: true, force: true });
  });

  it('the runtime alone installs with at most one dependency and starts', () => {
    const dir = project('runtime-alone', packed['@kube-gen/runtime'] ?? '');
    made.push(dir);
    const { dependencies } = JSON.parse(
      readFileSync(join(dir, 'node_modules/@kube-gen/runtime/package.json'), 'utf8'),
    ) as { dependencies: object };
    expect(Object.keys(dependencies)).toEqual(['js-yaml']);
    writeFileSync(
      join(dir, 'use.mjs'),
      `import { connect, Reflector, isKubeError } from '@kube-gen/runtime';
       import '@kube-gen/runtime/codegen1';
       import '@kube-gen/runtime/fetch';
       import '@kube-gen/runtime/openapi';
       import '@kube-gen/runtime/testing';
       const cluster = await connect({ server: 'http://127.0.0.1:1' });
       console.log(typeof Reflector, isKubeError(new Error()), cluster.server);`,
    );
    expect(run('node', ['use.mjs'], dir).trim()).toBe('function false http://127.0.0.1:1');
    // A name that projects give to a condition of their own for their own sources.
    expect(run('node', ['--conditions=source', 'use.mjs'], dir).trim()).toBe('function false http://127.0.0.1:1');
    writeFileSync(join(dir, 'use.cjs'), `console.log(typeof require('@kube-gen/runtime').connect);`);
    expect(run('node', ['use.cjs'], dir).trim()).toBe('function');
  });

  it('both together generate, compile and watch in an empty project', () => {
    const dir = project(
      'together',
      packed['@kube-gen/runtime'] ?? '',
      packed['@kube-gen/kinds'] ?? '',
      packed['kube-gen'] ?? '',
      'typescript@5.9.3',
      '@types/node@20',
    );
    made.push(dir);
    cpSync(crd, join(dir, 'foo.yaml'));
    run('npx', ['kube-gen', 'foo.yaml'], dir);
    mkdirSync(join(dir, 'src'));
    writeFileSync(join(dir, 'src/app.ts'), app);
    writeFileSync(join(dir, 'src/make.ts'), make);
    const flags = [
      '--strict',
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
      '--verbatimModuleSyntax',
      '--isolatedModules',
      '--erasableSyntaxOnly',
    ];
    const compile = ['tsc', ...flags, '--skipLibCheck', 'false', '--target', 'es2022', '--module', 'nodenext'];
    compile.push('--types', 'node', '--outDir', 'out', '--rootDir', '.', 'src/app.ts', 'src/make.ts');
    run('npx', compile, dir);
    // Node's own types change with it: those of the newest are taken as well as those of the oldest.
    run('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '@types/node@25'], dir);
    run('npx', [...compile, '--noEmit'], dir);
    expect(run('node', ['out/src/app.js'], dir).trim()).toBe('added first');
    expect(run('node', ['out/src/make.js'], dir).trim()).toBe('example.kube-gen.dev/v1/foo.ts');
    expect(run('node', ['--conditions=source', 'out/src/make.js'], dir).trim()).toBe('example.kube-gen.dev/v1/foo.ts');

    // As projects from before \`exports\` are compiled: CommonJS, and modules looked for in folders.
    writeFileSync(join(dir, 'src/old.ts'), old);
    const commonJs = ['--module', 'commonjs', '--moduleResolution', 'node10', '--target', 'es2022', '--types', 'node'];
    run('npx', ['tsc', ...flags.slice(0, 3), ...commonJs, '--outDir', 'old', '--rootDir', '.', 'src/old.ts'], dir);
    writeFileSync(join(dir, 'old/package.json'), '{ "type": "commonjs" }');
    expect(run('node', ['old/src/old.js'], dir).trim()).toBe('shop:1 string Pod');
  });

  it('every command of kube-gen runs, and every file of it is JavaScript to this Node', async () => {
    const dir = project('commands', packed['@kube-gen/runtime'] ?? '', packed['kube-gen'] ?? '');
    made.push(dir);
    cpSync(crd, join(dir, 'foo.yaml'));
    const home = join(dir, 'node_modules/kube-gen/dist');
    const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) run('node', ['--check', join(home, file)], dir);

    const server = spawn('node', [join(home, 'cli/main.js'), 'serve', 'foo.yaml', '--json'], { cwd: dir });
    let said = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const told = await Promise.race([once(server.stdout, 'data'), once(server, 'close').then(() => [said])]);
    const { kubeconfig } = JSON.parse(String(told[0])) as { kubeconfig: string };
    run('npx', ['kube-gen', '--cluster', '--kubeconfig', kubeconfig, '-o', 'src/generated'], dir);
    expect(run('npx', ['kube-gen', 'diff', 'foo.yaml', 'foo.yaml'], dir)).toContain('no change');
    server.kill('SIGINT');
    expect(await once(server, 'close')).toEqual([0, null]);

    writeFileSync(
      join(dir, 'src/app.ts'),
      `import { connect } from '@kube-gen/runtime';
       import { FooReflector } from './generated/example.kube-gen.dev/v1/foo.js';
       await new FooReflector(await connect()).ready();`,
    );
    writeFileSync(join(dir, 'tsconfig.json'), '{ "compilerOptions": { "module": "nodenext" }, "include": ["src"] }');
    expect(run('npx', ['kube-gen', 'rbac'], dir)).toContain('# list, watch foos: src/app.ts:3');
    expect(run('npx', ['kube-gen', 'completion', 'bash'], dir)).toContain('complete');
  });
});

const make = `
import { readFileSync } from 'node:fs';
import { defineConfig, generate, type Config, type GenerateResult } from 'kube-gen';

export const config: Config = defineConfig({ input: 'foo.yaml', templates: { module: 'module.hbs' } });
const result: GenerateResult = await generate([{ file: 'foo.yaml', text: readFileSync('foo.yaml', 'utf8') }]);
console.log(result.files.map((file) => file.path).find((path) => path.endsWith('foo.ts')));
`;

const old = `
import { Pod, type PodManifest } from '@kube-gen/kinds/core/v1/pod';
import type { Container } from '@kube-gen/kinds/core/v1';
import { isKubeError, type Cluster } from '@kube-gen/runtime';
import { createCluster } from '@kube-gen/runtime/fetch';
import { typedRequest } from '@kube-gen/runtime/openapi';
import { startApiServer } from '@kube-gen/runtime/testing';
import { readYaml } from '@kube-gen/runtime/yaml';
import { Foo, FooReflector } from '../generated/example.kube-gen.dev/v1/foo';

async function main(): Promise<void> {
  const server = await startApiServer({ crds: ['foo.yaml'] });
  const cluster: Cluster = await server.connect();
  const foos = new FooReflector(cluster, { indexes: { image: (foo) => foo.spec.image } });
  await foos.ready();
  await cluster.resource(Foo).create({ metadata: { name: 'shop', namespace: 'apps' }, spec: { image: 'shop:1' } });
  const foo = await foos.waitFor((one) => one !== undefined, { name: 'shop', namespace: 'apps', timeoutMs: 10_000 });
  const image: string | undefined = foo?.spec.image;
  const name: Container['name'] | undefined = undefined;
  const pod: PodManifest | undefined = undefined;
  console.log(image, typeof foo?.metadata.uid, Pod.kind);
  if (isKubeError(name) || pod !== undefined) console.log(createCluster, typedRequest, readYaml);
  await cluster.close();
  await server.stop();
}
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
`;

const app = `
import { connect } from '@kube-gen/runtime';
import { startApiServer } from '@kube-gen/runtime/testing';
import { FooReflector } from '../generated/example.kube-gen.dev/v1/foo.js';

const server = await startApiServer({ crds: ['foo.yaml'] });
const cluster = await connect({ server: server.url });
const foos = new FooReflector(cluster);
await foos.ready({ timeoutMs: 20_000 });
const api = '/apis/example.kube-gen.dev/v1/namespaces/default/foos';
foos.on('added', (foo) => {
  console.log('added', foo.metadata.name);
  void foos.stop().then(() => cluster.close()).then(() => server.stop());
});
await cluster.request({ method: 'POST', path: api, body: { apiVersion: 'example.kube-gen.dev/v1', kind: 'Foo', metadata: { name: 'first' }, spec: JSON.parse(process.env['FOO_SPEC'] ?? '{"image":"nginx:1.29"}') } });
`;
