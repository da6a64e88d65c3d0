import { isObject } from '../any-object.js';
import { KubeError } from '../errors.js';

/** An entry's text, number or whatever stood in the file; looked at only when it is used. */
export type Fields = Readonly<Record<string, unknown>>;

/** One named part of a kubeconfig, with the file it came from: paths in it are relative to that file, and errors name it. */
export interface Entry {
  readonly file: string;
  readonly name: string;
  readonly fields: Fields;
}

/**
 * A kubeconfig of one or more files.
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export interface Kubeconfig {
  /** Every place that was looked at, found or not. */
  readonly looked: readonly string[];
  readonly currentContext: string | undefined;
  readonly clusters: ReadonlyMap<string, Entry>;
  readonly users: ReadonlyMap<string, Entry>;
  readonly contexts: ReadonlyMap<string, Entry>;
}

/** Checks the shape of one file's value. Of several entries with one name the first counts. Throws `config`. */
export function readKubeconfig(value: unknown, file: string): Kubeconfig {
  if (value === null)
    return { looked: [file], currentContext: undefined, clusters: new Map(), users: new Map(), contexts: new Map() };
  if (!isObject(value)) throw new KubeError('config', `${file} is no kubeconfig: it holds no object`);
  const { kind, 'current-context': current } = value;
  if (typeof kind === 'string' && kind !== '' && kind !== 'Config') {
    throw new KubeError('config', `${file} is no kubeconfig: its kind is ${kind.slice(0, 63)}`);
  }
  if (current !== undefined && current !== null && typeof current !== 'string')
    throw new KubeError('config', `${file}: current-context must be a text${quotesFor(current)}`);
  return {
    looked: [file],
    currentContext: current || undefined,
    clusters: entries(value, { list: 'clusters', part: 'cluster', file }),
    users: entries(value, { list: 'users', part: 'user', file }),
    contexts: entries(value, { list: 'contexts', part: 'context', file }),
  };
}

function entries(
  value: Fields,
  { list, part, file }: { list: string; part: string; file: string },
): Map<string, Entry> {
  const found = new Map<string, Entry>();
  const items = value[list] ?? [];
  if (!Array.isArray(items)) throw new KubeError('config', `${file}: ${list} is no list`);
  for (const item of items as unknown[]) {
    const { name, [part]: fields } = isObject(item) ? item : {};
    if (typeof name === 'number' || typeof name === 'boolean')
      throw new KubeError('config', `${file}: an entry of ${list} has the name ${name}, which is no text${QUOTES}`);
    if (typeof name !== 'string') throw new KubeError('config', `${file}: an entry of ${list} has no name`);
    if (fields !== undefined && fields !== null && !isObject(fields)) {
      throw new KubeError('config', `${file}: the ${part} "${name}" is no object`);
    }
    if (!found.has(name)) found.set(name, { file, name, fields: fields ?? {} });
  }
  return found;
}

/** Joins files: for each name, and for the current context, the first file that has it counts, whole. */
export function mergeKubeconfigs(parts: readonly Kubeconfig[], looked: readonly string[]): Kubeconfig {
  const first = (pick: (part: Kubeconfig) => ReadonlyMap<string, Entry>): Map<string, Entry> =>
    new Map([...parts].reverse().flatMap((part) => [...pick(part)]));
  return {
    looked,
    currentContext: parts.find(({ currentContext }) => currentContext !== undefined)?.currentContext,
    clusters: first(({ clusters }) => clusters),
    users: first(({ users }) => users),
    contexts: first(({ contexts }) => contexts),
  };
}

/** Whether there is nothing in it: then a pod's service account is looked for, as kubectl does. */
export function isEmptyKubeconfig({ currentContext, clusters, users, contexts }: Kubeconfig): boolean {
  return currentContext === undefined && clusters.size === 0 && users.size === 0 && contexts.size === 0;
}

/** A text field, or `undefined` when it is not there or empty. Throws `config` when it is something else. */
export function textField({ file, name, fields }: Entry, field: string): string | undefined {
  const value = fields[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string')
    throw new KubeError('config', `${file}: ${field} of "${name}" must be a text${quotesFor(value)}`);
  return value;
}

const QUOTES = ': put it in quotes';

/** YAML reads digits as a number, and `y`, `no` or `on` as a boolean. */
function quotesFor(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? QUOTES : '';
}

/** A list of texts; not there means empty. Throws `config` when it is something else. */
export function textsField({ file, name, fields }: Entry, field: string): readonly string[] {
  const value = fields[field] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new KubeError('config', `${file}: ${field} of "${name}" must be a list of texts`);
}

/** A yes-or-no field; not there means no. Throws `config` when it is something else. */
export function flagField({ file, name, fields }: Entry, field: string): boolean {
  const value = fields[field] ?? false;
  if (typeof value !== 'boolean') throw new KubeError('config', `${file}: ${field} of "${name}" must be true or false`);
  return value;
}
