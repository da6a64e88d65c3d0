import type { Recorder } from './transcript.js';

const base = '/apis/conformance.example.dev/v1/namespaces/default/widgets';

/** A manifest of a Widget. */
export function widget(name: string | undefined, spec: unknown = { size: 1 }, metadata: object = {}): object {
  return {
    apiVersion: 'conformance.example.dev/v1',
    kind: 'Widget',
    metadata: { ...(name === undefined ? {} : { name }), ...metadata },
    spec,
  };
}

const merge = { 'content-type': 'application/merge-patch+json' };
const json = { 'content-type': 'application/json-patch+json' };

/** Requests that write, and their answers, by what they show. */
export const writeScenarios: Readonly<Record<string, (recorder: Recorder) => Promise<void>>> = {
  'create and get': async ({ ask }) => {
    await ask({ path: base, body: widget('one') });
    await ask({ path: base, body: widget('one') });
    await ask({ path: `${base}/one` });
    await ask({ path: `${base}/missing` });
    await ask({
      path: `${base}?fieldValidation=Strict`,
      body: widget('two', { size: 2, bogus: 1, free: { any: { thing: null } } }, { color: 'x' }),
    });
    await ask({
      path: base,
      body: widget('two', { size: 2, bogus: 1, free: { any: { thing: null } } }, { color: 'x' }),
    });
    await ask({ path: `${base}?fieldValidation=Ignore`, body: widget('three', { size: 2, bogus: 1 }) });
    await ask({ path: `${base}?dryRun=All`, body: widget('dry') });
    await ask({ path: `${base}/dry` });
    await ask({ path: `${base}?dryRun=Some`, body: widget('dry') });
    await ask({ path: `${base}?fieldValidation=Loose`, body: widget('dry') });
    await ask({ path: base, body: widget(undefined, { size: 1 }, { generateName: 'gen-' }) });
  },
  secrets: async ({ ask }) => {
    const path = '/api/v1/namespaces/default/secrets';
    const secret = (rest: object): object => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...rest });
    await ask({ path, body: secret({ data: { a: 'AA==', b: 'AA==' }, stringData: { b: 'é', c: '', d: null } }) });
    const patch = { stringData: { a: 'patched' }, data: { c: null } };
    await ask({ method: 'PATCH', path: `${path}/s`, body: patch, headers: merge });
    await ask({ method: 'PUT', path: `${path}/s`, body: secret({ stringData: { only: 'this' } }) });
    await ask({ path, body: secret({ metadata: { name: 'number' }, stringData: { a: 1 } }) });
    await ask({ path, body: secret({ metadata: { name: 'empty' }, stringData: {}, type: '' }) });
    await ask({ method: 'PUT', path: `${path}/s`, body: secret({}) });
    await ask({ path: `${path}/s` });
  },
  'names and metadata': async ({ ask }) => {
    await ask({ path: base, body: widget(undefined) });
    await ask({ path: base, body: widget('Upper_Case') });
    await ask({ path: base, body: widget('other-ns', { size: 1 }, { namespace: 'other' }) });
    await ask({ path: base, body: widget('label', { size: 1 }, { labels: { 'a b': 'x', ok: 'not ok!' } }) });
    await ask({ path: base, body: widget('label-null', { size: 1 }, { labels: { ok: null }, annotations: null }) });
    await ask({ path: base, body: widget('label-number', { size: 1 }, { labels: { ok: 1 } }) });
    await ask({ path: base, body: widget('owner', { size: 1 }, { ownerReferences: [{ name: 'x' }] }) });
    await ask({
      path: base,
      body: widget('given', { size: 1 }, { uid: 'mine', generation: 7, creationTimestamp: null, selfLink: '/x' }),
    });
    await ask({ path: base, body: widget('finalizer', { size: 1 }, { finalizers: ['no slash'] }) });
    await ask({ path: base, body: { ...widget('no-kind'), kind: undefined } });
    await ask({ path: base, body: { ...widget('no-version'), apiVersion: undefined } });
    await ask({ path: base, body: { ...widget('wrong-kind'), kind: 'Gadget' } });
    await ask({ path: base, body: { ...widget('wrong-version'), apiVersion: 'conformance.example.dev/v9' } });
    await ask({ path: base, body: '{"apiVersion":', headers: {} });
    await ask({ path: base, body: '[]' });
    await ask({ path: base, body: 'text', headers: { 'content-type': 'text/plain' } });
    await ask({ path: '/apis/conformance.example.dev/v1/widgets', body: widget('no-namespace') });
    await ask({ method: 'POST', path: `${base}/one`, body: widget('one') });
    await ask({ method: 'PUT', path: base, body: widget('one') });
  },
  validation: async ({ ask }) => {
    const bad = (spec: unknown): Promise<unknown> => ask({ path: base, body: widget('bad', spec) });
    await bad(undefined);
    await bad({});
    await bad({ size: 'big' });
    await bad({ size: 1.5 });
    await bad({ size: 0 });
    await bad({ size: 101, color: 'pink' });
    await bad({ size: null });
    await bad('text');
    await bad({ size: 1, note: 'UPPER CASE AND LONG' });
    await bad({ size: 1, tags: ['a', 'b', 'a'] });
    await bad({ size: 1, tags: 'a' });
    await bad({ size: 1, tags: [1, null] });
    await bad({ size: 1, parts: [{ name: 'a' }, { name: 'a' }, {}, { name: 'd' }] });
    await bad({ size: 1, either: {} });
    await bad({ size: 1, either: { a: 'x', b: 'y' } });
    await bad({ size: 1, when: 'today' });
    await bad({ size: 1, template: { spec: 1 } });
    await bad({ size: 1, template: { apiVersion: 'v1', kind: 'Pod', metadata: { labels: 'x' } } });
    await bad({ size: 1, settings: { a: 1 } });
    await bad({ size: 1, port: true });
    await bad({ size: 1, port: 1.5 });
    await bad({ size: 1, replicas: 3000000000 });
    await bad({ size: 1, replicas: -1 });
  },
  defaults: async ({ ask }) => {
    await ask({
      path: base,
      body: widget('defaults', {
        size: 1,
        color: null,
        note: null,
        parts: [{ name: 'a' }, { name: 'b', weight: 1 }],
        settings: { a: null },
        replicas: null,
        free: { a: null },
        template: {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'x', creationTimestamp: null, odd: 1 },
          spec: { x: 1 },
        },
      }),
    });
    await ask({ path: '/apis/conformance.example.dev/v1alpha1/namespaces/default/widgets/defaults' });
    await ask({
      path: '/apis/conformance.example.dev/v1alpha1/namespaces/default/widgets',
      body: {
        apiVersion: 'conformance.example.dev/v1alpha1',
        kind: 'Widget',
        metadata: { name: 'alpha' },
        spec: { size: 1, extra: 'x' },
      },
    });
    await ask({ path: `${base}/alpha` });
  },
  'replace and patch': async ({ ask }) => {
    const made = await ask({ path: base, body: widget('rep') });
    const object = made.body;
    await ask({ method: 'PUT', path: `${base}/rep`, body: object });
    await ask({
      method: 'PUT',
      path: `${base}/rep`,
      body: { ...object, spec: { size: 2 }, status: { phase: 'Ready' } },
    });
    await ask({ method: 'PUT', path: `${base}/rep`, body: object });
    await ask({ method: 'PUT', path: `${base}/rep`, body: widget('rep', { size: 3 }) });
    await ask({ method: 'PUT', path: `${base}/rep`, body: widget('other', { size: 3 }) });
    await ask({ method: 'PUT', path: `${base}/gone`, body: widget('gone', { size: 3 }, { resourceVersion: '1' }) });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: merge, body: { metadata: { labels: { a: 'b' } } } });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: merge, body: { metadata: { labels: { a: 'b' } } } });
    await ask({
      method: 'PATCH',
      path: `${base}/rep`,
      headers: merge,
      body: { metadata: { labels: { a: null } }, spec: { note: 'abc', color: null } },
    });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: merge, body: { metadata: { resourceVersion: '1' } } });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: merge, body: { spec: { size: 'x' } } });
    await ask({
      method: 'PATCH',
      path: `${base}/rep?fieldValidation=Strict`,
      headers: merge,
      body: { spec: { odd: 'x' } },
    });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: merge, body: { metadata: { name: 'other' } } });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: merge, body: { kind: 'Other' } });
    await ask({ method: 'PATCH', path: `${base}/gone`, headers: merge, body: { spec: { size: 1 } } });
    await ask({
      method: 'PATCH',
      path: `${base}/rep`,
      headers: json,
      body: [
        { op: 'test', path: '/spec/size', value: 2 },
        { op: 'replace', path: '/spec/size', value: 9 },
      ],
    });
    await ask({
      method: 'PATCH',
      path: `${base}/rep`,
      headers: json,
      body: [{ op: 'test', path: '/spec/size', value: 2 }],
    });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: json, body: [{ op: 'remove', path: '/spec/missing' }] });
    await ask({
      method: 'PATCH',
      path: `${base}/rep`,
      headers: json,
      body: [{ op: 'add', path: '/spec/tags/5', value: 'x' }],
    });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: json, body: { op: 'add' } });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: merge, body: [] });
    await ask({
      method: 'PATCH',
      path: `${base}/rep`,
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
      body: {},
    });
    await ask({ method: 'PATCH', path: `${base}/rep`, headers: { 'content-type': 'application/json' }, body: {} });
  },
  'status and scale': async ({ ask }) => {
    const made = await ask({
      path: base,
      body: { ...widget('sub', { size: 1, replicas: 2 }), status: { phase: 'Ready' } },
    });
    await ask({
      method: 'PUT',
      path: `${base}/sub/status`,
      body: {
        ...made.body,
        spec: { size: 50 },
        metadata: { ...made.body.metadata, labels: { x: 'y' } },
        status: { phase: 'Ready', replicas: 2, selector: 'a=b' },
      },
    });
    await ask({ method: 'PATCH', path: `${base}/sub/status`, headers: merge, body: { status: { phase: 'Odd' } } });
    await ask({
      method: 'PATCH',
      path: `${base}/sub/status`,
      headers: merge,
      body: { status: { phase: 'Pending' }, spec: { size: 9 } },
    });
    await ask({ method: 'PATCH', path: `${base}/sub`, headers: merge, body: { status: { phase: 'Ready' } } });
    await ask({ path: `${base}/sub/status` });
    await ask({ path: `${base}/sub/scale` });
    await ask({ method: 'PATCH', path: `${base}/sub/scale`, headers: merge, body: { spec: { replicas: 5 } } });
    await ask({
      method: 'PUT',
      path: `${base}/sub/scale`,
      body: {
        apiVersion: 'autoscaling/v1',
        kind: 'Scale',
        metadata: { name: 'sub', namespace: 'default' },
        spec: { replicas: 6 },
      },
    });
    await ask({
      method: 'PUT',
      path: `${base}/sub/scale`,
      body: {
        apiVersion: 'autoscaling/v1',
        kind: 'Scale',
        metadata: { name: 'sub', namespace: 'default', resourceVersion: '1' },
        spec: { replicas: 7 },
      },
    });
    await ask({ method: 'PATCH', path: `${base}/sub/scale`, headers: merge, body: { spec: { replicas: -1 } } });
    await ask({ path: `${base}/sub` });
    await ask({ path: `${base}/sub/other` });
    await ask({ path: '/apis/conformance.example.dev/v1alpha1/namespaces/default/widgets/sub/status' });
  },
  'delete and finalizers': async ({ ask }) => {
    await ask({ path: base, body: widget('del') });
    await ask({ method: 'DELETE', path: `${base}/del`, body: { preconditions: { uid: 'other' } } });
    await ask({ method: 'DELETE', path: `${base}/del?dryRun=All` });
    await ask({ method: 'DELETE', path: `${base}/del` });
    await ask({ method: 'DELETE', path: `${base}/del` });
    await ask({ path: base, body: widget('fin', { size: 1 }, { finalizers: ['example.dev/hold'] }) });
    await ask({ method: 'DELETE', path: `${base}/fin` });
    await ask({ method: 'DELETE', path: `${base}/fin` });
    await ask({
      method: 'PATCH',
      path: `${base}/fin`,
      headers: merge,
      body: { metadata: { finalizers: ['example.dev/hold', 'example.dev/more'] } },
    });
    await ask({ method: 'PATCH', path: `${base}/fin`, headers: merge, body: { spec: { size: 3 } } });
    await ask({ method: 'PATCH', path: `${base}/fin`, headers: merge, body: { metadata: { finalizers: null } } });
    await ask({ path: `${base}/fin` });
    await ask({ path: base, body: widget('many-1', { size: 1 }, { labels: { many: 'yes' } }) });
    await ask({ path: base, body: widget('many-2', { size: 1 }, { labels: { many: 'yes' } }) });
    await ask({ method: 'DELETE', path: `${base}?labelSelector=many%3Dyes` });
    await ask({ path: `${base}?labelSelector=many%3Dyes` });
  },
  'built-in kinds': async ({ ask }) => {
    const maps = '/api/v1/namespaces/default/configmaps';
    await ask({ path: maps, body: { metadata: { name: 'cm' }, data: { a: 'b' } } });
    await ask({ method: 'PUT', path: `${maps}/cm`, body: { metadata: { name: 'cm' }, data: { a: 'c' } } });
    await ask({ path: `${maps}?fieldSelector=metadata.name%3Dcm` });
    await ask({ path: `${maps}/cm` });
    await ask({ method: 'DELETE', path: `${maps}/cm` });
    await ask({ path: '/api/v1/namespaces', body: { metadata: { name: 'conf-space' } } });
    await ask({
      path: '/apis/conformance.example.dev/v1/namespaces/conf-space/widgets',
      body: widget('in', { size: 1 }),
    });
  },
  discovery: async ({ ask }) => {
    await ask({ path: '/apis/conformance.example.dev' });
    await ask({ path: '/apis/conformance.example.dev/v1' });
    await ask({ path: '/apis/conformance.example.dev/v1alpha1' });
    await ask({ path: '/apis/conformance.example.dev/v7' });
    await ask({ path: '/apis/nowhere.example.dev' });
    await ask({ path: '/apis/conformance.example.dev/v1/gadgets' });
    await ask({ path: '/api' });
    await ask({ path: '/readyz' });
    await ask({
      path: `${base}/one`,
      headers: { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' },
    });
    await ask({ path: `${base}/one`, headers: { accept: 'text/html' } });
    await ask({ path: `${base}/one`, headers: { accept: 'application/vnd.kubernetes.protobuf' } });
  },
};
