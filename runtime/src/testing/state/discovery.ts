import type { KindRegistry } from './kind-registry.js';
import type { ServedKind, ServedVersion } from './served-kind.js';

const builtInVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const customVerbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const partVerbs = ['get', 'patch', 'update'];

/** The answer to `/version`. */
export const versionInfo = {
  major: '1',
  minor: '37',
  gitVersion: 'v1.37.0-kube-gen',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'embedded',
};

/**
 * The answer to `/api`, `/apis`, `/apis/<group>`, `/api/v1` and `/apis/<group>/<version>`; `undefined` for any other path.
 * @see https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api
 */
export function discover(kinds: KindRegistry, path: readonly string[]): unknown {
  const [root, first, second, ...rest] = path;
  if (rest.length > 0) return undefined;
  if (root === 'api') {
    if (first === undefined) return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
    return second === undefined ? resourceList(kinds, '', first) : undefined;
  }
  if (root !== 'apis') return undefined;
  if (first === undefined)
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupNames(kinds).map((name) => group(kinds, name)) };
  if (second === undefined) {
    return groupNames(kinds).includes(first)
      ? { kind: 'APIGroup', apiVersion: 'v1', ...group(kinds, first) }
      : undefined;
  }
  return resourceList(kinds, first, second);
}

function groupNames(kinds: KindRegistry): string[] {
  const names = kinds.all().map((kind) => kind.group);
  return [...new Set(names)].filter((name) => name !== '').sort();
}

function group(kinds: KindRegistry, name: string): { name: string; versions: unknown[]; preferredVersion: unknown } {
  const ofGroup = kinds.all().filter((kind) => kind.group === name);
  const served = ofGroup.flatMap((kind) =>
    kind.versions.filter((version) => version.served).map((version) => version.name),
  );
  const versions = [...new Set(served)]
    .sort(compareVersions)
    .map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
}

/** v2 before v1 before v1beta2 before v1beta1 before v1alpha1 before anything else. */
export function compareVersions(a: string, b: string): number {
  const rank = (version: string): [number, number, number] => {
    const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
    if (match === null) return [3, 0, 0];
    const stage = match[2] === undefined ? 0 : match[2] === 'beta' ? 1 : 2;
    return [stage, -Number(match[1]), -Number(match[3] ?? 0)];
  };
  const left = rank(a);
  const right = rank(b);
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2] || (a < b ? -1 : 1);
}

function resourceList(kinds: KindRegistry, groupName: string, version: string): unknown {
  const resources = kinds.all().flatMap((kind) => {
    const served =
      kind.group === groupName ? kind.versions.find((each) => each.served && each.name === version) : undefined;
    return served === undefined ? [] : resourcesOf(kind, served);
  });
  if (resources.length === 0) return undefined;
  const groupVersion = groupName === '' ? version : `${groupName}/${version}`;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

function resourcesOf(kind: ServedKind, version: ServedVersion): unknown[] {
  const namespaced = kind.scope === 'Namespaced';
  const main = {
    name: kind.plural,
    singularName: kind.singular,
    namespaced,
    kind: kind.kind,
    verbs: kind.builtIn ? builtInVerbs : customVerbs,
    ...(kind.shortNames.length > 0 ? { shortNames: kind.shortNames } : {}),
    ...(kind.categories.length > 0 ? { categories: kind.categories } : {}),
  };
  const status = { name: `${kind.plural}/status`, singularName: '', namespaced, kind: kind.kind, verbs: partVerbs };
  const scale = {
    name: `${kind.plural}/scale`,
    singularName: '',
    namespaced,
    group: 'autoscaling',
    version: 'v1',
    kind: 'Scale',
    verbs: partVerbs,
  };
  return [main, ...(version.status ? [status] : []), ...(version.scale === undefined ? [] : [scale])];
}
