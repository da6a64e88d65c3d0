import { describe, expect, it } from 'vitest';
import { connectScene, kubeconfig as kubeconfigOf } from '../../../tests/support/connect-scene.js';
import { smallOpenApi } from '../../../tests/support/small-openapi.js';
import { closeServersAfterEach, serveHttp } from '../../../tests/support/test-servers.js';
import { generate } from '../../generate.js';
import { readCluster, type ClusterInput } from './read-cluster.js';

closeServersAfterEach();
const scene = connectScene();

type Answer = string | { readonly status: number; readonly body?: string };

const crdList = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions?limit=100';

/** A server that answers what it is told and 404 to the rest, with a log of what it was asked. */
async function serve(
  answers: Readonly<Record<string, Answer>>,
): Promise<{ url: string; asked: string[]; kubeconfig: string }> {
  const asked: string[] = [];
  const { url } = await serveHttp((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''] ?? { status: 404 };
    response.writeHead(typeof answer === 'string' ? 200 : answer.status, { 'content-type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : (answer.body ?? ''));
  });
  return { url, asked, kubeconfig: kubeconfigFor(url) };
}

const kubeconfigFor = (server: string): string => scene.write('kubeconfig', kubeconfigOf({ cluster: { server } }));

function status(code: number, reason: string, message: string): Answer {
  return {
    status: code,
    body: JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, code }),
  };
}

