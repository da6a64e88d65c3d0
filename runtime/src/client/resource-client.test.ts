import { describe, expect, expectTypeOf, it } from 'vitest';
import { failure } from '../../../tests/support/kube-failure.js';
import type { DeleteOptions } from './call-options.js';
import type { Scale } from './scale.js';
import { Foo, Node, foo, type Answer, server, status, page } from '../../../tests/support/foo-client.js';

describe('the verbs of the typed client', () => {
  it("get takes the namespace of the option, else the cluster's", async () => {
    const { cluster, asked } = server({ body: foo }, { body: foo }, {}, {});
    const api = cluster.resource(Foo);
    expect(await api.get('web', { namespace: 'apps' })).toEqual(foo);
    await api.get('a:b');
    await cluster.resource(Node).get('n1');
    await api.status.get('web');
    expect(asked).toEqual([
      'GET /apis/example.dev/v1/namespaces/apps/foos/web',
      'GET /apis/example.dev/v1/namespaces/mine/foos/a%3Ab',
      'GET /api/v1/nodes/n1',
      'GET /apis/example.dev/v1/namespaces/mine/foos/web/status',
    ]);
  });

  it('create fills in apiVersion and kind, and takes the namespace of the option, the object, the cluster, in this order', async () => {
    const { cluster, asked } = server({}, {}, {});
    const api = cluster.resource(Foo);
    await api.create({ metadata: { generateName: 'a-' }, spec: { size: 1 } });
    await api.create(
      { metadata: { name: 'a', namespace: 'own' }, spec: { size: 1 } },
      { dryRun: true, fieldValidation: 'Warn', fieldManager: 'me' },
    );
    await api.create({ ...foo, metadata: { name: 'a' } }, { namespace: 'option' });
    expect(asked).toEqual([
      'POST /apis/example.dev/v1/namespaces/mine/foos?fieldValidation=Strict {"metadata":{"generateName":"a-"},"spec":{"size":1},"apiVersion":"example.dev/v1","kind":"Foo"}',
      'POST /apis/example.dev/v1/namespaces/own/foos?fieldValidation=Warn&fieldManager=me&dryRun=All {"metadata":{"name":"a","namespace":"own"},"spec":{"size":1},"apiVersion":"example.dev/v1","kind":"Foo"}',
      'POST /apis/example.dev/v1/namespaces/option/foos?fieldValidation=Strict {"apiVersion":"example.dev/v1","kind":"Foo","metadata":{"name":"a"},"spec":{"size":1,"mode":"A"}}',
    ]);
  });

  it('replace and status.replace put a whole object', async () => {
    const { cluster, asked, requests } = server({}, {});
    const api = cluster.resource(Foo);
    await api.replace(foo);
    await api.status.replace({ ...foo, status: { ready: true } });
    expect(asked[0]).toMatch(/^PUT \/apis\/example\.dev\/v1\/namespaces\/apps\/foos\/web\?fieldValidation=Strict \{/);
    expect(asked[1]).toMatch(/^PUT .*\/web\/status\?.*"ready":true/);
    expect(requests[0]?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
  });

  it('patch sends the three kinds of patches with their content types', async () => {
    const { cluster, asked, requests } = server({}, {}, {}, {});
    const api = cluster.resource(Foo);
    await api.patch('web', { spec: { tags: null } }, { namespace: 'apps' });
    await api.patch(
      'web',
      [
        { op: 'test', path: '/spec/size', value: 1 },
        { op: 'remove', path: '/spec/tags' },
      ],
      { type: 'json' },
    );
    await cluster.resource(Node).patch('n', { metadata: { labels: { a: 'b' } } }, { type: 'strategic' });
    await api.status.patch('web', { status: { ready: true } });
    expect(requests.map(({ headers }) => headers['content-type'])).toEqual([
      'application/merge-patch+json',
      'application/json-patch+json',
      'application/strategic-merge-patch+json',
      'application/merge-patch+json',
    ]);
    expect(asked[0]).toBe(
      'PATCH /apis/example.dev/v1/namespaces/apps/foos/web?fieldValidation=Strict {"spec":{"tags":null}}',
    );
    expect(asked[1]).toMatch(
      / \[\{"op":"test","path":"\/spec\/size","value":1\},\{"op":"remove","path":"\/spec\/tags"\}\]$/,
    );
    expect(asked[3]).toContain('/foos/web/status?');
  });

  it('apply leaves managedFields out and sends manager and force', async () => {
    const { cluster, asked, requests } = server({}, {});
    const api = cluster.resource(Foo);
    const read: Foo = { ...foo, metadata: { ...foo.metadata, managedFields: [{ manager: 'x' }] } };
    await api.apply({ metadata: read.metadata, spec: { size: 3 } }, { fieldManager: 'me', force: true });
    await api.status.apply({ metadata: { name: 'web' }, status: { ready: true } }, { fieldManager: 'me' });
    expect(asked[0]).toMatch(
      /^PATCH .*\/namespaces\/apps\/foos\/web\?fieldValidation=Strict&fieldManager=me&force=true \{/,
    );
    expect(asked[0]).not.toContain('managedFields');
    expect(asked[1]).toMatch(
      /^PATCH .*\/namespaces\/mine\/foos\/web\/status\?fieldValidation=Strict&fieldManager=me \{/,
    );
    expect(requests[0]?.headers['content-type']).toBe('application/apply-patch+yaml');
  });

  it('V13: delete resolves to the object while it waits, and to undefined when it is gone', async () => {
    const { cluster, asked } = server({ body: foo }, { body: { kind: 'Status', status: 'Success' } });
    const api = cluster.resource(Foo);
    expect(
      await api.delete('web', { propagationPolicy: 'Foreground', preconditions: { uid: 'u' }, dryRun: true }),
    ).toEqual(foo);
    expect(await api.delete('web', { namespace: 'apps' })).toBeUndefined();
    expect(asked).toEqual([
      'DELETE /apis/example.dev/v1/namespaces/mine/foos/web {"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Foreground","preconditions":{"uid":"u"},"dryRun":["All"]}',
      'DELETE /apis/example.dev/v1/namespaces/apps/foos/web {"apiVersion":"v1","kind":"DeleteOptions"}',
    ]);
  });

  it('a precondition that is undefined is refused, as it would be none', async () => {
    const { cluster, asked } = server();
    const uid: string | undefined = undefined;
    // @ts-expect-error with exactOptionalPropertyTypes a compiler knows, too
    const options: DeleteOptions = { preconditions: { uid } };
    expect(await failure(cluster.resource(Foo).delete('web', options))).toMatchObject({
      code: 'usage',
      message: 'preconditions.uid must be a text, not undefined',
    });
    expect(asked).toEqual([]);
  });

  it('deleteCollection takes selectors, and never means all namespaces', async () => {
    const { cluster, asked } = server(page(['a', 'b']), { body: { kind: 'Status' } });
    const api = cluster.resource(Foo);
    const gone = await api.deleteCollection({ namespace: 'apps', labelSelector: { app: 'web' } });
    expect(gone.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
    expect(await cluster.resource(Node).deleteCollection({ fieldSelector: 'spec.x=1' })).toEqual([]);
    expect(asked[0]).toMatch(/^DELETE \/apis\/example\.dev\/v1\/namespaces\/apps\/foos\?labelSelector=app%3Dweb \{/);
    expect(asked[1]).toMatch(/^DELETE \/api\/v1\/nodes\?fieldSelector=spec\.x%3D1 \{/);
    // @ts-expect-error a namespaced kind needs the namespace
    expect(await failure(api.deleteCollection({}))).toMatchObject({ code: 'usage' });
    expect(asked).toHaveLength(2);
  });

  it('scale.replace reads the version by itself, and reads again after a conflict', async () => {
    const scale = (resourceVersion: string): Answer => ({
      body: { kind: 'Scale', metadata: { name: 'web', resourceVersion }, spec: { replicas: 1 } },
    });
    const { cluster, asked } = server(scale('1'), status(409, { reason: 'Conflict' }), scale('2'), scale('3'), {});
    const { scale: api } = cluster.resource(Foo);
    await api.replace('web', { replicas: 3 }, { namespace: 'apps' });
    await api.patch('web', { spec: { replicas: 2 } });
    expect(asked.map((line) => line.split('?')[0])).toEqual([
      'GET /apis/example.dev/v1/namespaces/apps/foos/web/scale',
      'PUT /apis/example.dev/v1/namespaces/apps/foos/web/scale',
      'GET /apis/example.dev/v1/namespaces/apps/foos/web/scale',
      'PUT /apis/example.dev/v1/namespaces/apps/foos/web/scale',
      'PATCH /apis/example.dev/v1/namespaces/mine/foos/web/scale',
    ]);
    expect(asked[3]).toContain('"resourceVersion":"2"},"spec":{"replicas":3}');
  });

  it('a label in an object of a selector is one label: what is none is refused, and not sent as another selector', async () => {
    const { cluster, asked } = server({});
    const api = cluster.resource(Foo);
    for (const labelSelector of [{ app: 'web,tier=back' }, { app: 'a b' }, { 'app,tier': 'web' }]) {
      expect(await failure(api.list({ labelSelector }))).toMatchObject({ code: 'usage' });
      expect(await failure(api.deleteCollection({ namespace: 'apps', labelSelector }))).toMatchObject({
        code: 'usage',
      });
    }
    expect(asked).toEqual([]);
  });

  it('there is no status and no scale where the kind has none', () => {
    const api = server().cluster.resource(Node);
    expect(Object.keys(api)).not.toContain('status');
    expect(Object.keys(api)).not.toContain('scale');
  });

  it.each(['', '.', '..', 'web/status', '../secrets', 'a%2Fb', undefined])(
    'the name %j is refused before it becomes another path',
    async (name) => {
      const { cluster, asked } = server({});
      const api = cluster.resource(Foo);
      // A name from plain JavaScript.
      await expect((async () => api.get(name as string))()).rejects.toMatchObject({ code: 'usage' });
      await expect(
        (async () => api.get('web', { namespace: name === undefined ? '..' : name }))(),
      ).rejects.toMatchObject({ code: 'usage' });
      expect(asked).toEqual([]);
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, new Date(Number.NaN)])(
    '%s is refused: as the null of JSON it would delete a field',
    async (size) => {
      const { cluster, asked } = server({});
      // A Date from plain JavaScript.
      expect(await failure(cluster.resource(Foo).patch('web', { spec: { size: size as number } }))).toMatchObject({
        code: 'usage',
        message: expect.stringContaining(`size is ${String(size)}`),
      });
      expect(asked).toEqual([]);
    },
  );

  it('usage errors reject and say what is missing', async () => {
    const api = server().cluster.resource(Foo);
    // @ts-expect-error a list of operations needs type json
    await expect(api.patch('web', [{ op: 'remove', path: '/a' }])).rejects.toMatchObject({ code: 'usage' });
    // @ts-expect-error an object is no JSON patch
    await expect(api.patch('web', {}, { type: 'json' })).rejects.toMatchObject({ code: 'usage' });
    // @ts-expect-error apply needs a field manager
    await expect(api.apply({ metadata: { name: 'web' } })).rejects.toMatchObject({ code: 'usage' });
    // @ts-expect-error replace needs name and version
    await expect(api.replace({ metadata: { generateName: 'a' }, spec: { size: 1 } })).rejects.toMatchObject({
      code: 'usage',
    });
  });
});

describe('an answer that is not Kubernetes', () => {
  const bodies = ['', '[]', '5', 'null', '"text"', '{"kind":"Table","rows":[]}', '<html>'];
  it.each([...bodies, '{"kind":"Status","status":"Failure"}'])('%s is no object for any verb', async (body) => {
    const answers = Array.from({ length: 7 }, () => ({ chunks: [body] }));
    const api = server(...answers).cluster.resource(Foo);
    const foo = { metadata: { name: 'web', resourceVersion: '1' }, spec: { size: 1 } } as const;
    const calls = [
      () => api.get('web'),
      () => api.create(foo),
      () => api.replace(foo),
      () => api.patch('web', {}),
      () => api.apply(foo, { fieldManager: 'me' }),
      () => api.status.get('web'),
      () => api.scale.get('web'),
    ];
    for (const call of calls) expect(await failure(call())).toMatchObject({ name: 'KubeError', code: 'protocol' });
  });

  it('a Status of success is none but for create, which then gives what was sent: of a Binding nothing is kept', async () => {
    const done = { chunks: ['{"kind":"Status","status":"Success"}'] };
    const api = server(done, done).cluster.resource(Foo);
    expect(await failure(api.get('web'))).toMatchObject({ code: 'protocol' });
    const created = await api.create({ metadata: { name: 'web' }, spec: { size: 1 } });
    expect(created).toMatchObject({ kind: 'Foo', metadata: { name: 'web' }, spec: { size: 1 } });
  });

  it.each(bodies.slice(1))('%s is none for delete and deleteCollection', async (body) => {
    const api = server({ chunks: [body] }, { chunks: [body] }).cluster.resource(Foo);
    expect(await failure(api.delete('web'))).toMatchObject({ code: 'protocol' });
    expect(await failure(api.deleteCollection({ namespace: 'apps' }))).toMatchObject({ code: 'protocol' });
  });

  it.each([300, 304, 305])('HTTP status %d is an error', async (code) => {
    const { cluster } = server({ status: code, chunks: [] }, { status: code, chunks: [] });
    expect(await failure(cluster.resource(Foo).get('web'))).toMatchObject({ code: 'protocol', status: code });
    expect(await failure(cluster.request({ path: '/x' }))).toMatchObject({ code: 'protocol', status: code });
  });
});

describe('types of the typed client', () => {
  const { cluster } = server();
  const api = cluster.resource(Foo);
  const nodes = cluster.resource(Node);

  it('results are the read view', () => {
    expectTypeOf<ReturnType<typeof api.get>>().resolves.toEqualTypeOf<Foo>();
    expectTypeOf<ReturnType<typeof api.status.get>>().resolves.toEqualTypeOf<Foo>();
    expectTypeOf<ReturnType<typeof api.scale.get>>().resolves.toEqualTypeOf<Scale>();
    expectTypeOf<ReturnType<typeof api.delete>>().resolves.toEqualTypeOf<Foo | undefined>();
    expectTypeOf<ReturnType<typeof api.list>>().resolves.toHaveProperty('items').toEqualTypeOf<Foo[]>();
  });

  it('what must not compile does not', () => {
    const never = (): void => {
      // @ts-expect-error no status
      void nodes.status;
      // @ts-expect-error no scale
      void nodes.scale;
      // @ts-expect-error a namespace for a cluster-scoped kind
      void nodes.get('a', { namespace: 'x' });
      // @ts-expect-error a namespace for a cluster-scoped kind
      void nodes.deleteCollection({ namespace: 'x' });
      // @ts-expect-error no spec
      void api.create({ metadata: { name: 'a' } });
      // @ts-expect-error another kind
      void api.create({ kind: 'Bar', metadata: { name: 'a' }, spec: { size: 1 } });
      // @ts-expect-error an unknown field
      void api.create({ metadata: { name: 'a' }, spec: { size: 1, colour: 'red' } });
      // @ts-expect-error an unknown field at the root
      void api.create({ metadata: { name: 'a' }, spec: { size: 1 }, specc: 1 });
      // @ts-expect-error a wrong type in a patch
      void api.patch('web', { spec: { size: 'big' } });
      // @ts-expect-error an unknown field in a patch
      void api.patch('web', { spec: { colour: 'red' } });
      // @ts-expect-error no such operation
      void api.patch('web', [{ op: 'delete', path: '/a' }], { type: 'json' });
      // @ts-expect-error custom resources have no strategic merge patch (V13)
      void api.patch('web', { spec: { size: 1 } }, { type: 'strategic' });
      // @ts-expect-error apply needs the name
      void api.apply({ metadata: {}, spec: { size: 1 } }, { fieldManager: 'me' });
      // @ts-expect-error a wrong enum value in apply
      void api.apply({ metadata: { name: 'a' }, spec: { mode: 'C' } }, { fieldManager: 'me' });
      // @ts-expect-error replace needs the version
      void api.replace({ metadata: { name: 'a' }, spec: { size: 1 } });
      // @ts-expect-error no such option
      void api.get('web', { namespaces: 'x' });
    };
    expect(never).toBeTypeOf('function');
  });

  it('what must compile does', () => {
    const never = (): void => {
      void api.create({ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }, spec: { size: 1 } });
      void api.create(foo);
      void api.replace({ ...foo, spec: { ...foo.spec, mode: 'B' } });
      void api.replace({ metadata: { name: 'a', resourceVersion: '1' }, spec: { size: 1 } });
      void api.apply({ metadata: { name: 'a' }, spec: { mode: 'A' } }, { fieldManager: 'me' });
      void api.apply(foo, { fieldManager: 'me' });
      void api.patch('a', { metadata: { labels: { a: null }, annotations: null }, spec: { tags: ['x'], mode: null } });
      void api.patch('a', { status: { ready: null } }, { type: 'merge', dryRun: true });
      void nodes.patch('a', { metadata: { finalizers: [], $patch: 'merge' } }, { type: 'strategic' });
      void nodes.deleteCollection({ labelSelector: { a: 'b' }, timeoutMs: 5 });
      void api.list({ namespace: 'x', limit: 5, signal: new AbortController().signal });
    };
    expect(never).toBeTypeOf('function');
  });
});
