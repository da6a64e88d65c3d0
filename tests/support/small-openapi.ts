import { generate, type GenerateOptions } from '../../generator/generate.js';

/** One resource of a small OpenAPI document: where it is served, and its schema. */
export interface SmallResource {
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly plural?: string;
  readonly namespaced?: boolean;
  /** Actions as `x-kubernetes-action` has them; everything by default. */
  readonly actions?: readonly string[];
  readonly subresources?: readonly string[];
  /** Whether it has a path of its own for watching, as built-in kinds have. */
  readonly canWatch?: boolean;
  /** The name of its definition; `io.example.<group>.<version>.<Kind>` by default. */
  readonly id?: string;
  readonly schema: Record<string, unknown>;
}

const all = ['get', 'list', 'post', 'put', 'patch', 'delete', 'deletecollection'];
const onObject = new Set(['get', 'put', 'patch', 'delete']);
const methodOf: Readonly<Record<string, string>> = { list: 'get', deletecollection: 'delete' };

/** An OpenAPI document as an API server writes it, v2 or v3. `ref('x')` in schemas becomes what the version calls it. */
export function smallOpenApi(
  resources: readonly SmallResource[],
  definitions: Record<string, unknown> = {},
  { v }: { readonly v: 2 | 3 } = { v: 2 },
): string {
  const schemas: Record<string, unknown> = { ...definitions };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of resources) {
    const { group = 'apps', version = 'v1', kind, namespaced = true } = one;
    const gvk = { group, version, kind };
    schemas[one.id ?? `io.example.${group}.${version}.${kind}`] = {
      ...one.schema,
      'x-kubernetes-group-version-kind': [gvk],
    };
    const root = `/${group === '' ? `api/${version}` : `apis/${group}/${version}`}`;
    const place = `${namespaced ? 'namespaces/{namespace}/' : ''}${one.plural ?? `${kind.toLowerCase()}s`}`;
    const base = `${root}/${place}`;
    if (one.canWatch === true) {
      paths[`${root}/watch/${place}`] = {
        get: { 'x-kubernetes-action': 'watchlist', 'x-kubernetes-group-version-kind': gvk },
      };
    }
    for (const action of one.actions ?? all) {
      const path = onObject.has(action) ? `${base}/{name}` : base;
      const parameters = action === 'list' ? [{ name: 'watch', in: 'query' }] : [];
      paths[path] ??= {};
      paths[path][methodOf[action] ?? action] = {
        'x-kubernetes-action': action,
        'x-kubernetes-group-version-kind': gvk,
        parameters,
      };
    }
    for (const subresource of one.subresources ?? []) {
      paths[`${base}/{name}/${subresource}`] = {
        get: { 'x-kubernetes-action': 'get', 'x-kubernetes-group-version-kind': gvk },
      };
    }
  }
  const info = { title: 'Kubernetes', version: 'v1.0.0' };
  const text =
    v === 2
      ? JSON.stringify({ swagger: '2.0', info, paths, definitions: schemas })
      : JSON.stringify({ openapi: '3.0.0', info, paths, components: { schemas } });
  return text.replaceAll('"#/ref/', v === 2 ? '"#/definitions/' : '"#/components/schemas/');
}

/** A reference to a definition, whatever the version calls the place. */
export function ref(id: string): { $ref: string } {
  return { $ref: `#/ref/${id}` };
}

/** What is made of OpenAPI texts: the files by path, and the messages. */
export async function printOpenApi(
  texts: readonly string[] | string,
  options: GenerateOptions = {},
): Promise<{ files: Record<string, string>; messages: string[] }> {
  const sources = [texts].flat().map((text, i) => ({ file: `openapi-${i}.json`, text }));
  const { files, diagnostics } = await generate(sources, options);
  return {
    files: Object.fromEntries(files.map(({ path, content }) => [path, content])),
    messages: diagnostics.map(
      ({ severity, file, line, path, message, hint }) =>
        `${severity}: ${file ?? ''}${line === undefined ? '' : `:${line}`}: ${path === undefined ? '' : `${path}: `}${message}${hint === undefined ? '' : ` ${hint}`}`,
    ),
  };
}

/** Definitions that every API server has. */
export const support = {
  'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': { type: 'object', properties: { name: { type: 'string' } } },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: 'string', format: 'date-time' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { type: 'object' },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'string' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: 'string', format: 'int-or-string' },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object' },
};

/** A kind `Job` whose spec is the given definition. */
export function job(spec: Record<string, unknown>, more: Partial<SmallResource> = {}): SmallResource {
  const text = { type: 'string' };
  const metadata = ref('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
  return {
    kind: 'Job',
    schema: { type: 'object', properties: { apiVersion: text, kind: text, metadata, spec } },
    ...more,
  };
}
