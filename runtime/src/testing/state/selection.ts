import { isKubeError } from '../../errors.js';
import { parseLabelSelector } from '../../wire/selector.js';
import type { Target } from './api-state.js';
import { readFieldSelector } from './field-selector.js';
import { type JsonObject, objectOr } from './json.js';
import { badRequest } from './status.js';

/** Which objects of a resource a list or a watch is about. */
export interface Selection {
  readonly namespace: string | undefined;
  /** Whether anything but the namespace narrows it. */
  readonly selective: boolean;
  /** Takes an object in the version that was asked for. */
  matches(object: JsonObject): boolean;
}

/** Reads the selectors of a query. What cannot be read is a 400. */
export function readSelection(target: Target, query: URLSearchParams): Selection {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  const label = readLabels(labels);
  const field = readFieldSelector(fields, target);
  return {
    namespace: target.namespace,
    selective: labels !== '' || fields !== '' || target.name !== undefined,
    matches(object) {
      const meta = objectOr(object['metadata']);
      if (target.namespace !== undefined && meta['namespace'] !== target.namespace) return false;
      if (target.name !== undefined && meta['name'] !== target.name) return false;
      return label(objectOr(meta['labels']) as Record<string, string>) && field(object);
    },
  };
}

function readLabels(text: string): (labels: Readonly<Record<string, string>>) => boolean {
  try {
    const selector = parseLabelSelector(text);
    return (labels) => selector.matches(labels);
  } catch (cause) {
    if (isKubeError(cause)) throw badRequest(`unable to parse requirement: ${cause.message}`);
    throw cause;
  }
}
