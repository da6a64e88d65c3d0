import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { requestInfo } from './api-path.js';
import { httpError } from './http-error.js';

const server = 'https://host:6443';
const wallNow = Date.parse('2030-01-01T00:00:00Z');

function error(
  status: number,
  o: { body?: unknown; method?: string; path?: string; headers?: Record<string, string> } = {},
): ReturnType<typeof httpError> {
  const {
    body = { kind: 'Status', message: 'said', reason: 'Some' },
    method = 'GET',
    path = '/apis/example.dev/v1/namespaces/apps/foos/web',
    headers = {},
  } = o;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return httpError({ status, headers, body: text, wallNow }, { server, method, path });
}

describe('the error of an HTTP answer', () => {
  const codes: [status: number, code: string][] = [
    [400, 'invalid'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'invalid'],
    [406, 'invalid'],
    [409, 'conflict'],
    [410, 'expired'],
    [413, 'invalid'],
    [415, 'invalid'],
    [422, 'invalid'],
    [429, 'throttled'],
    [500, 'server'],
    [503, 'server'],
    [504, 'server'],
    [418, 'invalid'],
  ];
  it.each(codes)('%i is %s, and status and reason are kept', (status, code) => {
    expect(error(status)).toMatchObject({ code, status, reason: 'Some' });
  });

  it.each([400, 405, 406, 413, 415, 422])('%i is invalid, also of a proxy that sends no Status', (status) => {
    expect(error(status, { body: 'no' })).toMatchObject({ code: 'invalid', status });
  });

  it('a status that the API server never sends, without a Status, is no Kubernetes', () => {
    const page =
      '<html><head><title>Sign in</title><style>b { color: red }</style><SCRIPT>let a;\n</SCRIPT></head><body>Please   sign in</body></html>';
    expect(error(402, { body: page })).toMatchObject({
      code: 'protocol',
      message: expect.stringContaining(`Is ${server} a Kubernetes API server?`),
    });
    expect(error(403, { body: page })).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('403, Sign in Please sign in'),
    });
  });

  it.each(['<', '<a', '<script>', 'eyJ-', 'eyJ-.', 'eyJabcdefgh-'])(
    'a body of nothing but %j, as long as one is read, takes no time to speak of',
    (unit) => {
      const body = unit.repeat(Math.ceil((256 * 1024) / unit.length));
      const { cpuUsage } = process;
      const before = cpuUsage();
      expect(error(502, { body })).toMatchObject({ code: 'server', status: 502 });
      expect(error(502, { body: `${body}.` })).toMatchObject({ code: 'server', status: 502 });
      expect(cpuUsage(before).user).toBeLessThan(1_000_000);
    },
  );

  it('a token is masked wherever it stands in the body', () => {
    const token = 'eyJhbGciOiJI.eyJzdWIi.c2ln-_';
    const { message } = error(502, { body: `a-${token}, x.${token} (${token}) <b>${token}` });
    expect(message).toContain('502, a-***, x.*** (***) ***');
  });

  it('details are read, and what has another type is left out', () => {
    const details = {
      name: 'web',
      group: 'example.dev',
      kind: 'foos',
      uid: 7,
      retryAfterSeconds: 3,
      causes: [{ reason: 'FieldValueInvalid', field: 'spec.size', message: 'too big' }, 'x'],
    };
    expect(error(422, { body: { kind: 'Status', reason: 'Invalid', details } }).details).toEqual({
      name: 'web',
      group: 'example.dev',
      kind: 'foos',
      retryAfterSeconds: 3,
      causes: [{ reason: 'FieldValueInvalid', field: 'spec.size', message: 'too big' }],
    });
  });

  it('the id of the request is kept, for the audit log of the server', () => {
    const id = '4a0d7d86-9c1b-4f0e-8d4c-7d6e5f4a3b2c';
    expect(error(403, { headers: { 'audit-id': id } }).auditId).toBe(id);
    expect(error(403, { headers: { 'audit-id': 'Bearer hunter2' } }).auditId).toBeUndefined();
    expect(error(403).auditId).toBeUndefined();
  });

  const retryAfter: [header: string, seconds: number | undefined][] = [
    ['7', 7],
    ['0', 0],
    ['99999999999', 99999999999],
    ['Tue, 01 Jan 2030 00:01:30 GMT', 90],
    ['Mon, 31 Dec 2029 00:00:00 GMT', 0],
    ['Tue Jan  1 00:01:30 2030', 90],
    ['Tuesday, 01-Jan-30 00:01:30 GMT', 90],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
  ];
  it.each(retryAfter)('E3: Retry-After %j of the header is there when the Status has none', (header, seconds) => {
    const { details } = error(429, { body: 'slow down', headers: { 'retry-after': header } });
    expect(details?.retryAfterSeconds).toBe(seconds);
  });

  it.each([
    [0, '120', 120],
    [120, '7', 120],
    [3, 'soon', 3],
  ])(
    'E3: of %d s in the Status and a Retry-After of %s the longer wait counts',
    (retryAfterSeconds, header, seconds) => {
      const body = { kind: 'Status', details: { retryAfterSeconds } };
      const { details } = error(429, { body, headers: { 'retry-after': header } });
      expect(details).toEqual({ retryAfterSeconds: seconds });
    },
  );

  const rules: [method: string, path: string, message: string][] = [
    [
      'GET',
      '/apis/example.dev/v1/namespaces/apps/foos/web',
      'cannot get foos.example.dev "web" in namespace "apps": 403, said. A Role in namespace "apps", or a ClusterRole, with this rule, bound to the user, allows it: { apiGroups: ["example.dev"], resources: ["foos"], verbs: ["get"] }',
    ],
    [
      'GET',
      '/apis/example.dev/v1/foos?limit=5',
      'cannot list foos.example.dev: 403, said. A ClusterRole with this rule, bound to the user, allows it: { apiGroups: ["example.dev"], resources: ["foos"], verbs: ["list"] }',
    ],
    [
      'GET',
      '/api/v1/namespaces/apps/pods?watch=1',
      'cannot watch pods in namespace "apps": 403, said. A Role in namespace "apps", or a ClusterRole, with this rule, bound to the user, allows it: { apiGroups: [""], resources: ["pods"], verbs: ["watch"] }',
    ],
    [
      'PUT',
      '/apis/apps/v1/namespaces/a/deployments/d/scale',
      'cannot update deployments.apps/scale "d" in namespace "a": 403, said. A Role in namespace "a", or a ClusterRole, with this rule, bound to the user, allows it: { apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["update"] }',
    ],
    ['GET', '/version', 'cannot GET /version at https://host:6443: 403, said'],
  ];
  it.each(rules)('403 of %s %s teaches the rule that allows it', (method, path, message) => {
    expect(error(403, { method, path }).message).toBe(message);
  });

  const RBAC = (rest: string): unknown => ({
    kind: 'Status',
    reason: 'Forbidden',
    message: `x is forbidden: User "jane" ${rest}`,
  });
  const said: [what: string, body: unknown, advice: string | undefined][] = [
    [
      'a right in a namespace',
      RBAC('cannot update resource "deployments/scale" in API group "apps" in the namespace "a"'),
      'A Role in namespace "a", or a ClusterRole, with this rule, bound to the user, allows it: { apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["update"] }',
    ],
    [
      'a right in the whole cluster',
      RBAC('cannot watch resource "nodes" in API group "" at the cluster scope: RBAC: role not found'),
      'A ClusterRole with this rule, bound to the user, allows it: { apiGroups: [""], resources: ["nodes"], verbs: ["watch"] }',
    ],
    [
      'an impersonation, whatever was asked for',
      RBAC('cannot impersonate resource "users" in API group "" at the cluster scope'),
      'A ClusterRole with this rule, bound to the user, allows it: { apiGroups: [""], resources: ["users"], verbs: ["impersonate"] }',
    ],
    [
      'a constrained impersonation',
      RBAC('cannot impersonate-on:serviceaccount:list resource "nodes" in API group "" at the cluster scope'),
      'A ClusterRole with this rule, bound to the user, allows it: { apiGroups: [""], resources: ["serviceaccounts"], verbs: ["impersonate"] }',
    ],
    [
      'a path',
      RBAC('cannot get path "/metrics"'),
      'A ClusterRole with this rule, bound to the user, allows it: { nonResourceURLs: ["/metrics"], verbs: ["get"] }',
    ],
    ['a quota', { kind: 'Status', message: 'pods "x" is forbidden: exceeded quota: few' }, undefined],
    ['a webhook', { kind: 'Status', message: 'admission webhook "w" denied the request: no' }, undefined],
    [
      'an escalation',
      {
        kind: 'Status',
        message: 'roles "x" is forbidden: user "jane" is attempting to grant RBAC permissions not held',
      },
      undefined,
    ],
  ];
  it.each(said)('403 of %s: the advice is about what the server says', (_what, body, advice) => {
    const { message } = error(403, { body });
    expect(message).toMatch(/^cannot get foos\.example\.dev "web" in namespace "apps": 403, /);
    if (advice === undefined) expect(message).not.toMatch(/Role/);
    else expect(message.endsWith(`. ${advice}`)).toBe(true);
  });

  it('403 of nobody says that no credentials were seen', () => {
    const message = 'x is forbidden: User "system:anonymous" cannot get path "/"';
    expect(error(403, { body: { kind: 'Status', message } }).message).toContain('it saw no credentials that it takes');
  });

  it('401 says what is known of the credentials', () => {
    const answer = { status: 401, headers: {}, body: '' };
    const told = (credentials?: () => string | undefined): string =>
      httpError(
        { ...answer, wallNow },
        { server, method: 'GET', path: '/x', ...(credentials === undefined ? {} : { credentials }) },
      ).message;
    expect(told()).toBe(
      `cannot GET /x at ${server}: 401. ${server} did not accept the credentials: they are missing, wrong or expired`,
    );
    expect(told(() => 'the token of the pod')).toContain('did not accept the credentials: the token of the pod');
  });

  it.each([
    'Client sent an HTTP request to an HTTPS server.\n',
    '<h1>The plain HTTP request was sent to HTTPS port</h1>',
  ])('plain http to a TLS port: %s', (body) => {
    const told = httpError(
      { status: 400, headers: {}, body, wallNow },
      { server: 'http://host:6443', method: 'GET', path: '/' },
    );
    expect(told).toMatchObject({ code: 'protocol', message: expect.stringMatching(/\. Use https:\/\/host:6443$/) });
  });

  it('407 is a proxy between', () => {
    expect(error(407, { body: '' })).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('proxyUrl'),
    });
  });

  it('404 tells an object that is not there from a kind that is not there', () => {
    expect(error(404, { body: '404 page not found\n' }).message).toBe(
      'cannot get foos.example.dev "web" in namespace "apps": 404, 404 page not found. Is the CustomResourceDefinition foos.example.dev installed, and does it serve v1?',
    );
    expect(
      error(404, { body: { kind: 'Status', details: { name: 'web' }, message: 'foos "web" not found' } }).message,
    ).toBe('cannot get foos.example.dev "web" in namespace "apps": 404, foos "web" not found');
  });

  it('a conflict of a replace says what to do', () => {
    expect(
      error(409, { method: 'PUT', body: { kind: 'Status', reason: 'Conflict', message: 'changed' } }).message,
    ).toContain('read it again');
    expect(
      error(409, { method: 'POST', body: { kind: 'Status', reason: 'AlreadyExists', message: 'exists' } }),
    ).toMatchObject({ reason: 'AlreadyExists' });
  });

  it('a JSON patch that cannot be applied is told with what may be the matter, which the server does not say', () => {
    const body = {
      kind: 'Status',
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
    };
    expect(error(422, { body, method: 'PATCH' }).message).toContain('A `test` of the JSON patch does not hold');
    expect(error(422, { body, method: 'PUT' }).message).not.toContain('JSON patch');
    expect(error(422, { method: 'PATCH' }).message).not.toContain('JSON patch');
  });

  it("T12: what looks like a credential in somebody's text is masked", () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl';
    for (const body of [
      `no access with Bearer abc.def.ghi`,
      { kind: 'Status', message: `token ${token} is bad`, details: { name: token } },
    ]) {
      const text = inspect(error(401, { body }), { depth: 9 });
      expect(text).not.toMatch(/abc\.def|eyJ/);
    }
  });
});

