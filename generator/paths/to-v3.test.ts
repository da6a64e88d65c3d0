import { describe, expect, it } from 'vitest';
import { toV3 } from './to-v3.js';

type Json = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const json = { 'application/json': { schema: text } };
const body = (name: string, schema: Json = text): Json => ({
  name,
  in: 'body',
  description: 'b',
  required: true,
  schema,
});
const form = (name: string, more: Json = {}): Json => ({ name, in: 'formData', type: 'string', ...more });
const shared = { parameters: { 'a/b~': { ...body('b'), name: 'shared' }, q: { name: 'q', in: 'query', ...text } } };

/** An operation of v2 as v3 has it. */
function operation(value: Json, document: Json = {}, item: Json = {}): unknown {
  const { paths } = toV3({ swagger: '2.0', ...document, paths: { '/a': { ...item, post: value } } });
  return (paths as Record<string, Record<string, unknown>>)['/a'];
}

describe('toV3', () => {
  it.each<[string, Json, Json]>([
    ...['path', 'query', 'header'].map((place): [string, Json, Json] => [
      `the type of a parameter in ${place}`,
      {
        parameters: [
          { name: 'a', in: place, description: 'd', required: true, format: 'x', collectionFormat: 'csv', ...text },
        ],
      },
      { parameters: [{ name: 'a', in: place, description: 'd', required: true, schema: { ...text, format: 'x' } }] },
    ]),
    [
      'a body, of the media types of the document',
      { parameters: [body('a')] },
      { requestBody: { description: 'b', required: true, content: json } },
    ],
    [
      'a body and answers, of media types of their own',
      { consumes: ['a/b'], produces: ['c/d', 'e/f'], parameters: [body('a')], responses: { 200: { schema: text } } },
      {
        requestBody: { description: 'b', required: true, content: { 'a/b': { schema: text } } },
        responses: { 200: { description: '', content: { 'c/d': { schema: text }, 'e/f': { schema: text } } } },
      },
    ],
    [
      'a shared body, whatever signs are in its name',
      { parameters: [{ $ref: '#/parameters/a~1b~0' }, { $ref: '#/parameters/q' }] },
      {
        parameters: [{ $ref: '#/components/parameters/q' }],
        requestBody: { $ref: '#/components/requestBodies/a~1b~0' },
      },
    ],
    [
      'shared parameters whose names are written as in a URL',
      { parameters: [{ $ref: '#/parameters/a~1b%7E0' }, { $ref: '#/parameters/%71' }] },
      {
        parameters: [{ $ref: '#/components/parameters/%71' }],
        requestBody: { $ref: '#/components/requestBodies/a~1b%7E0' },
      },
    ],
    [
      'a form with no media type of one',
      { parameters: [form('a', { required: true }), form('b', { type: 'file' })] },
      {
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: { a: text, b: { type: 'string', format: 'binary' } },
                required: ['a'],
              },
            },
          },
        },
      },
    ],
    [
      'a form of the media types of forms',
      { consumes: ['application/json', 'application/x-www-form-urlencoded'], parameters: [form('a')] },
      {
        requestBody: {
          content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { a: text } } } },
        },
      },
    ],
    [
      'the headers of an answer',
      { responses: { 200: { description: 'd', headers: { a: { type: 'integer' }, b: 1 }, examples: {} } } },
      { responses: { 200: { description: 'd', headers: { a: { schema: { type: 'integer' } }, b: { schema: {} } } } } },
    ],
    ['all else that an operation says', { operationId: 'o', schemes: ['https'] }, { operationId: 'o' }],
  ])('takes over %s', (_title, given, want) => {
    expect(operation(given, shared)).toEqual({ post: { parameters: [], responses: {}, ...want } });
  });

  it('gives each operation what its path says for all, but for what it says itself', () => {
    const item = { parameters: [body('all', { type: 'integer' }), { name: 'q', in: 'query', ...text }] };
    const query = { name: 'q', in: 'query', schema: text };
    expect(operation({ parameters: [body('own')] }, {}, item)).toEqual({
      post: { parameters: [query], requestBody: { description: 'b', required: true, content: json }, responses: {} },
    });
  });

  it.each(['get', 'put', 'post', 'delete', 'options', 'head', 'patch'])(
    'knows the operation %s, and nothing else',
    (name) => {
      const { paths } = toV3({
        paths: { '/a': { [name]: { consumes: ['a/b'] }, 'x-a': { consumes: ['a/b'] } }, 'x-b': 1 },
      });
      expect(paths).toEqual({
        '/a': { [name]: { parameters: [], responses: {} }, 'x-a': { consumes: ['a/b'] } },
        'x-b': 1,
      });
    },
  );
});
