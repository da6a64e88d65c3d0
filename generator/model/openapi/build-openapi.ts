import type { Diagnostic } from '../../diagnostics.js';
import { formatPath } from '../../load/document-path.js';
import type { Discovered, DiscoveredResource } from '../../load/openapi/discovery.js';
import type { OpenApiDocument } from '../../load/openapi/openapi-document.js';
import { definitionName } from '../../load/openapi/reference.js';
import { apiVersionOf } from '../../load/api-version.js';
import { field, propertyOf, requiredOf, type RawSchema } from '../raw-schema.js';
import type { ResourceModel, Shape, SharedType, SharedTypeModel } from '../resource.js';
import { rootNode, rootShape } from '../root.js';
import { apiResources, type ApiResource } from './api-resources.js';
import { definitionSet, kindsOf, type Definition, type DefinitionSet } from './definition-set.js';
import { findHomes } from './homes.js';
import { definitionLowering, type DefinitionLowering } from './lower-definitions.js';
import { normalise } from './normalise.js';
import { sharedTypesOf } from './shared-types-of.js';

/** What OpenAPI documents come to: kinds, and the types that they share. */
export interface OpenApiModels {
  readonly models: readonly ResourceModel[];
  readonly shared: readonly SharedTypeModel[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Which resources are wanted; a CRD of the same run is the better source for its kind (F36). */
export type WantedResource = (resource: {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}) => boolean;

/** Lowers the resources of OpenAPI documents, v2 and v3 alike (F33), with the definitions that they need. */
export function buildOpenApiModels(
  documents: readonly OpenApiDocument[],
  { wanted, discovered }: { readonly wanted: WantedResource; readonly discovered: Discovered },
): OpenApiModels {
  const { definitions, conflicts } = definitionSet(documents);
  if (conflicts.length > 0) {
    return { models: [], shared: [], diagnostics: conflicts.map(({ first, second }) => conflict(first, second)) };
  }
  const resources = apiResources(documents.flatMap(({ operations }) => operations));
  const schemas = schemasOfKinds(definitions);
  const lowering = definitionLowering(definitions, {
    kinds: new Set(resources.flatMap((resource) => schemas.get(kindKey(resource))?.id ?? [])),
    homeOf: findHomes(definitions, resources),
  });
  const diagnostics: Diagnostic[] = [];
  const context: Context = { lowering, definitions, discovered, versions: versionsOf(resources) };
  const models = resources.filter(wanted).flatMap((resource) => {
    const definition = schemas.get(kindKey(resource));
    if (definition !== undefined) return [buildModel(resource, definition, context)];
    const message = `has operations on ${resource.kind} of ${apiVersionOf(resource)}, but no schema for it; nothing is made of it`;
    diagnostics.push({ severity: 'warning', message, ...fileOf(documents[0]) });
    return [];
  });
  return { models, shared: sharedModels(models, { lowering, definitions }), diagnostics };
}

/** How many versions of each kind there are. */
function versionsOf(resources: readonly ApiResource[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { group, kind } of resources) counts.set(`${group}/${kind}`, (counts.get(`${group}/${kind}`) ?? 0) + 1);
  return counts;
}

function kindKey({ group, version, kind }: { group: string; version: string; kind: string }): string {
  return `${group}/${version}/${kind}`;
}

/**
 * Definitions by the kinds that they are the schema of. One may be that of a kind in several groups, as where OpenShift kept its first ones;
 * what is told of one kind only goes before it.
 */
function schemasOfKinds(definitions: DefinitionSet): Map<string, Definition> {
  const found = new Map<string, Definition>();
  const told = [...definitions.values()].map((definition) => ({ definition, kinds: kindsOf(definition.schema) }));
  for (const { definition, kinds } of told.sort((a, b) => b.kinds.length - a.kinds.length))
    for (const kind of kinds) found.set(kindKey(kind), definition);
  return found;
}

interface Context {
  readonly lowering: DefinitionLowering;
  readonly definitions: DefinitionSet;
  readonly discovered: Discovered;
  readonly versions: ReadonlyMap<string, number>;
}

function buildModel(resource: ApiResource, definition: Definition, context: Context): ResourceModel {
  const { group, version, kind, plural } = resource;
  const { schema, document } = definition;
  const known = context.discovered.get(`${group}/${version}/${plural}`);
  const verbs = servedVerbs(resource, known);
  // Of several versions no document says which one is stored, whose defaults a read shows (V10).
  const storage = document.crds === 'v3' && context.versions.get(`${group}/${kind}`) === 1 ? 'self' : undefined;
  const node = rootNode(normalise(schema, document.crds));
  const { visit, lowering } = context.lowering.below(node, storage);
  const apiVersion = apiVersionOf(resource);
  const { root, docs } = rootShape(visit, lowering, {
    apiVersion,
    kind,
    scope: resource.scope,
    isStored: verbs.includes('get'),
  });
  const hasSpec = requiresSomething(propertyOf(visit.node, 'spec'), definition.id, context);
  return {
    ...resource,
    verbs,
    origin: originOf(document),
    file: document.source.file,
    singular: known?.singular === undefined || known.singular === '' ? kind.toLowerCase() : known.singular,
    listKind: `${kind}List`,
    shortNames: known?.shortNames ?? [],
    categories: known?.categories ?? [],
    printerColumns: [],
    selectableFields: [],
    docs,
    root: hasSpec ? lowering.shapes.shapeOf(withSpec(root)) : root,
  };
}

/** Documents offer `watch` for every list; discovery knows what can be watched. */
function servedVerbs({ verbs }: ApiResource, known: DiscoveredResource | undefined): readonly string[] {
  return known === undefined || known.verbs.length === 0 ? verbs : verbs.filter((verb) => known.verbs.includes(verb));
}

/** A struct without its required fields cannot exist, so an object without the `spec` that holds them cannot either (F4). */
function withSpec(root: Shape): Shape {
  const members = root.members.map((member) =>
    member.name === 'spec' ? { ...member, required: { ...member.required, read: true } } : member,
  );
  return { ...root, members };
}

/** The `spec` of a struct has a definition of its own. One that stands in its kind is that of a CRD, and may be left out. */
function requiresSomething(spec: RawSchema | undefined, kindId: string, { definitions }: Context): boolean {
  const ref = spec && field(spec, '$ref');
  const name = typeof ref === 'string' ? definitionName(ref) : undefined;
  if (name === undefined && !kindId.startsWith('io.k8s.api.')) return false;
  const target = name === undefined ? spec : definitions.get(name)?.schema;
  return target !== undefined && requiredOf(target).length > 0;
}

function sharedModels(
  models: readonly ResourceModel[],
  { lowering, definitions }: Pick<Context, 'lowering' | 'definitions'>,
): SharedTypeModel[] {
  const found = new Map<string, SharedTypeModel>();
  const open: SharedType[] = models.flatMap(({ root }) => sharedTypesOf(root));
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    const definition = definitions.get(type.id);
    if (found.has(type.id) || definition === undefined) continue;
    const { shape, docs } = lowering.shapeOf(type);
    found.set(type.id, { type, origin: originOf(definition.document), shape, docs });
    for (const next of sharedTypesOf(shape)) open.push(next);
  }
  return [...found.values()];
}

function originOf({ title, version }: OpenApiDocument): string {
  // The published documents of Kubernetes call theirs `unversioned`.
  const isKnown = version !== '' && version !== 'unversioned';
  return `the OpenAPI document of ${title}${isKnown ? `, version ${version}` : ''}`;
}

function conflict(first: Definition, second: Definition): Diagnostic {
  const where = first.document.source.file === second.document.source.file ? 'further up' : first.document.source.file;
  return {
    severity: 'error',
    ...fileOf(second.document),
    path: formatPath([...second.document.definitionsPath, second.id]),
    message: `defines ${second.id} in another way than ${where}`,
    hint: 'The documents of one run must come from one release of one API server.',
  };
}

function fileOf(document: OpenApiDocument | undefined): { file?: string } {
  return document === undefined ? {} : { file: document.source.file };
}
