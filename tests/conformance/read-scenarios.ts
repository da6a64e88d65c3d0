import type { Recorder } from './transcript.js';
import { widget } from './write-scenarios.js';

const all = '/apis/conformance.example.dev/v1/widgets';
const inSpace = (namespace: string): string => `/apis/conformance.example.dev/v1/namespaces/${namespace}/widgets`;
const base = inSpace('default');
const merge = { 'content-type': 'application/merge-patch+json' };
const partial = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const streaming = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';

async function seed({ ask }: Recorder): Promise<string> {
  await ask({ method: 'DELETE', path: base });
  await ask({ path: base, body: widget('a', { size: 1 }, { labels: { tier: 'web', app: 'x' } }) });
  await ask({ path: base, body: widget('b', { size: 2, color: 'blue' }, { labels: { tier: 'db' } }) });
  await ask({ path: base, body: widget('c', { size: 3, color: 'blue' }) });
  await ask({ path: base, body: widget('d', { size: 4 }) });
  const listed = await ask({ path: base });
  return listed.body.metadata.resourceVersion as string;
}

/** Objects of built-in kinds, by the path of their collections: what their tables show. */
const builtInObjects: Readonly<Record<string, object>> = {
  '/api/v1/namespaces/default/configmaps': { data: { a: 'b', c: 'd' }, binaryData: { e: 'AA==' } },
  '/api/v1/namespaces/default/secrets': { type: 'Opaque', data: { a: 'AA==' } },
  '/api/v1/namespaces/default/serviceaccounts': {},
  '/apis/coordination.k8s.io/v1/namespaces/default/leases': { spec: { holderIdentity: 'me' } },
};

