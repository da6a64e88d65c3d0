import { isKubeError, type Cluster } from '@kube-gen/runtime';
import type { Diagnostic } from '../../diagnostics.js';
import { apiVersionOf } from '../api-version.js';
import { InputError } from '../decode-text.js';
import type { Source } from '../documents.js';
import { field, fieldAt, mapAt, mapsIn, textAt, type JsonMap } from '../json-value.js';
import { mayBeCustom, type GroupVersion } from './api-groups.js';
import { getText, nameOf, notReadable, parseJson } from './cluster-get.js';

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** CRDs can be large: an answer of this many stays some megabytes. */
const pageSize = 100;

/** Reads the CRDs of a cluster, one source each. Nothing is asked where none of the wanted versions of groups may be theirs. */
export async function readCrds(
  cluster: Cluster,
  wanted: readonly GroupVersion[],
): Promise<{
  readonly crds: readonly JsonMap[];
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  const custom = wanted.filter(mayBeCustom);
  if (custom.length === 0) return { crds: [], sources: [], diagnostics: [] };
  try {
    const crds = await listAll(cluster);
    return { crds, sources: crds.map((crd) => sourceOf(cluster, crd)), diagnostics: [] };
  } catch (error) {
    // Where nothing else is wanted, to do without these groups is no way out.
    const groups = custom.length === wanted.length ? [] : [...new Set(custom.map(({ group }) => group))];
    const told = notReadable(error, { file: nameOf(cluster, path), groups });
    const [first] = custom;
    const isForbidden = isKubeError(error) && error.status === 403;
    const hint = groups.length > 0 || !isForbidden || first === undefined ? {} : { hint: documentHint(first) };
    return { crds: [], sources: [], diagnostics: [{ ...told, ...hint }] };
  }
}

function documentHint(one: GroupVersion): string {
  return `Without this right, make the types from the document of a group: kubectl get --raw /openapi/v3/apis/${apiVersionOf(one)} | kube-gen -`;
}

async function listAll(cluster: Cluster): Promise<JsonMap[]> {
  const crds: JsonMap[] = [];
  const asked = new Set<string>();
  let next: string | undefined = '';
  while (next !== undefined) {
    if (asked.has(next)) throw new InputError('is a list whose pages lead in a circle');
    asked.add(next);
    const more: string = next === '' ? '' : `&continue=${encodeURIComponent(next)}`;
    const page = parseJson(await getText(cluster, `${path}?limit=${pageSize}${more}`));
    const items = fieldAt(page, 'items');
    if (!Array.isArray(items)) throw new InputError('is no list of CRDs');
    for (const crd of mapsIn(items)) if (hasItsNames(crd)) crds.push(crd);
    const token = textAt(page, 'metadata', 'continue');
    next = token === '' ? undefined : token;
  }
  return crds;
}

/** Whether a CRD got the names that it wants, once at least: of two of one kind the server serves the first alone (V17). */
function hasItsNames(crd: JsonMap): boolean {
  const conditions = mapsIn(fieldAt(crd, 'status', 'conditions'));
  const says = (type: string, status: string): boolean =>
    conditions.some((one) => field(one, 'type') === type && field(one, 'status') === status);
  return !says('NamesAccepted', 'False') || says('Established', 'True');
}

/** Without what the server keeps for itself: the text is read again, and hashed. */
function sourceOf(cluster: Cluster, crd: JsonMap): Source {
  const { managedFields: _, ...kept } = mapAt(crd, 'metadata');
  const document = { ...crd, apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: kept };
  const name = textAt(kept, 'name') ?? '';
  return { file: nameOf(cluster, `customresourcedefinitions/${name}`), text: JSON.stringify(document, null, 1) };
}

/** The versions that CRDs serve, as `apiVersion` has them. */
export function servedByCrds(crds: readonly JsonMap[]): Set<string> {
  return new Set(
    crds.flatMap((crd) => {
      const group = textAt(crd, 'spec', 'group') ?? '';
      return mapsIn(fieldAt(crd, 'spec', 'versions')).map((version) => `${group}/${textAt(version, 'name') ?? ''}`);
    }),
  );
}
