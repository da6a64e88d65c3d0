import { valueAt } from '../load/json-pointer.js';
import { field, isMap, mapAt, mapsIn, stringField, type JsonMap } from '../load/json-value.js';

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

/** Writes an OpenAPI v2 document (Swagger) as v3 has it, as far as types are concerned. References must lead to the document itself. */
export function toV3(document: JsonMap): JsonMap {
  const shared = mapAt(document, 'parameters');
  const context: Context = {
    consumes: texts(document, 'consumes') ?? ['application/json'],
    produces: texts(document, 'produces') ?? ['application/json'],
    shared,
  };
  const bodies = Object.entries(shared).filter(([, parameter]) => isBody(parameter));
  const others = Object.entries(shared).filter(([, parameter]) => isMap(parameter) && isPlain(parameter));
  const converted = {
    openapi: '3.0.0',
    info: field(document, 'info') ?? {},
    paths: mapValues(mapAt(document, 'paths'), (item) => pathItem(item, context)),
    components: {
      schemas: mapAt(document, 'definitions'),
      parameters: Object.fromEntries(others.map(([name, one]) => [name, parameterOf(one as JsonMap)])),
      requestBodies: Object.fromEntries(bodies.map(([name, one]) => [name, bodyOf([one as JsonMap], context)])),
      responses: mapValues(mapAt(document, 'responses'), (one) => responseOf(one, context)),
    },
  };
  return withReferences(converted, (ref) => movedReference(ref, shared)) as JsonMap;
}

interface Context {
  /** Media types of requests. */
  readonly consumes: readonly string[];
  /** Media types of answers. */
  readonly produces: readonly string[];
  readonly shared: JsonMap;
}

function pathItem(item: unknown, context: Context): unknown {
  if (!isMap(item)) return item;
  const shared = mapsIn(field(item, 'parameters'));
  const entries = Object.entries(item).map(([key, value]) => {
    if (!methods.has(key) || !isMap(value)) return [key, value];
    return [key, operation(value, { ...context, inherited: shared })];
  });
  // What stands for all operations has been given to each of them.
  return Object.fromEntries(entries.filter(([key]) => key !== 'parameters'));
}

function operation(value: JsonMap, o: Context & { readonly inherited: readonly JsonMap[] }): JsonMap {
  const context = {
    ...o,
    consumes: texts(value, 'consumes') ?? o.consumes,
    produces: texts(value, 'produces') ?? o.produces,
  };
  const own = mapsIn(field(value, 'parameters'));
  const all = [...o.inherited, ...own];
  const target = (parameter: JsonMap): JsonMap => sharedTarget(parameter, o.shared) ?? parameter;
  const body = [...all].reverse().find((one) => stringField(target(one), 'in') === 'body');
  const form = all.map(target).filter((one) => stringField(one, 'in') === 'formData');
  const { consumes: _, produces: __, schemes: ___, parameters: ____, responses, ...rest } = value;
  return {
    ...rest,
    parameters: all.filter((one) => isPlain(target(one))).map((one) => (target(one) === one ? parameterOf(one) : one)),
    ...(body === undefined ? {} : { requestBody: target(body) === body ? bodyOf([body], context) : body }),
    ...(body === undefined && form.length > 0 ? { requestBody: bodyOf(form, context) } : {}),
    responses: mapValues(isMap(responses) ? responses : {}, (one) => responseOf(one, context)),
  };
}

function sharedTarget(parameter: JsonMap, shared: JsonMap): JsonMap | undefined {
  const ref = stringField(parameter, '$ref');
  if (ref === undefined) return undefined;
  const found = valueAt(ref.slice(1), { parameters: shared });
  return isMap(found) ? found : {};
}

function isBody(parameter: unknown): boolean {
  return isMap(parameter) && ['body', 'formData'].includes(stringField(parameter, 'in') ?? '');
}

function isPlain(parameter: JsonMap): boolean {
  return ['path', 'query', 'header'].includes(stringField(parameter, 'in') ?? '');
}

/** Its type moves into a schema of its own. */
function parameterOf(parameter: JsonMap): JsonMap {
  const { name, in: place, description, required, ...type } = parameter;
  const kept = { name, in: place, description, required };
  return { ...withoutUndefined(kept), schema: schemaOf(type) };
}

function schemaOf(parameter: JsonMap): JsonMap {
  const { collectionFormat: _, allowEmptyValue: __, ...type } = parameter;
  return type['type'] === 'file' ? { ...type, type: 'string', format: 'binary' } : type;
}

function bodyOf(parameters: readonly JsonMap[], { consumes }: Pick<Context, 'consumes'>): JsonMap {
  const [first] = parameters;
  if (first !== undefined && stringField(first, 'in') === 'body') {
    const content = contentOf(consumes, field(first, 'schema'));
    return withoutUndefined({ description: field(first, 'description'), required: field(first, 'required'), content });
  }
  const isForm = (type: string): boolean => /form/.test(type);
  const types = consumes.some(isForm) ? consumes.filter(isForm) : ['multipart/form-data'];
  const properties = Object.fromEntries(
    parameters.map((parameter) => {
      const { name, in: _, required: __, ...type } = parameter;
      return [String(name), schemaOf(type)];
    }),
  );
  const required = parameters.filter((one) => field(one, 'required') === true).map(({ name }) => String(name));
  return { content: contentOf(types, { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }) };
}

function responseOf(response: unknown, { produces }: Pick<Context, 'produces'>): unknown {
  if (!isMap(response) || stringField(response, '$ref') !== undefined) return response;
  const { schema, headers, examples: _, ...rest } = response;
  return {
    description: '',
    ...rest,
    ...(isMap(headers) ? { headers: mapValues(headers, (one) => ({ schema: isMap(one) ? schemaOf(one) : {} })) } : {}),
    ...(isMap(schema) ? { content: contentOf(produces, schemaOf(schema)) } : {}),
  };
}

function contentOf(types: readonly string[], schema: unknown): JsonMap {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

function movedReference(ref: string, shared: JsonMap): string {
  const moved = /^#\/(definitions|parameters|responses)\/(.*)$/s.exec(ref);
  if (moved === null) return ref;
  const [, from = '', name = ''] = moved;
  const isSharedBody = from === 'parameters' && isBody(sharedTarget({ $ref: ref }, shared));
  const to = from === 'definitions' ? 'schemas' : isSharedBody ? 'requestBodies' : from;
  return `#/components/${to}/${name}`;
}

function withReferences(value: unknown, move: (ref: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withReferences(one, move));
  if (!isMap(value)) return value;
  return mapValues(value, (inner, key) =>
    key === '$ref' && typeof inner === 'string' ? move(inner) : withReferences(inner, move),
  );
}

function texts(map: JsonMap, key: string): string[] | undefined {
  const list = field(map, key);
  if (!Array.isArray(list) || list.length === 0) return undefined;
  return list.filter((one) => typeof one === 'string');
}

function mapValues(map: JsonMap, change: (value: unknown, key: string) => unknown): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

function withoutUndefined(map: Record<string, unknown>): JsonMap {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}
