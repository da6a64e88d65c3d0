import type { JsonObject } from '../state/json.js';
import { apiVersionFor, type ServedKind, type ServedVersion } from '../state/served-kind.js';
import { metaNames, schemaRef } from './meta-schemas.js';

/** A kind in one version, and what its schemas are called. */
export interface Published {
  readonly kind: ServedKind;
  readonly version: ServedVersion;
  readonly schemaName: string;
}

type Verb = 'list' | 'post' | 'deletecollection' | 'get' | 'put' | 'patch' | 'delete';

const query = (name: string, type = 'string'): JsonObject => ({
  name,
  in: 'query',
  schema: { type, uniqueItems: true },
});
const inPath = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const selectors = ['labelSelector', 'fieldSelector', 'resourceVersion', 'resourceVersionMatch', 'continue'].map(
  (name) => query(name),
);
const writing = [query('dryRun'), query('fieldManager'), query('fieldValidation')];
const listing = [
  ...selectors,
  query('limit', 'integer'),
  query('timeoutSeconds', 'integer'),
  query('watch', 'boolean'),
  query('allowWatchBookmarks', 'boolean'),
  query('sendInitialEvents', 'boolean'),
];
const parameters: Readonly<Record<Verb, readonly JsonObject[]>> = {
  list: listing,
  post: writing,
  deletecollection: [query('dryRun'), ...selectors],
  get: [],
  put: writing,
  patch: [...writing, query('force', 'boolean')],
  delete: [query('dryRun'), query('gracePeriodSeconds', 'integer'), query('propagationPolicy')],
};
/** Verbs that are not called as their methods. */
const methods: Partial<Record<Verb, string>> = { list: 'get', deletecollection: 'delete' };

/** The paths of one kind, with what can be done there. */
export function pathsOf(published: Published): JsonObject {
  const { kind, version, schemaName } = published;
  const root = `${kind.group === '' ? '/api' : '/apis'}/${apiVersionFor(kind, version.name)}`;
  const namespaced = kind.scope === 'Namespaced';
  const collection = `${root}${namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}`;
  const inCollection = namespaced ? [inPath('namespace')] : [];
  const inItem = [inPath('name'), ...inCollection];
  const whole = schemaRef(schemaName);
  const at = (shared: readonly JsonObject[], verbs: readonly Verb[], body: JsonObject): JsonObject => ({
    ...Object.fromEntries(verbs.map((verb) => [methods[verb] ?? verb, operation(published, verb, body)])),
    ...(shared.length > 0 ? { parameters: shared } : {}),
  });
  const part: readonly Verb[] = ['get', 'put', 'patch'];
  return {
    [collection]: at(inCollection, ['list', 'post', 'deletecollection'], whole),
    [`${collection}/{name}`]: at(inItem, ['get', 'put', 'patch', 'delete'], whole),
    ...(version.status ? { [`${collection}/{name}/status`]: at(inItem, part, whole) } : {}),
    ...(version.scale === undefined
      ? {}
      : { [`${collection}/{name}/scale`]: at(inItem, part, schemaRef(metaNames.scale)) }),
    ...(namespaced ? { [`${root}/${kind.plural}`]: at([], ['list'], whole) } : {}),
  };
}

function operation({ kind, version, schemaName }: Published, verb: Verb, body: JsonObject): JsonObject {
  const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
  const answer =
    verb === 'list'
      ? schemaRef(`${schemaName}List`)
      : verb === 'delete' || verb === 'deletecollection'
        ? schemaRef(metaNames.status)
        : body;
  const content = contentOf(verb, body);
  return {
    parameters: parameters[verb],
    ...(content === undefined ? {} : { requestBody: { content, required: verb !== 'delete' } }),
    responses: {
      [verb === 'post' ? '201' : '200']: { description: verb === 'post' ? 'Created' : 'OK', content: json(answer) },
    },
    'x-kubernetes-action': verb,
    'x-kubernetes-group-version-kind': { group: kind.group, version: version.name, kind: kind.kind },
  };
}

function contentOf(verb: Verb, body: JsonObject): JsonObject | undefined {
  switch (verb) {
    case 'post':
    case 'put':
      return { 'application/json': { schema: body }, 'application/yaml': { schema: body } };
    case 'patch': {
      const schema = schemaRef(metaNames.patch);
      return { 'application/json-patch+json': { schema }, 'application/merge-patch+json': { schema } };
    }
    case 'delete':
    case 'deletecollection':
      return { 'application/json': { schema: schemaRef(metaNames.deleteOptions) } };
    default:
      return undefined;
  }
}