/** Lists and watches, and their answers, by what they show. */
export const readScenarios: Readonly<Record<string, (recorder: Recorder) => Promise<void>>> = {
  selectors: async (recorder) => {
    const { ask } = recorder;
    await seed(recorder);
    for (const selector of [
      'tier=web',
      'tier!=web',
      'tier',
      '!tier',
      'tier in (web,db)',
      'tier notin (web)',
      'tier=',
      'tier in',
      '=x',
      'tier==db,app',
    ]) {
      await ask({ path: `${base}?labelSelector=${encodeURIComponent(selector)}` });
    }
    for (const selector of [
      'metadata.name=a',
      'metadata.name!=a',
      'spec.color=blue',
      'spec.color=blue,metadata.name=b',
      'spec.size=1',
      'metadata.namespace=default',
      'nonsense',
    ]) {
      await ask({ path: `${base}?fieldSelector=${encodeURIComponent(selector)}` });
    }
  },
  paging: async (recorder) => {
    const { ask } = recorder;
    await seed(recorder);
    const first = await ask({ path: `${base}?limit=2` });
    const token = encodeURIComponent(first.body.metadata.continue as string);
    await ask({ path: base, body: widget('bb', { size: 1 }) });
    await ask({ path: `${base}?limit=1&continue=${token}` });
    await ask({ path: `${base}?continue=${token}` });
    await ask({ path: `${base}?limit=1&continue=${token}&resourceVersion=5` });
    await ask({ path: `${base}?limit=1&continue=${token}&resourceVersion=0` });
    await ask({ path: `${base}?limit=1&continue=nonsense` });
    await ask({ path: `${base}?limit=2&labelSelector=tier` });
    await ask({ path: `${base}?limit=1&labelSelector=tier` });
    await ask({ path: `${base}?limit=2&resourceVersion=0` });
    await ask({ path: `${base}?limit=x` });
    await ask({ path: `${base}?limit=4` });
  },
  'versions of lists': async (recorder) => {
    const { ask } = recorder;
    const version = await seed(recorder);
    await ask({ path: base, body: widget('later', { size: 1 }) });
    const names = async (query: string): Promise<void> => {
      const answer = await ask({ path: `${base}?${query}` });
      recorder.note('exact', answer.body.metadata?.resourceVersion === version);
    };
    await names(`resourceVersion=${version}&resourceVersionMatch=Exact`);
    await names(`resourceVersion=${version}&resourceVersionMatch=NotOlderThan`);
    await names(`resourceVersion=${version}`);
    await names(`resourceVersion=${version}&limit=2`);
    await names('resourceVersion=0');
    await names('resourceVersion=0&resourceVersionMatch=Exact');
    await names('resourceVersionMatch=Exact');
    await names('resourceVersion=5&resourceVersionMatch=Nearly');
    await names('resourceVersion=abc');
    await names('resourceVersion=999999999');
    await names('resourceVersion=999999999&resourceVersionMatch=Exact');
    await names('sendInitialEvents=true');
  },
  representations: async (recorder) => {
    const { ask } = recorder;
    await seed(recorder);
    const list = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    await ask({ path: `${base}?limit=1`, headers: { accept: list } });
    await ask({ path: `${base}/a`, headers: { accept: partial } });
    await ask({ path: `${base}?limit=1`, headers: { accept: partial } });
    await ask({ path: `${base}?limit=1`, headers: { accept: `${list},application/json` } });
    await ask({
      path: `${base}?limit=1`,
      headers: { accept: 'application/json;as=Unheard;g=meta.k8s.io;v=v1,application/json' },
    });
    await ask({ path: `${base}?limit=1`, headers: { accept: '*/*' } });
    await ask({ path: '/api/v1/namespaces?fieldSelector=metadata.name%3Ddefault', headers: { accept: list } });
  },
  'a watch from a version': async (recorder) => {
    const { ask, watch } = recorder;
    const version = await seed(recorder);
    await ask({ path: base, body: widget('w', { size: 1 }, { labels: { on: 'yes' } }) });
    await ask({ method: 'PATCH', path: `${base}/w`, headers: merge, body: { spec: { size: 2 } } });
    await ask({ method: 'PATCH', path: `${base}/w`, headers: merge, body: { metadata: { labels: { on: null } } } });
    await ask({ method: 'PATCH', path: `${base}/w`, headers: merge, body: { metadata: { labels: { on: 'yes' } } } });
    await ask({ method: 'DELETE', path: `${base}/w` });
    await watch(`${base}?watch=1&resourceVersion=${version}`, 5);
    await watch(`${base}?watch=1&resourceVersion=${version}&labelSelector=on`, 5);
    await watch(`${base}?watch=1&resourceVersion=${version}&fieldSelector=metadata.name%3Dw`, 5);
    await watch(`${all}?watch=1&resourceVersion=${version}&fieldSelector=spec.color%3Dblue&timeoutSeconds=1`, 'all');
    await watch(`${base}?watch=1&resourceVersion=${version}`, 2, { accept: partial });
    await watch(`/apis/conformance.example.dev/v1alpha1/widgets?watch=1&resourceVersion=${version}`, 2);
  },
  'a watch without a version': async (recorder) => {
    await seed(recorder);
    await recorder.watch(`${base}?watch=1&labelSelector=tier`, 2);
    await recorder.watch(`${base}?watch=1&labelSelector=tier&resourceVersion=0`, 2);
    await recorder.watch(`${base}?watch=true&labelSelector=tier&timeoutSeconds=1`, 'all');
    await recorder.watch(
      `${base}?watch=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&timeoutSeconds=1`,
      'all',
    );
  },
  bookmarks: async (recorder) => {
    const version = await seed(recorder);
    // Real servers send one two seconds before the end.
    await recorder.watch(`${base}?watch=1&resourceVersion=${version}&allowWatchBookmarks=true&timeoutSeconds=3`, 'all');
    await recorder.watch(
      `${base}?watch=1&resourceVersion=${version}&allowWatchBookmarks=true&timeoutSeconds=3`,
      'all',
      { accept: partial },
    );
  },
  'streaming lists': async (recorder) => {
    const version = await seed(recorder);
    await recorder.watch(`${base}?${streaming}&allowWatchBookmarks=true&labelSelector=tier`, 3);
    await recorder.watch(`${base}?${streaming}&allowWatchBookmarks=true&resourceVersion=${version}`, 5);
    await recorder.watch(`${base}?${streaming}&allowWatchBookmarks=true&resourceVersion=0&labelSelector=none`, 1);
    await recorder.watch(`${base}?${streaming}&labelSelector=tier&timeoutSeconds=1`, 'all');
    await recorder.watch(`${base}?${streaming}&allowWatchBookmarks=true&resourceVersion=999999999`, 'all');
    await recorder.watch(`${base}?${streaming}&allowWatchBookmarks=true&labelSelector=tier`, 3, { accept: partial });
    await recorder.ask({ path: `${base}?watch=1&sendInitialEvents=true` });
    await recorder.ask({ path: `${base}?watch=1&resourceVersionMatch=NotOlderThan` });
    await recorder.ask({ path: `${base}?${streaming.replace('NotOlderThan', 'Exact')}` });
    await recorder.ask({ path: `${base}?watch=1&resourceVersion=abc` });
    await recorder.ask({ path: `${base}?watch=1&labelSelector=%3D` });
  },
  tables: async (recorder) => {
    const { ask, watch } = recorder;
    await seed(recorder);
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const table = (path: string): Promise<unknown> => ask({ path, headers: { accept } });
    const when = '2020-01-01T00:00:00Z';
    const parts = [{ name: 'a' }, { name: 'b', weight: 3 }];
    await ask({
      path: base,
      body: widget('e', { size: 5, parts, tags: ['x', 'y'], free: { a: { b: 1 } }, port: 80, when }),
    });
    await ask({ path: base, body: widget('f', { size: 6, port: 'http', tags: [], free: {} }) });
    await ask({ method: 'PATCH', path: `${base}/e/status`, headers: merge, body: { status: { phase: 'Ready' } } });
    await table(base);
    await table(`${base}?limit=1&includeObject=None`);
    await table(`${base}?labelSelector=none&includeObject=None`);
    await table(`${base}/e?includeObject=Object`);
    await table(`${base}/e?includeObject=Everything`);
    await table(`${base}/missing`);
    await table('/apis/conformance.example.dev/v1alpha1/widgets?limit=1');
    await ask({ path: `${base}/e`, headers: { accept: 'application/json;as=Table;v=v9;g=meta.k8s.io' } });
    await watch(`${base}?watch=1&fieldSelector=metadata.name%3De`, 1, { accept });
    await watch(`${base}?${streaming}&allowWatchBookmarks=true&labelSelector=tier&includeObject=None`, 3, { accept });
    const names = (...known: string[]): string =>
      `?includeObject=None&fieldSelector=${encodeURIComponent(`metadata.name=${known.join()}`)}`;
    await table(`/api/v1/namespaces${names('default')}`);
    await table(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions${names('widgets.conformance.example.dev')}`);
    for (const [path, body] of Object.entries(builtInObjects)) {
      await ask({ method: 'DELETE', path: `${path}/shown` });
      await ask({ path, body: { metadata: { name: 'shown' }, ...body } });
      await table(`${path}${names('shown')}`);
    }
  },
  'OpenAPI documents': async ({ look, note, ask }) => {
    const index = await look({ path: '/openapi/v3' });
    const name = 'apis/conformance.example.dev/v1';
    const where: string = index.body.paths[name].serverRelativeURL;
    note('where', where.replace(/hash=[0-9A-F]+$/, 'hash'));
    const { body } = await look({ path: where });
    note('paths', Object.keys(body.paths).sort());
    const { patch } = body.paths[`/${name}/namespaces/{namespace}/widgets/{name}`];
    note('patch', [patch['x-kubernetes-action'], patch['x-kubernetes-group-version-kind']]);
    note('patch parameters', patch.parameters.map((each: { name: string }) => each.name).sort());
    const schema = body.components.schemas['dev.example.conformance.v1.Widget'];
    note('schema', [schema.required, schema['x-kubernetes-group-version-kind'], schema.properties.spec]);
    await ask({ path: '/openapi/v3/apis/conformance.example.dev/v7' });
    await ask({ path: '/openapi/v3/apis/nowhere.example.dev/v1' });
  },
  'too old': async (recorder) => {
    await seed(recorder);
    await recorder.watch(`${base}?watch=1&resourceVersion=1`, 'all');
    await recorder.ask({ path: `${base}?watch=1&resourceVersion=1&timeoutSeconds=1` });
  },
};
