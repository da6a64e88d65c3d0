import { resourceName } from '../../resource.js';
import type { ApiState } from '../state/api-state.js';
import { listOf } from '../state/crd-kind.js';
import { versionInfo } from '../state/discovery.js';
import { type JsonObject, isObject, objectOr } from '../state/json.js';
import type { ServedKind } from '../state/served-kind.js';
import { metaNames, metaSchemas, schemaRef } from './meta-schemas.js';
import { publishedSchema } from './published-schema.js';
import { pathsOf, type Published } from './operations.js';

/** The group versions that have a document, and where it is: the answer to `/openapi/v3`. */
export function openApiIndex(state: ApiState): JsonObject {
  const revisions = new Map<string, number>();
  for (const kind of state.kinds.all()) {
    for (const { name, served } of kind.versions) {
      if (!served) continue;
      const path = kind.group === '' ? `api/${name}` : `apis/${kind.group}/${name}`;
      revisions.set(path, Math.max(revisions.get(path) ?? 0, kind.schemaRevision));
    }
  }
  const paths = [...revisions].map(([path, revision]) => {
    // Clients read a document again when its hash is another.
    const serverRelativeURL = `/openapi/v3/${path}?hash=${revision.toString(16).toUpperCase()}`;
    return [path, { serverRelativeURL }] as const;
  });
  return { paths: Object.fromEntries(paths) };
}

/**
 * The OpenAPI document of a group version; `undefined` where nothing is served. Custom resources have the schemas of their CRDs, other
 * kinds, whose objects are not checked here, only their metadata.
 */
export function openApiDocument(state: ApiState, group: string, versionName: string): JsonObject | undefined {
  const published = state.kinds.all().flatMap((kind): Published[] => {
    const version = kind.versions.find((each) => each.name === versionName && each.served);
    if (kind.group !== group || version === undefined) return [];
    return [{ kind, version, schemaName: schemaNameOf(kind, versionName) }];
  });
  if (published.length === 0) return undefined;
  const schemas = published.flatMap((each) => [
    [each.schemaName, wholeSchema(each, rawSchema(state, each))] as const,
    [`${each.schemaName}List`, listSchema(each)] as const,
  ]);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: versionInfo.gitVersion },
    paths: Object.assign({}, ...published.map((each) => pathsOf(each))) as JsonObject,
    components: { schemas: { ...Object.fromEntries(schemas), ...metaSchemas } },
  };
}

/** `dev.example.v1.Foo` for kinds of `example.dev`. */
function schemaNameOf(kind: ServedKind, version: string): string {
  const prefix =
    kind.origin === 'built-in' && !kind.group.includes('.')
      ? `io.k8s.api.${kind.group === '' ? 'core' : kind.group}`
      : kind.group.split('.').reverse().join('.');
  return `${prefix}.${version}.${kind.kind}`;
}

/** What the CRD says; definitions and built-in kinds take anything. */
function rawSchema(state: ApiState, { kind, version }: Published): JsonObject {
  const crds = state.storage.log('customresourcedefinitions.apiextensions.k8s.io').at(state.storage.revision);
  const crd = crds
    .map(([, object]) => object)
    .find((object) => objectOr(object['metadata'])['name'] === resourceName(kind));
  const versions = kind.origin === 'crd' ? listOf(objectOr(crd?.['spec'])['versions']) : [];
  const schema = objectOr(versions.find((each) => each['name'] === version.name)?.['schema'])['openAPIV3Schema'];
  return isObject(schema) ? schema : { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
}

const kindProperties: JsonObject = { apiVersion: { type: 'string' }, kind: { type: 'string' } };

function wholeSchema({ kind, version }: Published, schema: JsonObject): JsonObject {
  const shown = publishedSchema(schema);
  return {
    ...shown,
    properties: {
      ...objectOr(shown['properties']),
      ...kindProperties,
      metadata: { allOf: [schemaRef(metaNames.objectMeta)] },
    },
    'x-kubernetes-group-version-kind': [{ group: kind.group, kind: kind.kind, version: version.name }],
  };
}

function listSchema({ kind, version, schemaName }: Published): JsonObject {
  return {
    type: 'object',
    required: ['items'],
    properties: {
      ...kindProperties,
      items: { type: 'array', items: schemaRef(schemaName) },
      metadata: { allOf: [schemaRef(metaNames.listMeta)] },
    },
    'x-kubernetes-group-version-kind': [{ group: kind.group, kind: kind.listKind, version: version.name }],
  };
}