describe('the verb and the object of a request', () => {
  const cases: [method: string, path: string, info: unknown][] = [
    ['GET', '/api/v1/namespaces', { verb: 'list', resource: { group: '', version: 'v1', plural: 'namespaces' } }],
    [
      'GET',
      '/api/v1/namespaces/a',
      { verb: 'get', resource: { group: '', version: 'v1', plural: 'namespaces', name: 'a' } },
    ],
    [
      'PUT',
      '/api/v1/namespaces/a/status',
      {
        verb: 'update',
        resource: { group: '', version: 'v1', plural: 'namespaces', name: 'a', subresource: 'status' },
      },
    ],
    [
      'PUT',
      '/api/v1/namespaces/a/finalize',
      {
        verb: 'update',
        resource: { group: '', version: 'v1', plural: 'namespaces', name: 'a', subresource: 'finalize' },
      },
    ],
    [
      'POST',
      '/api/v1/namespaces/a/pods',
      { verb: 'create', resource: { group: '', version: 'v1', plural: 'pods', namespace: 'a' } },
    ],
    [
      'PATCH',
      '/apis/g.io/v2/xs/n%2Fm/status?dryRun=All',
      { verb: 'patch', resource: { group: 'g.io', version: 'v2', plural: 'xs', name: 'n/m', subresource: 'status' } },
    ],
    [
      'DELETE',
      '/apis/g.io/v2/xs',
      { verb: 'deletecollection', resource: { group: 'g.io', version: 'v2', plural: 'xs' } },
    ],
    [
      'DELETE',
      '/apis/g.io/v2/xs/x',
      { verb: 'delete', resource: { group: 'g.io', version: 'v2', plural: 'xs', name: 'x' } },
    ],
    ['GET', '/apis/g.io/v2', { verb: 'get' }],
    ['GET', '/healthz', { verb: 'get' }],
    [
      'GET',
      '/api/v1/nodes/n?watch=true',
      { verb: 'get', resource: { group: '', version: 'v1', plural: 'nodes', name: 'n' } },
    ],
    ['GET', '/apis/g.io/v2/xs/%', { verb: 'get', resource: { group: 'g.io', version: 'v2', plural: 'xs', name: '%' } }],
  ];
  it.each(cases)('%s %s', (method, path, info) => {
    expect(requestInfo(method, path)).toEqual(info);
  });
});
