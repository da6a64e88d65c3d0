import { answerOf } from '../check-arguments.js';
import { KubeError } from '../errors.js';
import type { Entry } from '../store/entry.js';
import { type LabelSelector, parseLabelSelector } from '../wire/selector.js';
import type { SubscribeOptions } from './change.js';

/** What one subscriber wants to hear of. */
export interface Audience<T> {
  /** Whether an entry is in the subscriber's view. */
  passes(entry: Entry<T>): boolean;
  /** Whether an update changes nothing that the subscriber compares by (U12). */
  isEqual(was: Entry<T>, now: Entry<T>): boolean;
  /** Whether an object may leave the view without being deleted. */
  readonly selects: boolean;
  /** The only namespace in view. */
  readonly namespace: string | undefined;
}

interface Metadata {
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const COMPARED: readonly SubscribeOptions<unknown>['compare'][] = ['generation', 'labels', 'annotations'];

/** Throws a `KubeError` (`usage`) for a bad selector and an unknown `compare`. A filter that throws hides the object and is reported. */
export function createAudience<T>(options: SubscribeOptions<T>, onError: (error: unknown) => void): Audience<T> {
  const { namespace, filter, compare } = options;
  if (filter !== undefined && typeof filter !== 'function') throw new KubeError('usage', 'filter is a function');
  if (compare !== undefined && !COMPARED.includes(compare)) {
    throw new KubeError('usage', `compare must be ${COMPARED.map((each) => `'${each}'`).join(' or ')}`);
  }
  const labels: LabelSelector | undefined =
    options.labels === undefined ? undefined : parseLabelSelector(options.labels);
  const metadataOf = (entry: Entry<T>): Metadata => (entry.read() as { metadata: Metadata }).metadata;
  return {
    selects: labels !== undefined || filter !== undefined,
    namespace,
    passes(entry) {
      if (namespace !== undefined && entry.namespace !== namespace) return false;
      if (labels !== undefined && !labels.matches(entry.labels())) return false;
      if (filter === undefined) return true;
      try {
        return answerOf(filter(entry.read()), 'filter');
      } catch (error) {
        onError(error);
        return false;
      }
    },
    isEqual(was, now) {
      switch (compare) {
        case undefined:
          return false;
        case 'generation':
          return metadataOf(was).generation === metadataOf(now).generation;
        case 'labels':
        case 'annotations':
          return isSameMap(metadataOf(was)[compare] ?? {}, metadataOf(now)[compare] ?? {});
        default:
          return compare satisfies never;
      }
    },
  };
}

function isSameMap(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}
