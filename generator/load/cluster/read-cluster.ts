import { connect, isKubeError, type Cluster } from '@kube-gen/runtime';
import type { Diagnostic } from '../../diagnostics.js';
import { createFilter, PatternError, type ResourceFilter } from '../../filter.js';
import { apiVersionOf } from '../api-version.js';
import { InputError } from '../decode-text.js';
import type { Source } from '../documents.js';
import { fieldAt } from '../json-value.js';
import type { ReadResult } from '../read.js';
import { messageOf } from './advice.js';
import { discoveredVersions, openApiEntries, type GroupVersion, type OpenApiEntry } from './api-groups.js';
import { findJson, nameOf } from './cluster-get.js';
import { readCrds, servedByCrds } from './read-crds.js';
import { readV2, readV3, withoutDocument } from './read-openapi.js';

/** Which cluster, and what of it. */
export interface ClusterInput {
  /** A context of the kubeconfig; its current one by default. */
  readonly context?: string | undefined;
  /** The path of a kubeconfig; what kubectl would take by default. */
  readonly kubeconfig?: string | undefined;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Whether every operation is wanted (default false): those of custom resources, and those of no group, such as `/version`, too. */
  readonly paths?: boolean;
}

/** What a cluster gave. */
export interface ClusterRead extends ReadResult {
  /** Versions of groups that were not read because the patterns leave them out. */
  readonly leftOut: readonly GroupVersion[];
}

/**
 * Reads the CRDs and the OpenAPI documents of a cluster. What cannot be read is an error with the `--exclude` that does without it: no
 * kind is left out unless somebody said so. Makes no request for a group that is left out.
 */
export async function readCluster(input: ClusterInput): Promise<ClusterRead> {
  let cluster: Cluster | undefined;
  try {
    const filter = createFilter(input);
    const { kubeconfig, context } = input;
    cluster = await connect({
      userAgent: 'kube-gen',
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      ...(context === undefined ? {} : { context }),
    });
    return await readAll(cluster, { filter, paths: input.paths ?? false });
  } catch (error) {
    if (!(error instanceof PatternError || error instanceof InputError) && !isKubeError(error)) throw error;
    return { sources: [], diagnostics: [{ severity: 'error', message: messageOf(error) }], leftOut: [] };
  } finally {
    await cluster?.close();
  }
}

const discoveryTypes = ['v2', 'v2beta1'].map(
  (version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
);
const discoveryAccept = [...discoveryTypes, 'application/json'].join(',');

async function readAll(
  cluster: Cluster,
  { filter, paths }: { readonly filter: ResourceFilter; readonly paths: boolean },
): Promise<ClusterRead> {
  const discovery = [
    await findJson(cluster, '/api', discoveryAccept),
    await findJson(cluster, '/apis', discoveryAccept),
  ];
  const index = await findJson(cluster, '/openapi/v3');
  const entries = index === undefined ? undefined : openApiEntries(index);
  const documented = (entries ?? []).flatMap(({ of }) => of ?? []);
  const served = unique([...discovery.flatMap(discoveredVersions), ...documented]);
  const leftOut = served.filter((one) => !filter.takesSome(one));
  const wanted = served.filter((one) => filter.takesSome(one));
  const crds = await readCrds(cluster, wanted);
  const openapi =
    entries === undefined
      ? await readV2(cluster)
      : await readWanted(cluster, { entries, wanted, paths, byCrds: servedByCrds(crds.crds) });
  const diagnostics = [...crds.diagnostics, ...openapi.diagnostics];
  // Of a part of a cluster nothing is made, so there is no more to say about it.
  if (diagnostics.length > 0) return { sources: [], diagnostics, leftOut };
  const sources = [...crds.sources, ...openapi.sources];
  if (sources.length === 0) return { sources, diagnostics: [nothingTaken(cluster, { leftOut, filter })], leftOut };
  return { sources: [...sources, ...discoverySources(cluster, discovery)], diagnostics, leftOut };
}

interface WantedDocuments {
  /** All that there are. */
  readonly entries: readonly OpenApiEntry[];
  readonly wanted: readonly GroupVersion[];
  /** Whether those of custom resources, and those of no group, are wanted, too. */
  readonly paths: boolean;
  /** What CRDs serve: a CRD is the better source for its kinds (F36), and the only one of its version of a group. */
  readonly byCrds: ReadonlySet<string>;
}

/** Reads the documents of OpenAPI v3 for what is wanted; an error for each version that neither has one nor comes from a CRD. */
async function readWanted(cluster: Cluster, { entries, wanted, paths, byCrds }: WantedDocuments): Promise<ReadResult> {
  const needed = new Set(wanted.map(apiVersionOf).filter((one) => paths || !byCrds.has(one)));
  const { sources, diagnostics } = await readV3(
    cluster,
    entries.filter(({ of }) => (of === undefined ? paths : needed.has(apiVersionOf(of)))),
  );
  const documented = new Set(entries.flatMap(({ of }) => (of === undefined ? [] : apiVersionOf(of))));
  const missing = wanted.filter((one) => !documented.has(apiVersionOf(one)) && !byCrds.has(apiVersionOf(one)));
  return { sources, diagnostics: [...diagnostics, ...withoutDocument(cluster, missing)] };
}

function nothingTaken(
  cluster: Cluster,
  { leftOut, filter }: { readonly leftOut: readonly GroupVersion[]; readonly filter: ResourceFilter },
): Diagnostic {
  const message = leftOut.length > 0 ? 'has none of the groups that are asked for' : 'serves no group of resources';
  const near = filter.unused().flatMap((one) => (one.near === undefined ? [] : JSON.stringify(one.near)));
  const hint = near.length === 0 ? {} : { hint: `Did you mean ${near.join(' and ')}?` };
  return { severity: 'error', file: nameOf(cluster, '').trim(), message, ...hint };
}

function unique(versions: readonly GroupVersion[]): GroupVersion[] {
  return [...new Map(versions.map((one) => [apiVersionOf(one), one])).values()];
}

/** Only the aggregated form tells names; documents of OpenAPI have none. */
function discoverySources(cluster: Cluster, answers: readonly unknown[]): Source[] {
  return answers.flatMap((answer, i) =>
    fieldAt(answer, 'kind') === 'APIGroupDiscoveryList'
      ? [{ file: nameOf(cluster, i === 0 ? 'api' : 'apis'), text: JSON.stringify(answer) }]
      : [],
  );
}
