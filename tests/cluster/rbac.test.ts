import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cluster, connect, isKubeError } from '@kube-gen/runtime';
import { readYaml, readYamlDocuments } from '@kube-gen/runtime/yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.js';
import { Namespace, ServiceAccount } from './built-in-kinds.js';
import { actions } from './rbac-app/actions.js';
import { type CrdManifest, installCrd } from './tank.js';
import { noControlPlane, useTestControlPlane } from './test-cluster.js';
import { until } from './until.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface RbacObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  /** Of a role. */
  readonly rules?: readonly Rule[];
}
type Rule = Readonly<Record<string, readonly string[]>>;

function collectionOf({ apiVersion, kind, metadata: { namespace } }: RbacObject): string {
  return `/apis/${apiVersion}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${kind.toLowerCase()}s`;
}

describe.skipIf(noControlPlane)('the roles of kube-gen rbac on a real API server', () => {
  let admin: Cluster;
  let app: Cluster;
  let folder: string;
  let manifest: string;
  let documents: RbacObject[];

  useTestControlPlane(async (cluster, { server, ca }) => {
    folder = mkdtempSync(join(tmpdir(), 'kube-gen-rbac-cluster-'));
    admin = cluster;
    await installCrd(
      admin,
      readYaml(readFileSync(join(root, 'examples/foo-service/crds/foo.yaml'), 'utf8')) as CrdManifest,
    );
    await admin.resource(Namespace).create({ metadata: { name: 'apps' } });
    await admin.resource(ServiceAccount).create({ metadata: { name: 'app', namespace: 'apps' } });
    const spare = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'spare' } };
    await admin.request({ method: 'POST', path: '/api/v1/namespaces/apps/secrets', body: spare });
    app = await connect({ server, ca, token: await tokenOf('app') });
    const args = ['rbac', 'tests/cluster/rbac-app', '--name', 'rbac-app', '--service-account', 'apps/app', '--strict'];
    const printed = await runCli(args, { cwd: root });
    if (printed.code !== 0) throw new Error(printed.stderr.join('\n'));
    manifest = join(folder, 'rbac.yaml');
    writeFileSync(manifest, printed.stdout);
    documents = readYamlDocuments(printed.stdout) as RbacObject[];
  });
  afterAll(async () => {
    await app?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function tokenOf(name: string): Promise<string> {
    const answer = await admin.request<{ status: { token: string } }>({
      method: 'POST',
      path: `/api/v1/namespaces/apps/serviceaccounts/${name}/token`,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
    });
    return answer.status.token;
  }

  /** What the app is forbidden, by what it does; anything else that goes wrong is an error of the test. */
  async function forbidden(): Promise<string[]> {
    const refused: string[] = [];
    for (const [name, act] of Object.entries(actions)) {
      try {
        await act(app);
      } catch (error) {
        const isRefused = isKubeError(error) ? error.code === 'forbidden' : String(error).includes('forbidden: ');
        if (!isRefused) throw new Error(`${name}: ${String(error)}`, { cause: error });
        refused.push(name);
      }
    }
    return refused;
  }

  const write = (role: RbacObject, rules: readonly Rule[]): Promise<unknown> =>
    admin.request({
      method: 'PATCH',
      path: `${collectionOf(role)}/${role.metadata.name}`,
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { rules },
    });

  it('forbid everything to an app without them', async () => {
    expect(await forbidden()).toEqual(Object.keys(actions).filter((name) => name !== 'what everybody may'));
  });

  it('are taken as they are printed, and let the app do all that it does', async () => {
    for (const body of documents)
      await admin.request({ method: 'POST', path: collectionOf(body), query: { fieldValidation: 'Strict' }, body });
    await expect.poll(forbidden, { timeout: 30_000 }).toEqual([]);
  });

  it('forbid something when any verb, resource or name of any rule is gone, and nothing else is', async () => {
    const lessened = documents.flatMap((role) =>
      (role.rules ?? []).flatMap((rule, at) =>
        lesserRules(rule).map(({ what, rule: less }) => ({
          what: `${role.kind} ${role.metadata.namespace ?? ''} ${JSON.stringify(rule)} without ${what}`,
          role,
          rules: (role.rules ?? []).flatMap((one, i) => (i === at ? less : [one])),
        })),
      ),
    );
    expect(lessened.length).toBeGreaterThan(30);
    for (const { what, role, rules } of lessened) {
      await write(role, rules);
      await until(what, async () => (await forbidden()).length > 0, 20_000);
      await write(role, role.rules ?? []);
      await until(`all of it again, after ${what}`, async () => (await forbidden()).length === 0, 20_000);
    }
  }, 600_000);

  it('are what --against finds enough and not too much', async () => {
    const { code, stdout, stderr } = await runCli(['rbac', 'tests/cluster/rbac-app', '--against', manifest], {
      cwd: root,
    });
    expect([code, stderr]).toEqual([0, ['']]);
    expect(stdout).toMatch(/^apps\/app has the \d+ rights that the code needs\n$/);
  });
});

/** A rule with one thing less, in every way; the rule is gone where that was all. */
function lesserRules(rule: Rule): { what: string; rule: Rule[] }[] {
  return ['verbs', 'resources', 'resourceNames', 'nonResourceURLs'].flatMap((field) =>
    (rule[field] ?? []).map((value) => {
      const rest = rule[field]?.filter((one) => one !== value) ?? [];
      // No names would be all names.
      return { what: value, rule: rest.length === 0 ? [] : [{ ...rule, [field]: rest }] };
    }),
  );
}
