import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../generator/generate.js';
import { crdManifest } from '../support/crd-manifest.js';
import { compile, writeProject } from '../support/type-check.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Pages whose blocks are programs of their own. */
const pages = [
  'README.md',
  'runtime/README.md',
  'generated/README.md',
  'docs/guide/built-in-kinds.md',
  'docs/guide/connecting.md',
  'docs/guide/in-your-app.md',
  'docs/guide/json-schema.md',
  'docs/guide/observability.md',
];

/** What a reader of these pages has around a block. A block that declares or imports a name itself means its own. */
const around = `
/// <reference types="node" />
type Runtime = typeof import('@kube-gen/runtime');
declare const connect: Runtime['connect'];
declare const cluster: import('@kube-gen/runtime').Cluster;
declare const server: import('@kube-gen/runtime/testing').ApiServer;
declare const PodReflector: typeof import('@kube-gen/kinds/core/v1/pod').PodReflector;
declare const foo: import('./generated/example.dev/v1/foo.js').Foo;
declare const foos: import('./generated/example.dev/v1/foo.js').FooReflector;
declare const ca: string, cert: string, key: string;
declare const vault: { read(name: string): Promise<string> };
declare const kubeConfig: Parameters<Runtime['fromClientNode']>[0];
declare const app: { get(path: string, answer: (c: Answers) => Response): void };
declare module 'server-only';
declare module 'express' {
  interface Asked {
    params: { namespace: string; name: string };
  }
  interface Answer {
    status(code: number): Answer;
    end(): void;
    json(body: unknown): void;
  }
  interface App {
    get(path: string, handler: (request: Asked, response: Answer) => void): void;
    listen(port: number): import('node:http').Server;
  }
  export default function express(): App;
}
interface Answers {
  json(body: unknown, status: number): Response;
  text(body: string, status: number, headers: Record<string, string>): Response;
}
`;

/** Real CRDs leave `spec` optional more often than not. */
const crds = [
  crd({ group: 'cert-manager.io', kind: 'Certificate', spec: { issuerRef: text('name') }, required: [] }),
  crd({ group: 'example.dev', kind: 'Foo', spec: { size: { type: 'integer' } }, required: ['spec'] }),
];
const values = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { image: text('repository'), replicas: { type: 'integer' } },
};

function text(name: string): object {
  return { type: 'object', required: [name], properties: { [name]: { type: 'string' } } };
}

function crd({
  group,
  kind,
  spec,
  required,
}: {
  group: string;
  kind: string;
  spec: object;
  required: string[];
}): object {
  const properties = {
    spec: { type: 'object', required: Object.keys(spec), properties: spec },
    status: { type: 'object', properties: { phase: { type: 'string' } } },
  };
  return crdManifest(kind, { type: 'object', required, properties }, { group });
}

/** Each block of a page as a module. */
function programsOf(page: string): { path: string; content: string }[] {
  const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)];
  const name = page.replace(/\W/g, '-');
  // Next.js wants imports without an extension, this compiler with one.
  const modules = blocks.map(([, code = '']) => code.replace("/v1/foo';", "/v1/foo.js';"));
  return modules.map((code, i) => ({ path: `${name}-${i}.ts`, content: `${code}\nexport {};\n` }));
}

describe.each(pages)('%s', (page) => {
  const programs = programsOf(page);
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kube-gen-pages-'));
    const sources = crds.map((one, i) => ({ file: `${i}.json`, text: JSON.stringify(one) }));
    const made = await generate([...sources, { file: 'values.schema.json', text: JSON.stringify(values) }]);
    if (made.diagnostics.length > 0) throw new Error(JSON.stringify(made.diagnostics));
    writeProject(folder, [
      ...made.files.map(({ path, content }) => ({ path: `generated/${path}`, content })),
      ...programs,
      { path: 'around.d.ts', content: around },
    ]);
    mkdirSync(join(folder, 'node_modules'));
    for (const one of ['@kube-gen', '@types'])
      symlinkSync(join(root, 'node_modules', one), join(folder, 'node_modules', one));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('every snippet compiles', async () => {
    expect(programs.length).toBeGreaterThan(0);
    const include = ['around.d.ts', ...programs.map(({ path }) => path)];
    expect(await compile(folder, { compiler: 'typescript7', include, runtime: 'declarations' })).toEqual([]);
  });
});
