import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { openWatchProbe, probe } from '../../../tests/support/api-probe.js';
import { embeddedServer } from '../../../tests/support/embedded-server.js';
import { gate } from '../../../tests/support/hub-scene.js';
import { defineResource, type KubernetesObject } from '../resource.js';
import { readYaml } from '../yaml/index.js';
import type { ApiServerOptions, ServedRequest } from './api-server-options.js';
import type { ApiServer } from './api-server.js';

const Foo = defineResource<KubernetesObject & { readonly spec: { readonly size: number } }, object>()({
  group: 'example.dev',
  version: 'v1',
  kind: 'Foo',
  plural: 'foos',
  singular: 'foo',
  listKind: 'FooList',
  scope: 'Namespaced',
  shortNames: [],
  categories: [],
  subresources: { status: true },
  printerColumns: [],
  selectableFields: [],
});

const barCrd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'bars.example.dev' },
  spec: {
    group: 'example.dev',
    names: { kind: 'Bar', plural: 'bars' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { size: { type: 'integer', default: 3 } } } },
          },
        },
      },
    ],
  },
};

const foo = (name: string, size = 1): object => ({
  apiVersion: 'example.dev/v1',
  kind: 'Foo',
  metadata: { name },
  spec: { size },
});
const foos = '/apis/example.dev/v1/namespaces/apps/foos';

function start(options: ApiServerOptions = {}): Promise<ApiServer> {
  return embeddedServer({ kinds: [Foo], ...options });
}

