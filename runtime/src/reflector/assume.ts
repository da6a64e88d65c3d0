import { KubeError } from '../errors.js';
import type { ResourceInfo } from '../resource.js';
import type { Entry, EntryMaker } from '../store/entry.js';
import { isComparable } from '../wire/resource-version.js';
import { parseLabelSelector } from '../wire/selector.js';
import type { ResolvedOptions } from './resolve-options.js';
import { textOf } from '../text-of.js';

/** What a reflector is about, as far as an own write must fit it. */
export interface AssumeContext<T> {
  readonly definition: ResourceInfo;
  readonly options: ResolvedOptions<T>;
  readonly maker: EntryMaker<T>;
}

interface Written {
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown; readonly resourceVersion?: unknown };
}

/** The result of an own write as an entry (S12). Throws `usage` for what is no object of the reflector. */
export function assumedEntry<T>(object: T, { definition, options, maker }: AssumeContext<T>): Entry<T> {
  const { kind, metadata: { name, namespace, resourceVersion } = {} } = (object ?? {}) as Written;
  const wrong = (what: string): KubeError =>
    new KubeError('usage', `assume takes what the server answered to a write of a ${definition.kind}: ${what}`);
  if (kind !== undefined && kind !== definition.kind) throw wrong(`its kind is ${JSON.stringify(kind)}`);
  if (typeof name !== 'string' || name === '') throw wrong('this has no metadata.name');
  if (definition.scope === 'Namespaced' && (typeof namespace !== 'string' || namespace === '')) {
    throw wrong(`"${name}" has no metadata.namespace`);
  }
  const version = typeof resourceVersion === 'string' ? resourceVersion : '';
  if (!isComparable(version)) {
    throw wrong(`"${name}" has no metadata.resourceVersion that is a number in a string`);
  }
  const { partitions } = options;
  if (!partitions.includes('') && !partitions.includes(String(namespace))) {
    throw wrong(`namespace "${String(namespace)}" is not watched, only ${partitions.join(', ')}`);
  }
  try {
    return maker.from(object);
  } catch (error) {
    throw new KubeError('usage', wrong(textOf(error)).message, { cause: error });
  }
}

/**
 * Whether the written object is in the reflector's selection. A field selector is the server's business: an object that it has not
 * shown yet may not be selected.
 */
export function isSelected<T>(entry: Entry<T>, options: ResolvedOptions<T>, isKnown: boolean): boolean {
  const { labelSelector, fieldSelector } = options;
  if (labelSelector !== undefined && !parseLabelSelector(labelSelector).matches(entry.labels())) return false;
  return fieldSelector === undefined || isKnown;
}
