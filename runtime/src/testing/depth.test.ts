import { describe, expect, it } from 'vitest';
import { probe } from '../../../tests/support/api-probe.js';
import { embeddedServer } from '../../../tests/support/embedded-server.js';
import { Foo } from '../../../tests/support/foo-client.js';
import { startApiServer } from './api-server.js';

type Wrap = (inside: object) => object;

function nested(levels: number, wrap: Wrap): object {
  let value: object = {};
  for (let level = 1; level < levels; level++) value = wrap(value);
  return value;
}

/** A CRD whose schema of `spec` is ten levels below it. */
const crd = (spec: object): object => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'bars.example.dev' },
  spec: {
    group: 'example.dev',
    scope: 'Namespaced',
    names: { kind: 'Bar', plural: 'bars' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', not: spec } } } },
      },
    ],
  },
});

const foo = (spec: object): object => ({ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'web' }, spec });

const tooDeep = 'nested deeper than 1000 levels, which is as deep as the embedded API server goes';
const foos = '/apis/example.dev/v1/namespaces/default/foos';

describe('what is nested very deeply', () => {
  it('is served as a schema to about 1,000 levels, and refused beyond', async () => {
    const server = await embeddedServer({ crds: [crd(nested(990, (not) => ({ not })))] });
    const bar = { apiVersion: 'example.dev/v1', kind: 'Bar', metadata: { name: 'web' }, spec: {} };
    const path = '/apis/example.dev/v1/namespaces/default/bars';
    expect((await probe(server, { method: 'POST', path, body: bar })).status).toBe(201);
    expect((await probe(server, { path: '/openapi/v3/apis/example.dev/v1' })).status).toBe(200);
    for (const wrap of [(not): object => ({ not }), (inside): object => ({ anyOf: [inside] })] satisfies Wrap[]) {
      await expect(startApiServer({ crds: [crd(nested(5_000, wrap))] })).rejects.toMatchObject({
        code: 'usage',
        message:
          'the embedded API server cannot start with ' +
          `apiextensions.k8s.io/v1 CustomResourceDefinition bars.example.dev: ${tooDeep}`,
      });
    }
  });

  it.each<[string, Wrap]>([
    ['lists', (inside) => [inside]],
    ['objects', (a) => ({ a })],
  ])('is stored as %s to about 1,000 levels, and refused beyond', async (_what, wrap) => {
    const server = await embeddedServer({ kinds: [Foo] });
    const send = async (method: string, path: string, body: object): Promise<unknown[]> => {
      const headers = method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {};
      const answer = await probe(server, { method, path, body, headers });
      return [answer.status, answer.body.message];
    };
    const ok = (status: number): unknown[] => [status, undefined];
    const spec = { a: nested(990, wrap) };
    expect(await send('POST', foos, foo(spec))).toEqual(ok(201));
    expect(await send('PATCH', `${foos}/web`, { spec })).toEqual(ok(200));
    for (const a of [nested(1_000, wrap), nested(3_000, wrap)]) {
      expect(await send('POST', foos, foo({ a }))).toEqual([400, tooDeep]);
      expect(await send('PUT', `${foos}/web`, foo({ a }))).toEqual([400, tooDeep]);
      expect(await send('PATCH', `${foos}/web`, { spec: { a } })).toEqual([400, tooDeep]);
    }
  });
});