describe('startApiServer', () => {
  it('takes CRDs as objects and as files, and serves their kinds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'embedded-'));
    try {
      const file = join(folder, 'crd.yaml');
      await writeFile(file, `# nothing\n---\n${JSON.stringify(barCrd)}\n---\nkind: ConfigMap\n`);
      for (const source of [barCrd, file]) {
        const server = await start({ crds: [source] });
        const made = await probe(server, {
          path: '/apis/example.dev/v1/bars',
          body: { apiVersion: 'example.dev/v1', kind: 'Bar', metadata: { name: 'a' }, spec: {} },
        });
        expect([made.status, made.body.spec]).toEqual([201, { size: 3 }]);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('takes a v1beta1 CRD, whose one schema counts for each version', async () => {
    const { versions: _, ...spec } = barCrd.spec;
    const server = await start({
      crds: [
        {
          ...barCrd,
          apiVersion: 'apiextensions.k8s.io/v1beta1',
          spec: { ...spec, version: 'v1', preserveUnknownFields: false, validation: barCrd.spec.versions[0]?.schema },
        },
      ],
    });
    const made = await probe(server, {
      path: '/apis/example.dev/v1/bars',
      body: { apiVersion: 'example.dev/v1', kind: 'Bar', metadata: { name: 'a' }, spec: { odd: 1 } },
    });
    expect(made.body.spec).toEqual({ size: 3 });
  });

  it.each([
    ['a file that is not there', { crds: ['/no/such/crd.yaml'] }, /no\/such\/crd\.yaml/],
    ['a document that is no CRD', { crds: [{ kind: 'Pod' }] }, /no CustomResourceDefinition/],
    ['a CRD that cannot be served', { crds: [{ ...barCrd, metadata: { name: 'other' } }] }, /spec\.names\.plural/],
    ['an object of an unknown kind', { objects: [{ apiVersion: 'x.dev/v1', kind: 'X' }] }, /does not know the kind/],
    [
      'an object that its schema refuses',
      {
        crds: [barCrd],
        objects: [{ apiVersion: 'example.dev/v1', kind: 'Bar', metadata: { name: 'a' }, spec: { size: 'x' } }],
      },
      /must be of type integer/,
    ],
  ])('refuses %s with a usage error', async (_, options, message) => {
    await expect(start(options)).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
  });

  it('says which port is taken', async () => {
    const server = await start();
    const port = Number(new URL(server.url).port);
    await expect(start({ port })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(String(port)),
    });
  });

  it('has the objects it was given, with their status, and tells them through objects()', async () => {
    const server = await start({ objects: [{ ...foo('a', 7), status: { phase: 'Ready' } }] });
    expect(server.objects(Foo)).toMatchObject([
      { metadata: { name: 'a', namespace: 'default' }, spec: { size: 7 }, status: { phase: 'Ready' } },
    ]);
    await probe(server, { path: foos, body: foo('b') });
    expect(server.objects(Foo).map((each) => each.metadata.name)).toEqual(['b', 'a']);
    expect(server.objects({ ...Foo, plural: 'others' })).toEqual([]);
  });

  it('lets in who has a token, and nobody else', async () => {
    const tokens = ['first', 'second'];
    const server = await start({ auth: { tokens } });
    const ask = async (token?: string) =>
      (await probe(token === undefined ? server : { url: server.url, token }, { path: foos })).status;
    expect([await ask(), await ask('wrong'), await ask('first'), await ask('second')]).toEqual([401, 401, 200, 200]);
    tokens.pop();
    expect(await ask('second')).toBe(401);
    expect((await probe(server, { path: '/readyz' })).status).toBe(200);
  });

  it('tells of each request as its answer begins, and of a watch when it opens', async () => {
    const told: ServedRequest[] = [];
    const server = await start({ onRequest: (request) => told.push(request) });
    await probe(server, { path: foos, body: foo('a') });
    await probe(server, { path: `${foos}/b` });
    await openWatchProbe(server, `${foos}?watch=1`);
    server.fault({ do: 'drop', times: 1 });
    await expect(probe(server, { path: foos })).rejects.toThrow('socket hang up');
    expect(told).toEqual([
      { method: 'POST', path: foos, status: 201 },
      { method: 'GET', path: `${foos}/b`, status: 404 },
      { method: 'GET', path: `${foos}?watch=1`, status: 200 },
      { method: 'GET', path: foos, status: undefined },
    ]);
  });

  it('tells how to reach it in a kubeconfig', async () => {
    const server = await start({ auth: { tokens: ['se"cret'] } });
    expect(readYaml(server.kubeconfig)).toMatchObject({
      'current-context': 'kube-gen',
      clusters: [{ cluster: { server: server.url } }],
      users: [{ user: { token: 'se"cret' } }],
    });
    expect(readYaml((await start()).kubeconfig)).toMatchObject({ users: [{ user: {} }] });
  });

  it('connects a cluster to itself', async () => {
    const server = await start({ auth: { tokens: ['secret'] } });
    const cluster = await server.connect({ namespace: 'apps' });
    try {
      const made = await cluster.request<KubernetesObject>({ method: 'POST', path: foos, body: foo('a') });
      expect(made.metadata.namespace).toBe('apps');
    } finally {
      await cluster.close();
    }
  });

  it('restarts on the same port with the same objects and history; watches are cut and can go on', async () => {
    const server = await start();
    const made = await probe(server, { path: foos, body: foo('a') });
    const version = made.body.metadata.resourceVersion as string;
    const watch = await openWatchProbe(server, `${foos}?watch=1&resourceVersion=${version}`);
    const { url } = server;
    await server.restart({
      whileDown: async () => {
        await expect(probe(server, { path: foos })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      },
    });
    expect(await watch.next()).toBe('cut');
    expect(server.url).toBe(url);
    expect((await probe(server, { path: `${foos}/a` })).body).toEqual(made.body);
    await probe(server, { path: foos, body: foo('b') });
    const again = await openWatchProbe(server, `${foos}?watch=1&resourceVersion=${version}`);
    expect(await again.take(1)).toMatchObject([{ type: 'ADDED', object: { metadata: { name: 'b' } } }]);
    again.close();
  });

  it('takes a write right after it restarted: a client of the same process has seen that its connection is cut', async () => {
    const server = await start();
    await using cluster = await server.connect();
    for (const name of ['a', 'b', 'c']) {
      await cluster.request({ method: 'POST', path: foos, body: foo(name) });
      await server.restart();
    }
    expect(server.objects(Foo)).toHaveLength(3);
  });

  it('is back also when what ran while it was down failed', async () => {
    const server = await start();
    await expect(server.restart({ whileDown: () => Promise.reject(new Error('mine')) })).rejects.toThrow('mine');
    expect((await probe(server, { path: foos })).status).toBe(200);
  });

  it('stops, cuts what is open, and may be stopped again', async () => {
    const server = await start();
    const watch = await openWatchProbe(server, `${foos}?watch=1&resourceVersion=1`);
    await server.stop();
    await server[Symbol.asyncDispose]();
    expect(await watch.next()).toBe('cut');
    await expect(probe(server, { path: foos })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each(['at its beginning', 'while it is down', 'when it listens again'] as const)(
    'stays away when it is stopped in a restart, %s',
    async (moment) => {
      const server = await start();
      const down = gate();
      const goOn = gate();
      const restarted = server.restart({ whileDown: () => (down.open(), goOn.closed) });
      if (moment !== 'at its beginning') await down.closed;
      if (moment === 'when it listens again') goOn.open();
      for (let i = 0; i < 8; i += 1) await Promise.resolve(); // it is at the port now
      await server.stop();
      goOn.open();
      await restarted;
      await expect(probe(server, { path: foos })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    },
  );

  it('may be stopped by what runs while it is down', async () => {
    const server = await start();
    await server.restart({ whileDown: () => server.stop() });
    await expect(probe(server, { path: foos })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('becomes and loses a kind when its CRD is created and deleted over the API', async () => {
    const server = await start();
    const bars = '/apis/example.dev/v1/bars';
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    expect((await probe(server, { path: bars })).status).toBe(404);
    const crd = await probe(server, { path: crds, body: barCrd });
    expect(crd.body.status.conditions).toContainEqual(expect.objectContaining({ type: 'Established', status: 'True' }));
    await probe(server, { path: bars, body: { apiVersion: 'example.dev/v1', kind: 'Bar', metadata: { name: 'a' } } });
    const watch = await openWatchProbe(server, `${bars}?watch=1`);
    expect(await watch.take(1)).toMatchObject([{ type: 'ADDED' }]);
    await probe(server, { method: 'DELETE', path: `${crds}/bars.example.dev` });
    await watch.rest();
    expect((await probe(server, { path: bars })).status).toBe(404);
    await probe(server, { path: crds, body: barCrd });
    expect((await probe(server, { path: bars })).body.items).toEqual([]);
  });

  it('V10: fills in a default that came later, also in objects that were there', async () => {
    const server = await start({ crds: [barCrd] });
    const bars = '/apis/example.dev/v1/bars';
    const crd = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/bars.example.dev';
    await probe(server, {
      path: bars,
      body: { apiVersion: 'example.dev/v1', kind: 'Bar', metadata: { name: 'a' }, spec: {} },
    });
    const properties = { size: { type: 'integer' }, color: { type: 'string', default: 'red' } };
    const patched = await probe(server, {
      method: 'PATCH',
      path: crd,
      headers: { 'content-type': 'application/json-patch+json' },
      body: [
        {
          op: 'replace',
          path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties',
          value: properties,
        },
      ],
    });
    expect(patched.status).toBe(200);
    expect((await probe(server, { path: `${bars}/a` })).body.spec).toEqual({ size: 3, color: 'red' });
  });

  it('empties a namespace that is deleted, and waits for finalizers in it', async () => {
    const server = await start();
    await probe(server, { path: '/api/v1/namespaces', body: { metadata: { name: 'apps' } } });
    await probe(server, { path: foos, body: foo('a') });
    const held = { ...foo('b'), metadata: { name: 'b', finalizers: ['example.dev/hold'] } };
    await probe(server, { path: foos, body: held });
    const deleted = await probe(server, { method: 'DELETE', path: '/api/v1/namespaces/apps' });
    expect(deleted.body.status.phase).toBe('Terminating');
    expect((await probe(server, { path: foos })).body.items).toMatchObject([{ metadata: { name: 'b' } }]);
    expect((await probe(server, { path: foos, body: foo('c') })).body.reason).toBe('Forbidden');
    await probe(server, {
      method: 'PATCH',
      path: `${foos}/b`,
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { metadata: { finalizers: null } },
    });
    expect((await probe(server, { path: '/api/v1/namespaces/apps' })).status).toBe(404);
  });

  it.each([
    ['server-side apply', 'PATCH', `${foos}/a`, 'application/apply-patch+yaml'],
    [
      'a strategic merge patch of a built-in kind',
      'PATCH',
      '/api/v1/namespaces/default',
      'application/strategic-merge-patch+json',
    ],
    ['OpenAPI v2', 'GET', '/openapi/v2', ''],
    ['logs of a pod', 'GET', '/api/v1/namespaces/default/pods/a/log', ''],
  ])('answers %s with 501 and a sentence', async (_, method, path, type) => {
    const server = await start();
    const answer = await probe(server, {
      method,
      path,
      ...(type === '' ? {} : { body: {}, headers: { 'content-type': type } }),
    });
    expect(answer).toMatchObject({
      status: 501,
      body: { kind: 'Status', message: expect.stringMatching(/^The embedded API server .*\.$/) },
    });
  });

  it.each(['POST', 'DELETE'])('answers a %s in protobuf with 501 and a sentence', async (method) => {
    const server = await start();
    const headers = { 'content-type': 'application/vnd.kubernetes.protobuf' };
    const path = method === 'POST' ? '/api/v1/namespaces' : '/api/v1/namespaces/default';
    const { status, body } = await probe(server, { method, path, body: 'k8s', headers });
    expect([status, body.message]).toEqual([501, expect.stringContaining('does not read protobuf')]);
  });

  it('shows the columns that a CRD asks for, to those who want a table', async () => {
    const columns = [{ name: 'Size', type: 'integer', jsonPath: '.spec.size' }];
    const [version] = barCrd.spec.versions;
    const crd = { ...barCrd, spec: { ...barCrd.spec, versions: [{ ...version, additionalPrinterColumns: columns }] } };
    const server = await start({ crds: [crd] });
    const path = '/apis/example.dev/v1/bars';
    await probe(server, {
      path,
      body: { apiVersion: 'example.dev/v1', kind: 'Bar', metadata: { name: 'b' }, spec: {} },
    });
    const { body } = await probe(server, { path, headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' } });
    expect(body).toMatchObject({
      kind: 'Table',
      columnDefinitions: [
        { name: 'Name', format: 'name' },
        { name: 'Size', type: 'integer' },
      ],
      rows: [{ cells: ['b', 3], object: { kind: 'PartialObjectMetadata', metadata: { name: 'b' } } }],
    });
  });

  it('refuses a body of more than 3 MiB', async () => {
    const server = await start();
    const answer = await probe(server, { path: foos, body: { ...foo('a'), data: 'x'.repeat(3 * 1024 * 1024) } });
    expect(answer).toMatchObject({ status: 413, body: { reason: 'RequestEntityTooLarge' } });
  });
});
