/** What an API server tells of the built-in kinds, and the OpenAPI documents that Kubernetes publishes do not. */
import { readDiscovery, type DiscoveredResource } from '../generator/load/openapi/discovery.js';
import { field, isMap, stringField, type JsonMap } from '../generator/load/json-value.js';

type ResourceNames = Omit<DiscoveredResource, 'verbs'>;

/** The content of `server-facts.json`. */
export interface ServerFacts {
  /** The release of the server that told them, as `v1.37.2`. */
  readonly kubernetes: string;
  /** The values that a field takes, by definition and field; `accessModes[]` stands for the items of a list, `statuses{}` for the values of a map. */
  readonly enums: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Names that only discovery knows, by `group/version/plural`. */
  readonly names: Readonly<Record<string, ResourceNames>>;
}

/** The node of a field's schema that a mark after the name of the field stands for. */
const nodeAt: Readonly<Record<string, (schema: JsonMap) => unknown>> = {
  '': (schema) => schema,
  '[]': (schema) => field(schema, 'items'),
  '{}': (schema) => field(schema, 'additionalProperties'),
};

/** The facts in documents of an API server: those of OpenAPI and of aggregated discovery. */
export function factsOf(texts: readonly string[]): ServerFacts {
  const documents = texts.map((text) => JSON.parse(text) as unknown).filter(isMap);
  const enums: [string, Record<string, readonly string[]>][] = [];
  const names: [string, ResourceNames][] = [];
  let kubernetes = '';
  for (const document of documents) {
    if (field(document, 'kind') === 'APIGroupDiscoveryList') {
      for (const [key, { verbs: _, ...own }] of readDiscovery(document)) names.push([key, own]);
    }
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
  for (const [id, properties] of propertiesOf(document)) {
    for (const [key, values] of Object.entries(enums[id] ?? {})) {
      const [, name = '', mark = ''] = /^(.*?)(\[\]|\{\})?$/.exec(key) ?? [];
      const schema = field(properties, name);
      const target = isMap(schema) ? nodeAt[mark]?.(schema) : undefined;
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
  return Object.entries(nodeAt).flatMap(([mark, node]): [string, string[]][] => {
    const values = isMap(schema) ? valuesOf(node(schema)) : undefined;
    return values === undefined ? [] : [[key + mark, values]];
  });
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
