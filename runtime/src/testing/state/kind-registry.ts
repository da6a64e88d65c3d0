import { KubeError } from '../../errors.js';
import { resourceName, type ResourceInfo } from '../../resource.js';
import { builtInKinds } from './built-in-kinds.js';
import { type ServedKind, type ServedVersion, isBuiltInGroup } from './served-kind.js';

/** The kinds that a server offers at this moment. */
export interface KindRegistry {
  all(): readonly ServedKind[];
  /** By the names in a path. `undefined` when no such version is served. */
  find(group: string, version: string, plural: string): { kind: ServedKind; version: ServedVersion } | undefined;
  /** By the names in an object. */
  findKind(group: string, version: string, kind: string): { kind: ServedKind; version: ServedVersion } | undefined;
  byResource(resource: string): ServedKind | undefined;
  set(kind: ServedKind): void;
  remove(resource: string): void;
}

/** Starts with the built-in kinds. */
export function createKindRegistry(): KindRegistry {
  const kinds = new Map<string, ServedKind>(builtInKinds.map((kind) => [resourceName(kind), kind]));

  function pick(
    kind: ServedKind | undefined,
    version: string,
  ): { kind: ServedKind; version: ServedVersion } | undefined {
    const found = kind?.versions.find((each) => each.name === version && each.served);
    return kind === undefined || found === undefined ? undefined : { kind, version: found };
  }

  return {
    all: () => [...kinds.values()],
    find: (group, version, plural) => pick(kinds.get(resourceName({ group, plural })), version),
    findKind(group, version, kindName) {
      for (const kind of kinds.values()) {
        if (kind.group === group && kind.kind === kindName) return pick(kind, version);
      }
      return undefined;
    },
    byResource: (resource) => kinds.get(resource),
    set: (kind) => void kinds.set(resourceName(kind), kind),
    remove: (resource) => void kinds.delete(resource),
  };
}

/** A kind without a schema, from its definitions: one for each version. */
export function kindFromDefinitions(definitions: readonly ResourceInfo[]): ServedKind {
  const [first] = definitions;
  if (first === undefined) throw new KubeError('usage', 'kindFromDefinitions needs at least one definition');
  return {
    group: first.group,
    kind: first.kind,
    plural: first.plural,
    singular: first.singular,
    listKind: first.listKind,
    scope: first.scope,
    shortNames: first.shortNames,
    categories: first.categories,
    storageVersion: first.version,
    schemaRevision: 0,
    conversionWebhook: false,
    origin: 'definition',
    builtIn: isBuiltInGroup(first.group),
    hasGeneration: !isBuiltInGroup(first.group) || first.subresources.status === true,
    versions: definitions.map((definition) => ({
      name: definition.version,
      served: true,
      deprecated: false,
      deprecationWarning: undefined,
      schema: undefined,
      status: definition.subresources.status === true,
      scale: definition.subresources.scale,
      selectableFields: definition.selectableFields,
      printerColumns: definition.printerColumns,
    })),
  };
}
