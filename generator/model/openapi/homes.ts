import type { ApiResource } from './api-resources.js';
import { kindsOf, type DefinitionSet } from './definition-set.js';

/** The group and version whose folder a definition lives in. */
export interface Home {
  readonly group: string;
  readonly version: string;
}

/** The package of a definition: `io.k8s.api.core.v1` of `io.k8s.api.core.v1.PodSpec`. */
function packageOf(id: string): string {
  return id.slice(0, Math.max(id.lastIndexOf('.'), 0));
}

/**
 * Where definitions live: with the resources of their package, and those of a package without resources under its last two words
 * (`meta/v1`).
 */
export function findHomes(definitions: DefinitionSet, resources: readonly ApiResource[]): (id: string) => Home {
  const served = new Set(resources.map(({ group, version, kind }) => `${group}/${version}/${kind}`));
  const homes = new Map<string, Home>();
  for (const { id, schema } of definitions.values()) {
    const own = kindsOf(schema).find(({ group, version, kind }) => served.has(`${group}/${version}/${kind}`));
    if (own !== undefined) homes.set(packageOf(id), { group: own.group, version: own.version });
  }
  return (id) => {
    const name = packageOf(id);
    const [version = 'v1', group = 'shared'] = name.split('.').reverse();
    return homes.get(name) ?? { group, version };
  };
}
