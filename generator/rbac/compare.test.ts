import { describe, expect, it } from 'vitest';
import type { FoundUse } from '../tools/code-uses/found.js';
import { compare } from './compare.js';
import { readManifests } from './read-manifests.js';
import { needsOf } from './needs.js';

const account = { namespace: 'prod', name: 'app' };

function use(o: Partial<FoundUse> & { readonly verbs: readonly string[] }): FoundUse {
  return {
    place: { file: 'main.ts', line: 7 },
    calledFrom: [],
    resource: { group: 'x.dev', plural: 'foos', scope: 'Namespaced' },
    subresource: undefined,
    names: undefined,
    namespaces: { t: 'all' },
    ...o,
  };
}

const inProd = { t: 'some', names: ['prod'], own: false } as const;
const nodes = { group: '', plural: 'nodes', scope: 'Cluster' } as const;

const clusterRole = (rule: string): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: r }
rules: [${rule}]
---
`;
const role = (rule: string, namespace = 'prod'): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: r, namespace: ${namespace} }
rules: [${rule}]
---
`;
const binding = (
  kind: string,
  of: string,
  o = '{ name: b }',
  subject = '{ kind: ServiceAccount, name: app, namespace: prod }',
): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: ${o}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${of}, name: r }
subjects: [${subject}]
---
`;
const rule = (resources: string, verbs: string, more = '', group = 'x.dev'): string =>
  `{ apiGroups: ['${group}'], resources: [${resources}], verbs: [${verbs}]${more} }`;

interface Row {
  readonly what: string;
  readonly uses: readonly FoundUse[];
  readonly paths?: readonly { readonly path: string; readonly verb: string }[];
  readonly yaml: string;
  /** Each a part of a message, errors first. */
  readonly says?: readonly string[];
}

const list = [use({ verbs: ['list'] })];
const get = [use({ verbs: ['get'], names: ['a', 'b'], namespaces: inProd })];

const rows: readonly Row[] = [
  {
    what: 'a rule that reaches further for one resource than for another',
    uses: [
      use({ verbs: ['get'], namespaces: inProd }),
      use({ verbs: ['get'], resource: { group: 'x.dev', plural: 'bars', scope: 'Cluster' } }),
    ],
    yaml: clusterRole(rule('foos, bars', 'get')),
    says: ['grants more than needed: get on foos of x.dev: all namespaces (needed: prod)'],
  },
  {
    what: 'a rule that reaches further for one verb than for another',
    uses: [use({ verbs: ['list'], namespaces: inProd }), use({ verbs: ['delete'], names: ['a'], namespaces: inProd })],
    yaml: role(rule('foos', 'list, delete')),
    says: ['grants more than needed: delete on foos of x.dev: objects of any name (needed: a)'],
  },
  {
    what: 'a namespace, which a role in it may grant',
    uses: [use({ verbs: ['get'], names: ['prod', 'dev'], resource: { ...nodes, plural: 'namespaces' } })],
    yaml: role(rule('namespaces', 'get', '', '')),
    says: ['nothing grants get on namespaces named dev of the core group'],
  },
  {
    what: 'names that YAML reads as something else',
    uses: [use({ verbs: ['delete'], names: ['y'], namespaces: inProd })],
    yaml: role(rule('foos', 'delete', ', resourceNames: [y]')),
    says: ['nothing grants delete on foos named y', 'grants more than needed: objects named true'],
  },
  { what: 'exactly what is needed', uses: list, yaml: clusterRole(rule('foos', 'list')) },
  {
    what: 'another verb, resource and group',
    uses: list,
    yaml:
      clusterRole(rule('foos', 'watch')) +
      clusterRole(rule('bars', 'list')) +
      clusterRole(rule('foos', 'list', '', 'y.dev')),
    says: [
      'nothing grants list on foos of x.dev',
      'a rule of ClusterRole r grants more than needed: nothing in the code needs it',
      'a rule of ClusterRole r grants more than needed: nothing in the code needs it',
      'a rule of ClusterRole r grants more than needed: nothing in the code needs it',
    ],
  },
  {
    what: 'several roles that make it together',
    uses: [use({ verbs: ['list', 'watch'] })],
    yaml: clusterRole(rule('foos', 'list')) + clusterRole(rule('foos', 'watch')),
  },
  {
    what: 'wildcards',
    uses: list,
    yaml: clusterRole("{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }"),
    says: ['more than needed: * on * of * (needed: list on foos of x.dev)'],
  },
  {
    what: 'a subresource, which its resource does not contain',
    uses: [use({ verbs: ['patch'], subresource: 'status' })],
    yaml: clusterRole(rule('foos', 'patch')),
    says: ['nothing grants patch on foos/status of x.dev', 'nothing in the code needs it'],
  },
  {
    what: 'a subresource of everything',
    uses: [use({ verbs: ['patch'], subresource: 'scale' })],
    yaml: clusterRole(rule("'*/scale'", 'patch')),
    says: ['patch on */scale of x.dev (needed: patch on foos/scale of x.dev)'],
  },
  {
    what: 'a Role for what is needed in all namespaces',
    uses: list,
    yaml: role(rule('foos', 'list')),
    says: ['nothing grants list on foos of x.dev'],
  },
  {
    what: 'a ClusterRole for what is needed in one namespace',
    uses: [use({ verbs: ['list'], namespaces: inProd })],
    yaml: clusterRole(rule('foos', 'list')),
    says: ['more than needed: all namespaces (needed: prod)'],
  },
  {
    what: 'a Role in another namespace',
    uses: [use({ verbs: ['list'], namespaces: inProd })],
    yaml: role(rule('foos', 'list'), 'dev'),
    says: ['nothing grants list on foos of x.dev in the namespace prod', 'nothing in the code needs it'],
  },
  {
    what: 'a RoleBinding to a ClusterRole',
    uses: [use({ verbs: ['list'], namespaces: inProd })],
    yaml: clusterRole(rule('foos', 'list')) + binding('RoleBinding', 'ClusterRole', '{ name: b, namespace: prod }'),
  },
  {
    what: 'a binding of somebody else',
    uses: list,
    yaml:
      clusterRole(rule('foos', 'list')) +
      binding('ClusterRoleBinding', 'ClusterRole', undefined, '{ kind: ServiceAccount, name: other, namespace: prod }'),
    says: ['nothing grants list on foos'],
  },
  {
    what: 'a binding of all accounts of the namespace',
    uses: list,
    yaml:
      clusterRole(rule('foos', 'list')) +
      binding('ClusterRoleBinding', 'ClusterRole', undefined, "{ kind: Group, name: 'system:serviceaccounts:prod' }"),
  },
  {
    what: 'a binding of a role that is elsewhere',
    uses: list,
    yaml: role(rule('foos', 'list')) + binding('ClusterRoleBinding', 'ClusterRole'),
    says: ['ClusterRoleBinding b grants ClusterRole r, which is not here', 'nothing grants list on foos'],
  },
  {
    what: 'a role that the server puts together',
    uses: list,
    yaml: clusterRole(rule('foos', 'list')).replace(
      '\n---\n',
      '\naggregationRule: { clusterRoleSelectors: [] }\n---\n',
    ),
    says: ['is put together by the API server (aggregationRule)', 'nothing grants list on foos'],
  },
  {
    what: 'names, all of them',
    uses: get,
    yaml: role(rule('foos', 'get', ', resourceNames: [a]')) + role(rule('foos', 'get', ', resourceNames: [b]')),
  },
  {
    what: 'names, some of them and another one',
    uses: get,
    yaml: role(rule('foos', 'get', ', resourceNames: [a, c]')),
    says: ['nothing grants get on foos named b of x.dev', 'more than needed: objects named c'],
  },
  {
    what: 'any name instead of two',
    uses: get,
    yaml: role(rule('foos', 'get')),
    says: ['more than needed: objects of any name (needed: a, b)'],
  },
  {
    what: 'names instead of any',
    uses: [use({ verbs: ['get'], namespaces: inProd })],
    yaml: role(rule('foos', 'get', ', resourceNames: [a]')),
    says: ['nothing grants get on foos of x.dev in the namespace prod'],
  },
  {
    what: 'a namespace that only the running program knows',
    uses: [use({ verbs: ['list'], namespaces: { t: 'unknown', why: 'NS decides' } })],
    yaml: role(rule('foos', 'list')),
    says: [
      'list on foos of x.dev is granted in prod only: whether that is enough cannot be followed (in all namespaces, because NS decides)',
    ],
  },
  {
    what: 'a namespace that only the running program knows, and others that are known',
    uses: [
      use({ verbs: ['list'], namespaces: { t: 'unknown', why: 'NS decides' } }),
      use({ verbs: ['list'], namespaces: inProd }),
      use({ verbs: ['list'], namespaces: { t: 'some', names: ['dev'], own: false } }),
    ],
    yaml: role(rule('foos', 'list')),
    says: [
      'nothing grants list on foos of x.dev in the namespace dev',
      'list on foos of x.dev is granted in prod only',
    ],
  },
  {
    what: 'what has no namespace',
    uses: [use({ verbs: ['get'], resource: nodes })],
    yaml: clusterRole(rule('nodes', 'get', '', '')),
  },
  {
    what: 'what has no namespace, by a RoleBinding',
    uses: [use({ verbs: ['get'], resource: nodes })],
    yaml:
      clusterRole(rule('nodes', 'get', '', '')) + binding('RoleBinding', 'ClusterRole', '{ name: b, namespace: prod }'),
    says: ['nothing grants get on nodes of the core group'],
  },
  {
    what: 'paths',
    uses: [],
    paths: [
      { path: '/metrics', verb: 'get' },
      { path: '/logs/a', verb: 'get' },
      { path: '/debug', verb: 'get' },
    ],
    yaml: clusterRole("{ nonResourceURLs: ['/metrics', '/logs/*'], verbs: [get, post] }"),
    says: [
      'nothing grants get on the path /debug',
      'more than needed: post on the path /metrics; post on the path /logs/*',
    ],
  },
  {
    what: 'a List, and typed lists whose items have no kind',
    uses: [use({ verbs: ['list', 'watch'] })],
    yaml: JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRoleList',
          items: [{ metadata: { name: 'r' }, rules: [{ apiGroups: ['x.dev'], resources: ['foos'], verbs: ['list'] }] }],
        },
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRole',
          metadata: { name: 's' },
          rules: [{ apiGroups: ['x.dev'], resources: ['foos'], verbs: ['watch'] }],
        },
        { apiVersion: 'v1', kind: 'Service' },
      ],
    }),
  },
  {
    what: 'a Role without a namespace',
    uses: [use({ verbs: ['list'], namespaces: inProd })],
    yaml: role(rule('foos', 'list')).replace(', namespace: prod', ''),
    says: ['Role r names no namespace: taken for one of prod'],
  },
  {
    what: 'no role',
    uses: list,
    yaml: 'kind: Service\napiVersion: v1\n',
    says: ['there is no Role and no ClusterRole', 'nothing grants list'],
  },
];

describe('rbac --against', () => {
  it.each(rows)('$what: $says', async ({ uses, paths = [], yaml, says = [] }) => {
    const found = paths.map((path) => ({ ...path, place: { file: 'main.ts', line: 1 } }));
    const { needs } = needsOf({ uses, paths: found, connections: [] }, account.namespace);
    const manifests = await readManifests([{ file: 'r.yaml', text: yaml }]);
    const { grants, diagnostics } = manifests.grantsTo(account);
    const compared = compare(needs, grants);
    const all = [...manifests.diagnostics, ...diagnostics, ...compared.diagnostics];
    expect(all.map(({ message }) => message)).toEqual(says.map((part) => expect.stringContaining(part) as string));
    expect(compared.missing.length > 0).toBe(says.some((one) => one.startsWith('nothing grants')));
  });

  it('names the place in the code for less, and the line of the rule for more', async () => {
    const { needs } = needsOf({ uses: list, paths: [], connections: [] }, 'prod');
    const text = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: r }
rules:
  - apiGroups: [x.dev]
    resources: [foos]
    verbs: [get]
`;
    const { grants } = (await readManifests([{ file: 'r.yaml', text }])).grantsTo(account);
    expect(compare(needs, grants).diagnostics).toEqual([
      {
        severity: 'error',
        file: 'main.ts',
        line: 7,
        message: 'nothing grants list on foos of x.dev',
        hint: 'A ClusterRole with this rule, bound to the account, allows it: { apiGroups: ["x.dev"], resources: ["foos"], verbs: ["list"] }',
      },
      expect.objectContaining({ severity: 'warning', file: 'r.yaml', line: 5 }),
    ]);
  });

  it('knows the accounts that the bindings name', async () => {
    const text =
      binding('ClusterRoleBinding', 'ClusterRole') +
      clusterRole('') +
      binding(
        'RoleBinding',
        'Role',
        '{ name: c, namespace: dev }',
        '{ kind: ServiceAccount, name: b }, { kind: User, name: jane }',
      );
    expect((await readManifests([{ file: 'r.yaml', text }])).accounts).toEqual([
      { namespace: 'dev', name: 'b' },
      account,
    ]);
  });
});
