import { describe, expect, it } from 'vitest';
import { job, printOpenApi, ref, smallOpenApi, support } from '../../../tests/support/small-openapi.js';

const text = { type: 'string' };
const spec = 'io.example.apps.v1.JobSpec';

describe('OpenAPI documents with faults', () => {
  const crooked = (schema: unknown): string =>
    JSON.stringify(JSON.parse(smallOpenApi([job(ref(spec))], { ...support, [spec]: schema })), null, 1);

  const cases: [name: string, given: unknown, want: RegExp][] = [
    [
      'an unknown reference',
      { properties: { a: ref('io.k8s.apimachinery.pkg.apis.meta.v1.Tim') } },
      /^error: openapi-0.json:\d+: definitions\["io.example.apps.v1.JobSpec"\].properties.a: \$ref "#\/definitions\/io.k8s.apimachinery.pkg.apis.meta.v1.Tim" leads to nothing in this document Did you mean io.k8s.apimachinery.pkg.apis.meta.v1.Time\?$/,
    ],
    [
      'F39 a reference to a file',
      { properties: { a: { $ref: 'file:///etc/passwd' } } },
      /leads out of this document: only #\/ references are followed, never a file or a URL$/,
    ],
    [
      'F39 a reference to a URL',
      { properties: { a: { $ref: 'https://example.com/x.json#/definitions/X' } } },
      /leads out of this document/,
    ],
    ['a type that is none', { type: 'strng' }, /type text "strng" is not a JSON type$/],
    [
      'properties that are no map',
      { type: 'object', properties: 7 },
      /properties: must be a map of schemas, not a number \(7\)$/,
    ],
  ];
  it.each(cases)('%s is an error with its place', async (_, given, want) => {
    const { files, messages } = await printOpenApi(crooked(given));
    expect(files).toEqual({});
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(want);
  });

  it('definitions that only refer to each other are unknown, and told so', async () => {
    const [one, two] = ['io.example.apps.v1.One', 'io.example.apps.v1.Two'];
    const given = smallOpenApi([job(ref(spec))], {
      ...support,
      [spec]: { type: 'object', properties: { a: ref(one), b: { type: 'array', items: ref(two) } } },
      [one]: ref(two),
      [two]: { allOf: [ref(one)] },
    });
    const { files, messages } = await printOpenApi(given);
    expect(files['apps/v1/types.ts']).toContain('readonly b?: readonly unknown[];');
    expect(messages).toEqual([
      `warning: openapi-0.json:1: definitions["${one}"]: refers only to itself, through ${two}: nothing says what it is, so it is unknown`,
      `warning: openapi-0.json:1: definitions["${two}"]: refers only to itself, through ${one}: nothing says what it is, so it is unknown`,
    ]);
  });

  it('operations on a kind without a schema are told, and make nothing', async () => {
    const document = JSON.parse(smallOpenApi([job(text), job(text, { kind: 'Cron' })], support)) as {
      definitions: Record<string, unknown>;
    };
    delete document.definitions['io.example.apps.v1.Cron'];
    const { files, messages } = await printOpenApi(JSON.stringify(document));
    expect(Object.keys(files)).toEqual(['apps/v1/index.ts', 'apps/v1/job.ts', 'index.ts']);
    expect(messages).toEqual([
      'warning: openapi-0.json: has operations on Cron of apps/v1, but no schema for it; nothing is made of it',
    ]);
  });

  it('actions that are no verbs of an object are none, and only lists are watched', async () => {
    const document = JSON.parse(smallOpenApi([job(text, { actions: ['get', 'post'] })], support)) as {
      paths: Record<string, Record<string, object>>;
    };
    const watch = { name: 'watch', in: 'query' };
    for (const operations of Object.values(document.paths)) {
      for (const operation of Object.values(operations)) Object.assign(operation, { parameters: [watch] });
      operations['options'] = { ...Object.values(operations)[0], 'x-kubernetes-action': 'connect' };
    }
    document.paths['/version/'] = { get: { 'x-kubernetes-action': 'list', operationId: 'getCodeVersion' } };
    const { files, messages } = await printOpenApi(JSON.stringify(document));
    expect(files['apps/v1/job.ts']).toContain("verbs: ['get', 'create'],");
    expect(Object.keys(files)).toEqual(['apps/v1/index.ts', 'apps/v1/job.ts', 'index.ts']);
    expect(messages).toEqual([]);
  });

  it('a kind that is called like the file of the shared types keeps its file', async () => {
    const given = smallOpenApi([job(ref(spec), { kind: 'Types', plural: 'types' })], {
      ...support,
      [spec]: { type: 'object', properties: { a: text } },
    });
    const { files } = await printOpenApi(given);
    expect(files['apps/v1/types.ts']).toContain('export interface Types {');
    expect(files['apps/v1/types-2.ts']).toContain('export interface JobSpec {');
    expect(files['apps/v1/types.ts']).toContain("from './types-2.js';");
  });

  it('a schema nested without end is an error, not a crash', async () => {
    let deep: Record<string, unknown> = { type: 'string' };
    for (let i = 0; i < 600; i += 1) deep = { type: 'object', properties: { a: deep } };
    const { files, messages } = await printOpenApi(crooked(deep));
    expect(files).toEqual({});
    expect(messages[0]).toMatch(/is nested too deep to be the schema of a kind$/);
  });

  it('thousands of definitions that are lists of each other are followed as deep as anybody reads them', async () => {
    const lists = Array.from({ length: 20_000 }, (_, i): [string, object] => [
      `io.example.List${i}`,
      { type: 'array', items: ref(`io.example.List${i + 1}`) },
    ]);
    const definitions = { ...support, ...Object.fromEntries(lists), 'io.example.List20000': text };
    const { files, messages } = await printOpenApi(smallOpenApi([job(ref('io.example.List0'))], definitions));
    expect(messages).toEqual([]);
    expect(files['apps/v1/job.ts']).toMatch(/export type JobSpec = readonly \(readonly .*unknown\[\]/);
  });

  it('a definition may have more fields, values and references than one call takes arguments', async () => {
    const all = Array.from({ length: 130_000 }, (_, i) => `h${i}`);
    const fields = (type: object): object => ({
      type: 'object',
      properties: Object.fromEntries(all.map((name) => [name, type])),
    });
    const definitions = {
      ...support,
      [spec]: {
        type: 'object',
        properties: {
          plain: ref('io.example.Plain'),
          value: ref('io.example.Value'),
          many: ref('io.example.Many'),
          amount: ref('io.k8s.apimachinery.pkg.api.resource.Quantity'),
        },
      },
      'io.example.Plain': fields(text),
      'io.example.Many': fields(ref('io.example.Plain')),
      'io.example.Value': { type: 'string', enum: all },
      'io.k8s.apimachinery.pkg.api.resource.Quantity': text,
    };
    const { files, messages } = await printOpenApi(smallOpenApi([job(ref(spec))], definitions));
    expect(messages).toEqual([]);
    expect(files['apps/v1/types.ts']).toContain('readonly amount?: string;');
  });

  it('two documents that say different things under one name are an error, and nobody wins', async () => {
    const one = smallOpenApi([job(ref(spec))], { ...support, [spec]: { type: 'object', properties: { a: text } } });
    const two = smallOpenApi([job(ref(spec))], {
      ...support,
      [spec]: { type: 'object', properties: { a: { type: 'integer' } } },
    });
    const { files, messages } = await printOpenApi([one, two]);
    expect(files).toEqual({});
    expect(messages).toEqual([
      'error: openapi-1.json: definitions["io.example.apps.v1.JobSpec"]: defines io.example.apps.v1.JobSpec in another way than openapi-0.json The documents of one run must come from one release of one API server.',
    ]);
  });

  it('the same document twice is one', async () => {
    const one = smallOpenApi([job(text)], support);
    expect(await printOpenApi([one, one])).toEqual(await printOpenApi(one));
  });

  it('a document that is not from Kubernetes says so', async () => {
    const pets = { openapi: '3.0.0', info: { title: 'Pets', version: '1' }, paths: { '/pets': { get: {} } } };
    const { messages } = await printOpenApi(JSON.stringify(pets));
    expect(messages[0]).toMatch(/^error: openapi-0.json:1: is an OpenAPI document that no Kubernetes API server made/);
  });

  it('an unknown version of OpenAPI says what can be read', async () => {
    const { messages } = await printOpenApi(JSON.stringify({ openapi: '4.0.0', paths: {} }));
    expect(messages[0]).toMatch(/is an OpenAPI document of version "4.0.0": kube-gen reads 2.0 and 3.x$/);
  });

  it('text that ends too early is an error of the text', async () => {
    const { files, messages } = await printOpenApi(smallOpenApi([job(text)], support).slice(0, -10));
    expect(files).toEqual({});
    expect(messages[0]).toMatch(/^error: openapi-0.json/);
  });

  it('names that would be code or another folder are names', async () => {
    const id = "io.x.../../evil.v1.A'; process.exit(1); //";
    const { files, messages } = await printOpenApi(
      smallOpenApi([job(ref(id), { group: 'apps' })], {
        ...support,
        [id]: { type: 'object', properties: { __proto__x: text, 'a*/b': text } },
      }),
    );
    expect(messages).toEqual([]);
    expect(Object.values(files).join('\n')).toContain("'a*/b'?: string;");
    for (const path of Object.keys(files)) expect(path).toMatch(/^(?:[a-z0-9.-]+\/){0,2}[a-z0-9-]+\.ts$/);
    expect(Object.values(files).join('\n')).not.toMatch(/^[^/*]*process\.exit/m);
  });
});
