import { isKubeError, type Cluster } from '@kube-gen/runtime';
import type { Diagnostic } from '../../diagnostics.js';
import { InputError, decodeText, maxInputBytes } from '../decode-text.js';
import { messageOf } from './advice.js';

/** How long one answer may take, in milliseconds. An API server makes large documents when they are first asked for. */
const timeoutMs = 60_000;

/** Gets a text. Rejects with a `KubeError`, or an `InputError` for what is no text. */
export async function getText(cluster: Cluster, path: string, accept: string = 'application/json'): Promise<string> {
  const how = { as: 'bytes', timeoutMs, maxBytes: maxInputBytes } as const;
  return decodeText(await cluster.request<Uint8Array>({ path, headers: { accept }, ...how }));
}

/** Gets a JSON value, or `undefined` where there is nothing under that path. */
export async function findJson(cluster: Cluster, path: string, accept?: string): Promise<unknown> {
  try {
    return parseJson(await getText(cluster, path, accept));
  } catch (error) {
    if (isKubeError(error) && error.status === 404) return undefined;
    throw error instanceof InputError ? new InputError(`${path} at ${cluster.server} ${error.message}`) : error;
  }
}

/** Reads JSON. Throws an `InputError`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`is no JSON: ${error.message}`);
    throw error;
  }
}

/** What a part of a cluster is called in messages. */
export function nameOf(cluster: Cluster, part: string): string {
  return `cluster ${cluster.server} ${part.replace(/^\//, '')}`;
}

/** A part of a cluster that cannot be read, and how to do without it. Throws what is no answer about this part. */
export function notReadable(
  error: unknown,
  {
    file,
    groups,
    mayBeAway = false,
  }: {
    readonly file: string;
    readonly groups: readonly string[];
    /** Whether another server may be what answers for it. */
    readonly mayBeAway?: boolean;
  },
): Diagnostic {
  if (!(error instanceof InputError) && !isKubeError(error)) throw error;
  const told = { severity: 'error', file, message: `cannot be read: ${messageOf(error)}` } as const;
  const status = isKubeError(error) ? error.status : 200;
  // Without an answer the whole cluster is away, and no pattern helps.
  if (groups.length === 0 || status === undefined) return told;
  const isAway = mayBeAway && (status === 404 || status >= 500);
  return { ...told, hint: `${isAway ? `${askWhetherDown} ` : ''}${doWithout(groups)}` };
}

/** What to ask where an aggregated API does not answer. */
export const askWhetherDown = 'Is its own API server down (kubectl get apiservices)?';

/** How to do without groups, with the options as one types them. */
export function doWithout(groups: readonly string[]): string {
  const options = groups.map((group) => `--exclude '${group === '' ? 'core' : group}/*'`);
  return `To do without ${groups.length === 1 ? 'it' : 'them'}: ${options.join(' ')}`;
}
