import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, writeProject, type Compiler } from '../../tests/support/type-check.js';
import { generate } from '../generate.js';

const evil = '*/ `${process.exit(9)}` {{x}} \u2028 </script>';
const answer = {
  200: { description: evil, content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
};
const to = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
/** Schemas that lead back to themselves with no field between. */
const loops = {
  Json: {
    oneOf: [
      { type: 'string' },
      { type: 'array', items: to('Json') },
      { type: 'object', additionalProperties: to('Json') },
    ],
  },
  Grid: { type: 'array', items: to('Row') },
  Row: { allOf: [{ type: 'array', items: { anyOf: [to('Grid'), to('Pet')] } }] },
  Both: { allOf: [to('Other'), { type: 'object', properties: { a: to('Both') } }] },
  Other: { allOf: [to('Both')], properties: { b: to('Grid') } },
};
const document = {
  openapi: '3.0.0',
  info: { title: evil, version: '1' },
  paths: {
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: evil }],
      get: { operationId: 'getPet', summary: evil, responses: answer },
      patch: {
        operationId: evil,
        requestBody: { required: true, content: { 'application/merge-patch+json': { schema: { type: 'object' } } } },
        responses: answer,
      },
    },
    [`/odd/${evil}`]: { get: { responses: answer } },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        description: evil,
        required: ['name'],
        properties: { name: { type: 'string' }, [evil]: { enum: [evil] }, more: { $ref: '#/components/schemas/Json' } },
      },
      ...loops,
    },
  },
};

const program = `import { typedRequest } from '@kube-gen/runtime/openapi';
import type { Cluster } from '@kube-gen/runtime/codegen1';
import type { components, paths } from './openapi.js';

export async function use(cluster: Cluster): Promise<string> {
  const request = typedRequest<paths>(cluster);
  const pet: components['schemas']['Pet'] = await request('get', '/pets/{id}', { params: { path: { id: 'a' } } });
  const params = { path: { id: 'a' } };
  await request('patch', '/pets/{id}', { params, contentType: 'application/merge-patch+json', body: { any: 1 } });
  // @ts-expect-error -- the path has a parameter
  await request('get', '/pets/{id}');
  // @ts-expect-error -- no such operation
  await request('put', '/pets/{id}', { params });
  const json: components['schemas']['Json'] = ['a', ['b', { c: 'd' }]];
  const grid: components['schemas']['Grid'] = [[pet]];
  // @ts-expect-error -- no row
  const notAGrid: components['schemas']['Grid'] = ['a'];
  void [json, grid, notAGrid];
  return pet.name;
}
`;

describe('openapi.ts with a program that uses it', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kube-gen-paths-'));
    const { files, diagnostics } = await generate([{ file: 'a.json', text: JSON.stringify(document) }], {
      paths: true,
    });
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    writeProject(folder, [...files, { path: 'program.ts', content: program }]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each<Compiler>(['typescript54', 'typescript', 'typescript6', 'typescript7'])(
    'compiles with %s, whatever the texts in the document say',
    async (compiler) => {
      expect(await compile(folder, { compiler, include: ['*.ts'] })).toEqual([]);
    },
  );
});
