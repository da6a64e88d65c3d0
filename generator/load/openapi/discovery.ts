import { field, isMap, stringField, type JsonMap } from '../json-value.js';

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
  for (const item of mapsIn(document, 'items')) {
    const metadata = field(item, 'metadata');
    const group = isMap(metadata) ? (stringField(metadata, 'name') ?? '') : '';
    for (const version of mapsIn(item, 'versions')) {
      for (const resource of mapsIn(version, 'resources')) {
        const key = [group, stringField(version, 'version'), stringField(resource, 'resource')].join('/');
        const singular = stringField(resource, 'singularResource') ?? '';
        found.set(key, {
          verbs: texts(resource, 'verbs'),
          singular,
          shortNames: texts(resource, 'shortNames'),
          categories: texts(resource, 'categories'),
        });
      }
    }
  }
  return found;
}

function mapsIn(map: JsonMap, key: string): JsonMap[] {
  const list = field(map, key);
  return Array.isArray(list) ? list.filter(isMap) : [];
}

/** In order, so that two servers that list them differently give the same modules. */
function texts(map: JsonMap, key: string): string[] {
  const list = field(map, key);
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string').sort() : [];
}
