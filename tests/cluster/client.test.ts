import { type Cluster, connect } from '@kube-gen/runtime';
import { readYaml, YamlError } from '@kube-gen/runtime/yaml';
import { describe, expect, it } from 'vitest';
import { installCrd, Tank, tankCrd } from './tank.js';
import { noCluster, useTestCluster } from './test-cluster.js';

describe.skipIf(noCluster)('the typed client on a real API server', () => {
  let cluster: Cluster;
  let kubeconfig: string;

  useTestCluster(async (given, { kubeconfigFile }) => {
    cluster = given;
    kubeconfig = kubeconfigFile;
    await installCrd(cluster, tankCrd);
  });

  it('creates, gets, replaces, patches and deletes', async () => {
    const api = cluster.resource(Tank);
    const dry = await api.create({ metadata: { name: 'dry' }, spec: {} }, { dryRun: true });
    expect(dry.metadata.uid).toMatch(/./);
    await expect(api.get('dry')).rejects.toMatchObject({ code: 'not-found', status: 404, reason: 'NotFound' });
    const created = await api.create({ metadata: { generateName: 'a-', labels: { t: 'crud' } }, spec: { size: 1 } });
    const { name } = created.metadata;
    await expect(api.create({ metadata: { name }, spec: {} })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'AlreadyExists',
    });
    const replaced = await api.replace({ ...created, spec: { size: 2 } });
    expect(replaced.metadata.generation).toBe(2);
    await expect(api.replace(created)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('read it again'),
    });
    expect((await api.patch(name, { spec: { size: 3 }, metadata: { labels: { t: null } } })).spec.size).toBe(3);
    const patched = await api.patch(
      name,
      [
        { op: 'test', path: '/spec/size', value: 3 },
        { op: 'add', path: '/spec/size', value: 4 },
      ],
      { type: 'json' },
    );
    expect([patched.spec.size, patched.metadata.labels]).toEqual([4, undefined]);
    expect((await api.get(name, { namespace: 'default' })).metadata.resourceVersion).toBe(
      patched.metadata.resourceVersion,
    );
    expect(await api.delete(name, { preconditions: { uid: created.metadata.uid } })).toBeUndefined();
    await expect(api.delete(name)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('V6: unknown fields are refused unless one asks for less', async () => {
    const api = cluster.resource(Tank);
    const manifest = { metadata: { generateName: 'a-' }, spec: { size: 1, colour: 'red' } };
    await expect(api.create(manifest, { dryRun: true })).rejects.toMatchObject({
      code: 'invalid',
      status: 400,
      message: expect.stringContaining('spec.colour'),
    });
    expect((await api.create(manifest, { dryRun: true, fieldValidation: 'Ignore' })).spec).toEqual({ size: 1 });
  });

  it('V9: status and scale have clients of their own', async () => {
    const api = cluster.resource(Tank);
    const created = await api.create({ metadata: { name: 'scaled' }, spec: { size: 1 }, status: { level: 9 } });
    expect(created.status).toBeUndefined();
    expect((await api.status.patch('scaled', { status: { level: 1 } })).status).toEqual({ level: 1 });
    const read = await api.status.get('scaled');
    expect((await api.status.replace({ ...read, status: { level: 2 } })).status).toEqual({ level: 2 });
    const { name, resourceVersion } = (await api.get('scaled')).metadata;
    const alone = await api.status.replace({ metadata: { name, resourceVersion }, status: { level: 3 } });
    expect([alone.spec, alone.status]).toEqual([{ size: 1 }, { level: 3 }]);
    expect((await api.scale.get('scaled')).status.replicas).toBe(3);
    expect((await api.scale.replace('scaled', { replicas: 5 })).spec.replicas).toBe(5);
    expect((await api.scale.patch('scaled', { spec: { replicas: 6 } })).spec.replicas).toBe(6);
    expect((await api.get('scaled')).spec.size).toBe(6);
  });

  it('applies, says who owns a field, and takes it by force', async () => {
    const api = cluster.resource(Tank);
    const applied = await api.apply({ metadata: { name: 'applied' }, spec: { size: 1 } }, { fieldManager: 'one' });
    expect(applied.spec).toEqual({ size: 1 });
    const other = api.apply({ metadata: { name: 'applied' }, spec: { size: 2 } }, { fieldManager: 'two' });
    await expect(other).rejects.toMatchObject({ code: 'conflict', details: { causes: [{ field: '.spec.size' }] } });
    expect(
      (await api.apply({ metadata: { name: 'applied' }, spec: { size: 2 } }, { fieldManager: 'two', force: true })).spec
        .size,
    ).toBe(2);
    // What was read may be applied: managedFields, which the server would refuse, are left out.
    const { metadata, spec } = await api.get('applied');
    const { resourceVersion: _, ...rest } = metadata;
    await api.apply({ metadata: rest, spec }, { fieldManager: 'two', force: true });
  });

  it('L8: lists page by page, watches, and deletes what a selector means', async () => {
    const api = cluster.resource(Tank);
    const from = (await api.list()).metadata.resourceVersion;
    for (let i = 0; i < 7; i++)
      await api.create({ metadata: { name: `many-${i}`, labels: { t: 'many' } }, spec: { size: i } });
    const labelSelector = { t: 'many' };
    expect((await api.list({ labelSelector, limit: 2 })).items.map((tank) => tank.spec.size)).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
    const pages: number[] = [];
    for await (const page of api.listPages({ labelSelector, limit: 3, namespace: 'default' }))
      pages.push(page.items.length);
    expect(pages).toEqual([3, 3, 1]);
    const gone = await api.deleteCollection({ namespace: 'default', labelSelector });
    expect(gone.map((tank) => tank.metadata.name).sort()).toEqual(Array.from({ length: 7 }, (_, i) => `many-${i}`));
    const events: string[] = [];
    for await (const { type, object } of api.watch({ labelSelector, resourceVersion: from, namespace: 'default' })) {
      if (type === 'ADDED' || type === 'DELETED') events.push(`${type} ${object.metadata.name}`);
      if (events.length === 14) break;
    }
    expect(events.slice(0, 7)).toEqual(Array.from({ length: 7 }, (_, i) => `ADDED many-${i}`));
    expect(events.slice(7).sort()).toEqual(Array.from({ length: 7 }, (_, i) => `DELETED many-${i}`));
  });

  it('T7: acts as somebody else, who is told the rule that would allow it', async () => {
    await using jane = await connect({
      kubeconfig,
      impersonate: { user: 'jane', groups: ['one', 'two'], extra: { 'a/b': ['c'] } },
    });
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
    const whoami = await jane.request<{ status: unknown }>({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body: review,
    });
    expect(whoami.status).toMatchObject({
      userInfo: { username: 'jane', groups: ['one', 'two', 'system:authenticated'], extra: { 'a/b': ['c'] } },
    });
    await expect(jane.resource(Tank).list({ namespace: 'default' })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('{ apiGroups: ["test.example.dev"], resources: ["tanks"], verbs: ["list"] }'),
    });
  });

  const post = (text: string): Promise<unknown> =>
    cluster
      .request<Tank>({
        method: 'POST',
        path: '/apis/test.example.dev/v1/namespaces/default/tanks',
        query: { dryRun: 'All', fieldValidation: 'Strict' },
        headers: { 'content-type': 'application/yaml' },
        body: `apiVersion: test.example.dev/v1\nkind: Tank\nmetadata: {name: yaml}\nspec:\n  open:\n${text.replaceAll(/^/gm, '    ')}\n`,
      })
      .then((tank) => tank.spec.open);

  const scalars: string[] =
    (
      'y Y yes Yes YES yEs on On ON n N no No NO off Off OFF true True TRUE tRUE false ~ null Null NULL "yes" ' +
      '0755 0o755 0O755 -0755 +0755 08 09.5 0 -0 00 0x1F 0X1f -0x1F 0x_1F 0b101 0B101 -0b1 0b2 0xZ 1_000 1__0 1_ _1 +7 ' +
      '1e3 1E3 1e+3 1.0 1. .5 -.5 +.5 -.5e1 1_0.5 1e400 .e1 1e . + 1.2.3 12:30 190:20:30 12:30.5 2020-01-01 2020-01-01T10:00:00Z = ' +
      '9007199254740991 !!str 12 !!int "12" !!bool "yes" !!binary aGVsbG8= !!timestamp 2020-01-01 !Ref name'
    ).match(/!!?\w+ \S+|\S+/g) ?? [];

  it('V18: the server reads every scalar as we do', async () => {
    const text = scalars.map((scalar, at) => `k${at}: ${scalar}`).join('\n');
    const served = (await post(text)) as Record<string, unknown>;
    const read = readYaml(text) as Record<string, unknown>;
    const differ = scalars.filter((_, at) => !Object.is(served[`k${at}`], read[`k${at}`]));
    expect(
      differ.map((scalar) => [scalar, served[`k${scalars.indexOf(scalar)}`], read[`k${scalars.indexOf(scalar)}`]]),
    ).toEqual([]);
  });

  it('V18: the server reads every key as we do', async () => {
    const keys =
      'on no y 1.50 0x10 0755 1_000 "on" 2020-01-01 12:30 = -5 1e3 0.1 0.0001 1.5e-7 1e-10 123456.5 1234567.5 -2.5e-5 1e3 true 08'.split(
        ' ',
      );
    const served = await Promise.all(keys.map((key) => post(`${key}: 1`)));
    expect(served).toEqual(keys.map((key) => readYaml(`${key}: 1`)));
  });

  it.each(['~: 1', 'a: 1\na: 2', 'on: 1\ntrue: 2', '? [a]\n: 1', 'a: .inf', 'a: .nan', 'a: [1', 'a: *b', 'a: &a [*a]'])(
    'V18: the server refuses what we refuse: %j',
    async (text) => {
      await expect(post(text)).rejects.toMatchObject({ status: 400 });
      expect(() => readYaml(text)).toThrow(YamlError);
    },
  );
});
