import type { Cluster } from '@kube-gen/runtime';
import type { Diagnostic } from '../../diagnostics.js';
import { apiVersionOf } from '../api-version.js';
import type { Source } from '../documents.js';
import type { ReadResult } from '../read.js';
import { mayBeCustom, type GroupVersion, type OpenApiEntry } from './api-groups.js';
import { askWhetherDown, doWithout, getText, nameOf, notReadable } from './cluster-get.js';

/** Documents asked for at once. */
const atOnce = 8;

/** Reads documents of OpenAPI v3. Each that cannot be read is an error. */
export async function readV3(cluster: Cluster, entries: readonly OpenApiEntry[]): Promise<ReadResult> {
  const sources: Source[] = [];
  const diagnostics: Diagnostic[] = [];
  for (let at = 0; at < entries.length; at += atOnce) {
    const read = await Promise.all(entries.slice(at, at + atOnce).map((entry) => readEntry(cluster, entry)));
    for (const one of read) {
      if ('text' in one) sources.push(one);
      else diagnostics.push(one);
    }
  }
  return { sources, diagnostics };
}

async function readEntry(cluster: Cluster, { path, url, of }: OpenApiEntry): Promise<Source | Diagnostic> {
  const file = nameOf(cluster, `openapi/v3/${path}`);
  try {
    return { file, text: await getText(cluster, url) };
  } catch (error) {
    const groups = of === undefined ? [] : [of.group];
    return notReadable(error, { file, groups, mayBeAway: of !== undefined && mayBeCustom(of) });
  }
}

/** Reads the one document of OpenAPI v2. */
export async function readV2(cluster: Cluster): Promise<ReadResult> {
  const file = nameOf(cluster, 'openapi/v2');
  try {
    return { sources: [{ file, text: await getText(cluster, '/openapi/v2') }], diagnostics: [] };
  } catch (error) {
    return { sources: [], diagnostics: [notReadable(error, { file, groups: [] })] };
  }
}

/** What is served without a document: an aggregated API whose own server is away, most likely. */
export function withoutDocument(cluster: Cluster, missing: readonly GroupVersion[]): Diagnostic[] {
  return missing.map((one) => ({
    severity: 'error',
    file: nameOf(cluster, `openapi/v3/apis/${apiVersionOf(one)}`),
    message: 'is missing: the cluster serves this version of the group, but has no document of it',
    hint: `${askWhetherDown} ${doWithout([one.group])}`,
  }));
}