const index = (...paths: string[]): string =>
  JSON.stringify({
    paths: Object.fromEntries(paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=1` }])),
  });
const groups = (...names: string[]): string =>
  JSON.stringify({
    kind: 'APIGroupList',
    groups: names.map((name) => {
      const [group, version] = name.split('/');
      return { name: group, versions: [{ groupVersion: name, version }] };
    }),
  });
const spec = { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } };
const openapi = (group: string, kind: string): string => smallOpenApi([{ group, kind, schema: spec }], {}, { v: 3 });

function crd(group: string, kind: string): object {
  const plural = `${kind.toLowerCase()}s`;
  return {
    metadata: { name: `${plural}.${group}`, managedFields: [{ manager: 'x' }] },
    spec: {
      group,
      names: { kind, plural },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: spec } }],
    },
  };
}

const list = (...items: object[]): string =>
  JSON.stringify({ kind: 'CustomResourceDefinitionList', metadata: {}, items });

/** An API server with Deployments, Jobs, and Foos of a CRD. */
const usual: Readonly<Record<string, Answer>> = {
  '/apis': groups('apps/v1', 'batch/v1', 'example.dev/v1'),
  '/openapi/v3': index('api/v1', 'apis', 'apis/apps/v1', 'apis/batch/v1', 'apis/example.dev/v1', 'version'),
  '/openapi/v3/api/v1?hash=1': openapi('', 'Pod'),
  '/openapi/v3/apis/apps/v1?hash=1': openapi('apps', 'Deployment'),
  '/openapi/v3/apis/batch/v1?hash=1': openapi('batch', 'Job'),
  '/openapi/v3/apis/example.dev/v1?hash=1': openapi('example.dev', 'Foo'),
  [crdList]: list(crd('example.dev', 'Foo')),
};

async function run(
  input: Partial<ClusterInput>,
): Promise<{ kinds: string[]; messages: string[]; files: Record<string, string> }> {
  const wish = { include: [], exclude: [], ...input };
  const read = await readCluster(wish);
  const made = await generate(read.sources, { ...wish, leftOut: read.leftOut });
  return {
    kinds: made.summary.resources.map(({ group, kind }) => `${group}/${kind}`).sort(),
    messages: [...read.diagnostics, ...(read.sources.length === 0 ? [] : made.diagnostics)].map(
      ({ severity, file, message, hint }) =>
        `${severity}: ${file === undefined ? '' : `${file}: `}${message}${hint === undefined ? '' : `. ${hint}`}`,
    ),
    files: Object.fromEntries(made.files.map(({ path, content }) => [path, content])),
  };
}

describe('reading a cluster', () => {
  it('takes each resource once: those of CRDs from the CRD, all others from OpenAPI v3', async () => {
    const { kubeconfig, asked } = await serve(usual);
    const { kinds, messages, files } = await run({ kubeconfig });
    expect({ kinds, messages }).toEqual({
      kinds: ['/Pod', 'apps/Deployment', 'batch/Job', 'example.dev/Foo'],
      messages: [],
    });
    expect(files['example.dev/v1/foo.ts']).toContain('From CustomResourceDefinition foos.example.dev, version v1');
    expect(asked).not.toContain('/openapi/v3/apis/example.dev/v1?hash=1');
    expect(asked).not.toContain('/openapi/v3/version?hash=1');
  });

  it('V17: leaves out a CRD whose kind another one has, but none that was served before its names clashed', async () => {
    const refused = { type: 'NamesAccepted', status: 'False' };
    const second = {
      ...(JSON.parse(JSON.stringify(crd('example.dev', 'Foo')).replaceAll('foos', 'fooz')) as object),
      status: { conditions: [refused] },
    };
    const first = {
      ...crd('example.dev', 'Foo'),
      status: { conditions: [refused, { type: 'Established', status: 'True' }] },
    };
    const { kubeconfig } = await serve({ ...usual, [crdList]: list(second, first) });
    const { kinds, messages, files } = await run({ kubeconfig, include: ['example.dev/*'] });
    expect({ kinds, messages }).toEqual({ kinds: ['example.dev/Foo'], messages: [] });
    expect(files['example.dev/v1/foo.ts']).toContain('From CustomResourceDefinition foos.example.dev');
  });

  it('reads CRDs page by page', async () => {
    const { kubeconfig } = await serve({
      ...usual,
      [crdList]: JSON.stringify({ metadata: { continue: 'a/b+' }, items: [crd('example.dev', 'Foo')] }),
      [`${crdList}&continue=a%2Fb%2B`]: list(crd('example.dev', 'Bar')),
    });
    expect((await run({ kubeconfig, include: ['example.dev/*'] })).kinds).toEqual([
      'example.dev/Bar',
      'example.dev/Foo',
    ]);
  });

  it('ends with a list of CRDs whose pages lead in a circle', async () => {
    const page = (next: string): string => JSON.stringify({ metadata: { continue: next }, items: [] });
    const { kubeconfig } = await serve({
      ...usual,
      [crdList]: page('a'),
      [`${crdList}&continue=a`]: page('b'),
      [`${crdList}&continue=b`]: page('a'),
    });
    const { messages } = await run({ kubeconfig, include: ['example.dev/*'] });
    expect(messages[0]).toContain('is a list whose pages lead in a circle');
  });

  it('falls back to OpenAPI v2 where there is no v3', async () => {
    const { '/openapi/v3': _, ...rest } = usual;
    const { kubeconfig } = await serve({
      ...rest,
      '/openapi/v2': smallOpenApi([
        { group: 'apps', kind: 'Deployment', schema: spec },
        { group: 'example.dev', kind: 'Foo', schema: spec },
      ]),
    });
    const { kinds, messages } = await run({ kubeconfig });
    expect({ kinds, messages }).toEqual({ kinds: ['apps/Deployment', 'example.dev/Foo'], messages: [] });
  });

  it('names every group whose document it may not read, and the pattern that does without it', async () => {
    const { kubeconfig, url } = await serve({
      ...usual,
      '/openapi/v3/api/v1?hash=1': status(403, 'Forbidden', 'no'),
      '/openapi/v3/apis/batch/v1?hash=1': status(403, 'Forbidden', 'no'),
    });
    const { messages } = await run({ kubeconfig });
    expect(messages).toHaveLength(2);
    expect(messages[0]).toMatch(
      new RegExp(`^error: cluster ${url} openapi/v3/api/v1: cannot be read: .*403.*--exclude 'core/\\*'$`),
    );
    expect(messages[1]).toMatch(
      new RegExp(`^error: cluster ${url} openapi/v3/apis/batch/v1: cannot be read: .*--exclude 'batch/\\*'$`),
    );
  });

  it('asks nothing about a group that is left out, and does not call its pattern useless', async () => {
    const { kubeconfig, asked } = await serve({
      ...usual,
      '/openapi/v3/apis/batch/v1?hash=1': status(403, 'Forbidden', 'no'),
      [crdList]: status(403, 'Forbidden', 'no'),
    });
    const { kinds, messages } = await run({ kubeconfig, exclude: ['batch/*', 'example.dev/*'] });
    expect({ kinds, messages }).toEqual({ kinds: ['/Pod', 'apps/Deployment'], messages: [] });
    expect(asked.filter((path) => /batch|example|customresource/.test(path))).toEqual([]);
    expect((await run({ kubeconfig, include: ['apps/*'] })).kinds).toEqual(['apps/Deployment']);
    expect((await run({ kubeconfig, include: ['apps/*'], exclude: ['bach/*'] })).messages).toEqual([
      'warning: the pattern "bach/*" matches no resource. Did you mean "batch/*"?',
    ]);
  });

  it('names the groups that CRDs may serve when these may not be listed', async () => {
    const { kubeconfig, url } = await serve({ ...usual, [crdList]: status(403, 'Forbidden', 'no') });
    const { messages } = await run({ kubeconfig });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(
      new RegExp(
        `^error: cluster ${url} apis/apiextensions.k8s.io/v1/customresourcedefinitions: cannot be read: .*--exclude 'example.dev/\\*'$`,
      ),
    );
  });

  it.each([503, 404])('lets no kind vanish because an aggregated API answers %i', async (code) => {
    const { kubeconfig } = await serve({
      ...usual,
      '/apis': groups('apps/v1', 'batch/v1', 'example.dev/v1', 'metrics.k8s.io/v1beta1'),
      '/openapi/v3': index('api/v1', 'apis/apps/v1', 'apis/batch/v1', 'apis/metrics.k8s.io/v1beta1'),
      '/openapi/v3/apis/metrics.k8s.io/v1beta1?hash=1': { status: code, body: 'away' },
    });
    const { messages } = await run({ kubeconfig });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(
      new RegExp(
        `openapi/v3/apis/metrics.k8s.io/v1beta1: cannot be read: .*${code}, away. Is its own API server down \\(kubectl get apiservices\\)\\? To do without it: --exclude 'metrics.k8s.io/\\*'$`,
      ),
    );
    expect((await run({ kubeconfig, exclude: ['metrics.k8s.io/*'] })).messages).toEqual([]);
  });

  it('lets no kind vanish because a group that is served has no document', async () => {
    const { kubeconfig, url } = await serve({ ...usual, '/apis': groups('apps/v1', 'metrics.k8s.io/v1beta1') });
    expect((await run({ kubeconfig })).messages).toEqual([
      `error: cluster ${url} openapi/v3/apis/metrics.k8s.io/v1beta1: is missing: the cluster serves this version of the group, but has no document of it. Is its own API server down (kubectl get apiservices)? To do without it: --exclude 'metrics.k8s.io/*'`,
    ]);
  });

  it('does not advise to do without what alone was asked for, but tells the way to it that needs no list of CRDs', async () => {
    const include = ['example.dev/*'];
    const forbidden = await serve({ ...usual, [crdList]: status(403, 'Forbidden', 'no') });
    expect((await run({ kubeconfig: forbidden.kubeconfig, include })).messages).toEqual([
      expect.stringMatching(
        /verbs: \["list"\] \}\. Without this right, make .*: kubectl get --raw \/openapi\/v3\/apis\/example\.dev\/v1 \| kube-gen -$/,
      ),
    ]);
    const both = [...include, 'apps/*'];
    expect((await run({ kubeconfig: forbidden.kubeconfig, include: both })).messages).toEqual([
      expect.stringMatching(/To do without it: --exclude 'example\.dev\/\*'$/),
    ]);
    const away = await serve({ ...usual, [crdList]: status(503, 'ServiceUnavailable', 'later') });
    expect((await run({ kubeconfig: away.kubeconfig, include })).messages).toEqual([
      expect.stringMatching(/503.*later$/),
    ]);
  });

  it('says of groups that are not there which may be meant', async () => {
    const { kubeconfig, url } = await serve(usual);
    const none = `error: cluster ${url}: has none of the groups that are asked for`;
    expect((await run({ kubeconfig, include: ['exmaple.dev/*', 'core/v2/*', 'bach/Job'] })).messages).toEqual([
      `${none}. Did you mean "example.dev/*" and "batch/Job"?`,
    ]);
    expect((await run({ kubeconfig, include: ['velero.io/*'] })).messages).toEqual([none]);
  });

  it('takes short names, categories and singulars from aggregated discovery', async () => {
    const { kubeconfig } = await serve({
      ...usual,
      '/apis': JSON.stringify({
        kind: 'APIGroupDiscoveryList',
        apiVersion: 'apidiscovery.k8s.io/v2',
        items: [
          {
            metadata: { name: 'apps' },
            versions: [
              {
                version: 'v1',
                resources: [
                  {
                    resource: 'deployments',
                    singularResource: 'deploy-one',
                    shortNames: ['deploy'],
                    categories: ['all'],
                  },
                ],
              },
            ],
          },
        ],
      }),
    });
    const { files, messages } = await run({ kubeconfig, include: ['apps/*'] });
    expect(messages).toEqual([]);
    expect(files['apps/v1/deployment.ts']).toContain("singular: 'deploy-one'");
    expect(files['apps/v1/deployment.ts']).toContain("shortNames: ['deploy']");
    expect(files['apps/v1/deployment.ts']).toContain("categories: ['all']");
  });

  it('says of a cluster that is away, wants other credentials or speaks no Kubernetes what is wrong, once', async () => {
    const away = await run({ kubeconfig: kubeconfigFor('http://127.0.0.1:1') });
    expect(away.messages).toHaveLength(1);
    expect(away.messages[0]).toMatch(/^error: .*127\.0\.0\.1:1/);
    const { kubeconfig } = await serve({ '/api': status(401, 'Unauthorized', 'who are you') });
    expect((await run({ kubeconfig })).messages).toEqual([expect.stringContaining('401')]);
    const page = await serve({ '/api': '<html>', '/apis': '<html>' });
    expect((await run({ kubeconfig: page.kubeconfig })).messages).toEqual([expect.stringContaining('/api at')]);
    const nothing = await serve({});
    expect((await run({ kubeconfig: nothing.kubeconfig })).messages).toEqual([
      expect.stringMatching(/openapi\/v2: cannot be read: .*404/),
    ]);
    expect((await run({ kubeconfig, context: 'there' })).messages).toEqual([expect.stringContaining('there')]);
    expect((await run({ kubeconfig: '/nowhere/config' })).messages).toEqual([
      expect.stringContaining('/nowhere/config'),
    ]);
  });

  it('says what is broken in a document that arrives in part', async () => {
    const { kubeconfig, url } = await serve({
      ...usual,
      '/openapi/v3/apis/apps/v1?hash=1': openapi('apps', 'Deployment').slice(0, 200),
    });
    const { messages } = await run({ kubeconfig });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`error: cluster ${url} openapi/v3/apis/apps/v1: `);
  });

  it('reads a CRD that cannot be understood as an error with its name', async () => {
    const { kubeconfig, url } = await serve({ ...usual, [crdList]: list({ ...crd('example.dev', 'Foo'), spec: {} }) });
    const { messages } = await run({ kubeconfig });
    expect(messages[0]).toContain(`error: cluster ${url} customresourcedefinitions/foos.example.dev: `);
  });
});
