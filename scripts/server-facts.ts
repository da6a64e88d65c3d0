/** What an API server tells of the built-in kinds, and the OpenAPI documents that Kubernetes publishes do not. */
import { readDiscovery, type ResourceNames } from '../generator/load/openapi/discovery.js';
import { field, isMap, stringField, type JsonMap } from '../generator/load/json-value.js';

/** The content of `server-facts.json`. */
export interface ServerFacts {
  /** The release of the server that told them, as `v1.37.2`. */
  readonly kubernetes: string;
  /** The values that a field takes, by definition and field; `accessModes[]` stands for the items of a list. */
  readonly enums: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Names that only discovery knows, by `group/version/plural`. */
  readonly names: Readonly<Record<string, ResourceNames>>;
}

/** The facts in documents of an API server: those of OpenAPI and of aggregated discovery. */
export function factsOf(texts: readonly string[]): ServerFacts {
  const documents = texts.map((text) => JSON.parse(text) as unknown).filter(isMap);
  const enums: [string, Record<string, readonly string[]>][] = [];
  const names: [string, ResourceNames][] = [];
  let kubernetes = '';
  for (const document of documents) {
    if (field(document, 'kind') === 'APIGroupDiscoveryList') names.push(...readDiscovery(document));
    for (const [name, properties] of propertiesOf(document)) {
      const found = Object.entries(properties).flatMap(([key, schema]) => enumsAt(key, schema));
      if (found.length > 0) enums.push([name, Object.fromEntries(found.sort(byKey))]);
    }
    kubernetes = stringField(mapIn(document, 'info'), 'version') ?? kubernetes;
  }
  const known = names.filter(
    ([, { singular, shortNames, categories }]) => [singular, ...shortNames, ...categories].join('') !== '',
  );
  return {
    kubernetes,
    enums: Object.fromEntries(enums.sort(byKey)),
    names: Object.fromEntries(known.sort(byKey)),
  };
}

/** An OpenAPI document with the enums of the server in it, where it has none of its own. */
export function withEnums(text: string, { enums }: Pick<ServerFacts, 'enums'>): string {
  const document = JSON.parse(text) as JsonMap;
  for (const [name, properties] of propertiesOf(document)) {
    for (const [key, values] of Object.entries(enums[name] ?? {})) {
      const schema = field(properties, key.replace(/\[\]$/, ''));
      const target = isMap(schema) && key.endsWith('[]') ? field(schema, 'items') : schema;
      if (isMap(target) && field(target, 'type') === 'string')
        Object.assign(target, { enum: field(target, 'enum') ?? values });
    }
  }
  return JSON.stringify(document);
}

/** The names as a server's aggregated discovery tells them. */
export function discoveryOf({ names }: Pick<ServerFacts, 'names'>): string {
  const items = Object.entries(names).map(([key, { singular, shortNames, categories }]) => {
    const [group, version, resource] = key.split('/');
    const resources = [{ resource, singularResource: singular, shortNames, categories }];
    return { metadata: { name: group }, versions: [{ version, resources }] };
  });
  return JSON.stringify({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', items });
}

function enumsAt(key: string, schema: unknown): [string, string[]][] {
  const own = valuesOf(schema);
  const ofItems = isMap(schema) ? valuesOf(field(schema, 'items')) : undefined;
  return [
    ...(own === undefined ? [] : [[key, own] as [string, string[]]]),
    ...(ofItems === undefined ? [] : [[`${key}[]`, ofItems] as [string, string[]]]),
  ];
}

function valuesOf(schema: unknown): string[] | undefined {
  const values = isMap(schema) && field(schema, 'type') === 'string' ? field(schema, 'enum') : undefined;
  return Array.isArray(values) ? values.map(String).sort() : undefined;
}

/** The properties of each definition of an OpenAPI document, v2 or v3. */
function propertiesOf(document: JsonMap): [name: string, properties: JsonMap][] {
  const definitions = { ...mapIn(document, 'definitions'), ...mapIn(mapIn(document, 'components'), 'schemas') };
  return Object.entries(definitions).flatMap(([name, schema]) =>
    isMap(schema) ? [[name, mapIn(schema, 'properties')]] : [],
  );
}

function mapIn(map: JsonMap, key: string): JsonMap {
  const value = field(map, key);
  return isMap(value) ? value : {};
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
