import { field, mapsIn, stringField, textAt, type JsonMap } from '../json-value.js';

/** What discovery tells of a resource, and OpenAPI does not. */
export interface DiscoveredResource {
  /** As in RBAC rules; none where it does not tell them. */
  readonly verbs: readonly string[];
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
}

/** Resources by `group/version/plural`. */
export type Discovered = ReadonlyMap<string, DiscoveredResource>;

/**
 * Reads an `APIGroupDiscoveryList`, as `/api` and `/apis` give it when they are asked for it.
 * @see https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery
 */
export function readDiscovery(document: JsonMap): Discovered {
  const found = new Map<string, DiscoveredResource>();
  for (const item of mapsIn(field(document, 'items'))) {
    const group = textAt(item, 'metadata', 'name') ?? '';
    for (const version of mapsIn(field(item, 'versions'))) {
      for (const resource of mapsIn(field(version, 'resources'))) {
        const key = [group, stringField(version, 'version'), stringField(resource, 'resource')].join('/');
        found.set(key, {
          verbs: texts(resource, 'verbs'),
          singular: stringField(resource, 'singularResource') ?? '',
          shortNames: texts(resource, 'shortNames'),
          categories: texts(resource, 'categories'),
        });
      }
    }
  }
  return found;
}

/** In order, so that two servers that list them differently give the same modules. */
function texts(map: JsonMap, key: string): string[] {
  const list = field(map, key);
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string').sort() : [];
}
