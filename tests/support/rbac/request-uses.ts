import type { UseRow } from './use-row.js';

const typed = `import { typedRequest } from '@kube-gen/runtime/openapi';
type Path<P> = { parameters: { path: P }; responses: { 200: { content: { 'application/json': object } } } };
interface paths { '/apis/x.dev/v1/namespaces/{namespace}/ws/{name}': { get: Path<{ namespace: string; name: string }> }; '/apis/x.dev/v1/namespaces/{namespace}/{kind}/{name}/{part}': { get: Path<{ namespace: string; kind: string; name: string; part: string }> } }
const request = typedRequest<paths>(cluster);`;

/** Raw requests, and what rights they need. */
export const requestUses: readonly UseRow[] = [
  {
    what: 'paths of requests',
    code: `await cluster.request({ path: '/api/v1/namespaces/n/pods/p/log' });
await cluster.request({ method: 'POST', path: \`/api/v1/namespaces/\${encodeURIComponent(text)}/pods/\${text}/eviction\`, body: {} });
await cluster.request({ path: '/apis/x.dev/v1/namespaces/n/ws?watch=1' }); await cluster.request({ path: '/apis/x.dev/v1/ws', query: { watch: true } });
await cluster.request({ method: 'DELETE', path: '/api/v1/namespaces/n' }); await cluster.request({ path: '/metrics' }); await cluster.request({ path: '/version' });`,
    want: [
      '*: namespaces{n} delete',
      '*: pods/eviction create',
      '*: ws watch',
      '*: /metrics get',
      'n: pods/log{p} get',
    ],
  },
  {
    what: 'requests of a helper',
    code: "const call = (method: 'PUT' | 'PATCH', path: string) => cluster.request({ method, path }); await call('PUT', '/apis/x.dev/v1/ws/a/status'); await call('PATCH', '/apis/x.dev/v1/ws/a');",
    want: ['*: ws{a} patch', '*: ws/status{a} update'],
  },
  {
    what: 'paths that are not known',
    code: 'await cluster.request({ path: text }); await cluster.request({ path: `/apis/${text}` }); await cluster.request({ method: text, path: "/api/v1/pods" });',
    want: [],
    says: [
      'the method of this request cannot be followed',
      'the path of this request cannot be followed',
      'the path of this request cannot be followed: "/apis/${…}"',
    ],
  },
  {
    what: 'a namespace of all groups and versions',
    code: "import * as all from './generated/index.js'; await cluster.resource(all.exampleKubeGenDevV1.Foo).get('x', { namespace: 'n' }); new all.exampleKubeGenDevV1.FooReflector(cluster, { namespaces: ['n'] });",
    want: ['n: foos list,watch', 'n: foos{x} get'],
  },
  {
    what: 'a name with a percent sign that escapes nothing',
    code: "await cluster.request({ path: '/api/v1/nodes/100%' });",
    want: ['*: nodes{100%} get'],
  },
  {
    what: 'server-side apply, which may create the object',
    code: "const headers = { 'content-type': 'application/apply-patch+yaml' }; await cluster.request({ method: 'PATCH', path: '/apis/x.dev/v1/namespaces/n/ws/a', headers }); await cluster.request({ method: 'PATCH', path: '/apis/x.dev/v1/namespaces/n/vs/a/status', headers });",
    want: ['n: vs/status{a} patch', 'n: ws{a} create,patch'],
  },
  {
    what: 'a watch of one object, which is a read unless the path says otherwise',
    code: "await cluster.request({ path: '/api/v1/nodes/n?watch=true' }); await cluster.request({ path: '/apis/x.dev/v1/watch/ws/w' });",
    want: ['*: nodes{n} get', '*: ws{w} watch'],
  },
  {
    what: 'typed requests',
    code: `${typed} await request('get', '/apis/x.dev/v1/namespaces/{namespace}/ws/{name}', { params: { path: { namespace: 'n', name: text } } });`,
    want: ['n: ws get'],
  },
  {
    what: 'more paths of one typed request than anybody can read',
    code: `${typed} type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'; declare const any: \`${'${Digit}'.repeat(3)}\`;
await request('get', '/apis/x.dev/v1/namespaces/{namespace}/{kind}/{name}/{part}', { params: { path: { namespace: any, kind: any, name: any, part: any } } });`,
    want: [],
    says: ['the path of this request cannot be followed: "/apis/x.dev/v1/namespaces/{namespace}/{kind}/{name}/{part}"'],
  },
];
