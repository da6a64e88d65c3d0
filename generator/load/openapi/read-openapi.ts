import type { DocumentPath } from '../document-path.js';
import type { DocumentSource } from '../crd.js';
import type { FaultList } from '../fault.js';
import { valueAt } from '../json-pointer.js';
import { field, fieldAt, isMap, mapAt, quote, stringField, textAt, type JsonMap } from '../json-value.js';
import { checkDefinitions } from './check-definitions.js';
import { checkReferences } from './check-references.js';
import type { ApiOperation, OpenApiDocument } from './openapi-document.js';

/** A document that says `swagger` or `openapi`, and where it stands. */
export interface OpenApiCandidate {
  readonly document: JsonMap;
  /** What it says under `swagger` or `openapi`. */
  readonly version: string;
  readonly source: DocumentSource;
  readonly path: DocumentPath;
}

/** Why a document is read. */
export interface OpenApiWish {
  /** Whether somebody named it. */
  readonly given: boolean;
  /** Whether all of its operations are wanted, and not only its kinds. */
  readonly paths: boolean;
}

/** Reads and checks an OpenAPI document for its kinds; `undefined` where it cannot be used, with the reason among the faults. */
export function readOpenApi(
  { document, version, source, path }: OpenApiCandidate,
  { given, paths, faults }: OpenApiWish & { readonly faults: FaultList },
): OpenApiDocument | undefined {
  if (!isReadable(version)) {
    const message = `is an OpenAPI document of version ${quote(version)}: kube-gen reads 2.0 and 3.x`;
    faults.add({ severity: given ? 'error' : 'warning', path, message });
    return undefined;
  }
  if (paths) {
    checkReferences(document, { path, faults });
    if (faults.failed) return undefined;
  }
  const definitionsPath = stringField(document, 'swagger') === undefined ? ['components', 'schemas'] : ['definitions'];
  const definitions = definitionsOf(document, definitionsPath);
  const operations = operationsOf(document);
  if (operations.length === 0) {
    // Its operations have become types, and that was asked for; or it is one of a folder of documents that tell of kinds.
    if (paths || (!given && isOfKubernetes(document))) return undefined;
    const what = isOfKubernetes(document) ? 'of an API server without kinds' : 'that no Kubernetes API server made';
    faults.add({
      severity: given ? 'error' : 'warning',
      path,
      message: `is an OpenAPI document ${what}: no operation in it names a kind (x-kubernetes-group-version-kind)`,
      hint: 'With --paths its operations become types for raw requests.',
    });
    return undefined;
  }
  checkDefinitions(definitions, { path: [...path, ...definitionsPath], faults });
  if (faults.failed) return undefined;
  return {
    source,
    title: textAt(document, 'info', 'title') ?? 'OpenAPI',
    crds: crdsIn(document),
    version: textAt(document, 'info', 'version') ?? '',
    definitionsPath: [...path, ...definitionsPath],
    definitions,
    operations,
  };
}

/** Whether it is a version that kube-gen knows. */
export function isReadable(version: string): boolean {
  return version === '2.0' || /^3\.\d+(?:\.\d+)?$/.test(version);
}

/** What an API server has besides the documents of its kinds: `/apis/apps`, `/version`, `/openid/v1/jwks`. */
function isOfKubernetes(document: JsonMap): boolean {
  return textAt(document, 'info', 'title') === 'Kubernetes';
}

/** In v2 an API server has one document for all of its kinds, in v3 one for those of CRDs in a group. */
function crdsIn(document: JsonMap): OpenApiDocument['crds'] {
  if (textAt(document, 'info', 'title') === 'Kubernetes CRD Swagger') return 'v3';
  return isOfKubernetes(document) && stringField(document, 'swagger') !== undefined ? 'v2' : undefined;
}

function definitionsOf(document: JsonMap, path: readonly string[]): Map<string, JsonMap> {
  return new Map(
    Object.entries(mapAt(document, ...path)).flatMap(([name, schema]) => (isMap(schema) ? [[name, schema]] : [])),
  );
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

function operationsOf(document: JsonMap): ApiOperation[] {
  return Object.entries(mapAt(document, 'paths')).flatMap(([path, item]) => {
    if (!isMap(item)) return [];
    const shared = parameterNames(document, field(item, 'parameters'));
    return methods.flatMap((method) => {
      const operation = field(item, method);
      const action = textAt(operation, 'x-kubernetes-action');
      const gvk = fieldAt(operation, 'x-kubernetes-group-version-kind');
      const [group, version, kind] = ['group', 'version', 'kind'].map((key) => textAt(gvk, key));
      if (action === undefined || version === undefined || kind === undefined) return [];
      const own = parameterNames(document, fieldAt(operation, 'parameters'));
      const canWatch = shared.includes('watch') || own.includes('watch');
      return [{ path, action, group: group ?? '', version, kind, canWatch }];
    });
  });
}

function parameterNames(document: JsonMap, parameters: unknown): string[] {
  if (!Array.isArray(parameters)) return [];
  return parameters.flatMap((parameter: unknown) => {
    const ref = textAt(parameter, '$ref');
    const target = ref?.startsWith('#/') === true ? valueAt(ref.slice(1), document) : parameter;
    return textAt(target, 'name') ?? [];
  });
}
