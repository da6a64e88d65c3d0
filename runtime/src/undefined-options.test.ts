import { expect, it } from 'vitest';
import type { DeleteOptions, ListOptions, SelectorOptions, WatchOptions, WriteOptions } from './client/call-options.js';
import type { ClusterRequest } from './cluster.js';
import { defineResource, type KubernetesObject, type ManifestMeta } from './resource.js';
import type { ReflectorOptions } from './reflector/options.js';
import { Reflector, type ReadOptions, type ReadyOptions } from './reflector/reflector.js';
import type { ChangesOptions } from './subscribe/hub.js';
import { startApiServer } from './testing/index.js';

/** All options, each of them undefined; the compiler knows when one is missing. */
type Nothing<O> = { readonly [K in keyof Required<O>]: undefined };

const write: Nothing<WriteOptions> = {
  signal: undefined,
  timeoutMs: undefined,
  dryRun: undefined,
  fieldValidation: undefined,
  fieldManager: undefined,
};
const select: Nothing<SelectorOptions> = { labelSelector: undefined, fieldSelector: undefined };
const list: Nothing<ListOptions> = {
  ...select,
  signal: undefined,
  timeoutMs: undefined,
  limit: undefined,
  resourceVersion: undefined,
  resourceVersionMatch: undefined,
};
const watch: Nothing<WatchOptions> = {
  ...select,
  signal: undefined,
  timeoutMs: undefined,
  resourceVersion: undefined,
  allowWatchBookmarks: undefined,
};
const remove: Nothing<DeleteOptions> = {
  signal: undefined,
  timeoutMs: undefined,
  dryRun: undefined,
  propagationPolicy: undefined,
  preconditions: undefined,
  gracePeriodSeconds: undefined,
};
const request: Nothing<Omit<ClusterRequest, 'path'>> = {
  method: undefined,
  query: undefined,
  headers: undefined,
  body: undefined,
  as: undefined,
  timeoutMs: undefined,
  maxBytes: undefined,
  signal: undefined,
};
const reflect: Nothing<ReflectorOptions<KubernetesObject, {}, 'Namespaced'>> = {
  ...select,
  namespaces: undefined,
  indexes: undefined,
  transform: undefined,
  managedFields: undefined,
  metadataOnly: undefined,
  freeze: undefined,
  allowUnsynced: undefined,
  graceMs: undefined,
  lingerMs: undefined,
  maxLineBytes: undefined,
  signal: undefined,
  initial: undefined,
  streaming: undefined,
  logger: undefined,
};
const ready: Nothing<ReadyOptions> = {
  namespace: undefined,
  timeoutMs: undefined,
  signal: undefined,
  failFast: undefined,
};
const read: Nothing<ReadOptions<KubernetesObject>> = { namespace: undefined, labels: undefined, filter: undefined };
const changes: Nothing<ChangesOptions<KubernetesObject>> = {
  ...read,
  signal: undefined,
  resyncEveryMs: undefined,
  compare: undefined,
  mode: undefined,
  buffer: undefined,
};

const ConfigMap = defineResource<KubernetesObject, { readonly metadata: ManifestMeta }>()({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  listKind: 'ConfigMapList',
  scope: 'Namespaced',
  shortNames: [],
  categories: [],
  subresources: {},
  printerColumns: [],
  selectableFields: [],
});

it('an option that is undefined is one that was left out', async () => {
  await using server = await startApiServer({ kinds: [ConfigMap] });
  await using cluster = await server.connect();
  const api = cluster.resource(ConfigMap);
  const namespace = undefined;
  await api.create({ metadata: { name: 'a' } }, { ...write, namespace });
  const made = await api.get('a', { signal: undefined, timeoutMs: undefined, namespace });
  expect(made.metadata.namespace).toBe('default');
  await api.patch('a', { metadata: { labels: { a: 'b' } } }, { ...write, namespace, type: undefined });
  expect((await api.list({ ...list, namespace })).items).toHaveLength(1);
  for await (const event of api.watch({ ...watch, namespace })) {
    expect(event.type).toBe('ADDED');
    break;
  }
  expect(await cluster.request({ ...request, path: '/version' })).toBeTypeOf('object');

  await using reflector = new Reflector(cluster, ConfigMap, reflect);
  await reflector.ready(ready);
  expect(reflector.list(read)).toHaveLength(1);
  const seen: string[] = [];
  for await (const change of reflector.changes(changes)) {
    seen.push(change.type);
    if (change.type === 'synced') break;
  }
  expect(seen).toEqual(['added', 'synced']);
  await api.delete('a', { ...remove, namespace });
  expect((await api.list()).items).toEqual([]);
});
