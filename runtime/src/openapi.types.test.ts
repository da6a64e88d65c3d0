import { describe, expectTypeOf, it } from 'vitest';
import type { Cluster } from './cluster.js';
import { typedRequest } from './openapi.js';

interface Pod {
  metadata: { name: string };
}

/** As openapi-typescript prints it. */
interface paths {
  '/version': { get: operations['version']; put?: never; post?: never; delete?: never; patch?: never };
  '/pods': {
    get: operations['list'];
    post: operations['create'];
    put?: never;
    patch?: never;
    delete?: never;
  };
  '/pods/{name}': { get: operations['read']; patch: operations['patch']; delete: operations['remove']; post?: never };
  '/pods/{name}/log': { get: operations['log']; post?: never };
  '/strict': { get: operations['strict'] };
  '/odd': { get: operations['odd']; post: operations['noContent'] };
}
type Headers = { [name: string]: unknown };
interface operations {
  version: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: {
      200: { headers: Headers; content: { 'application/json': { major: string } } };
      401: { headers: Headers; content?: never };
    };
  };
  list: {
    parameters: { query?: { limit?: number }; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: Headers;
        content: { 'application/json': { items: Pod[] }; 'application/yaml': { items: Pod[] } };
      };
    };
  };
  create: {
    parameters: { query?: { dryRun?: string }; header?: never; path?: never; cookie?: never };
    requestBody: { content: { '*/*': Pod } };
    responses: {
      200: { headers: Headers; content: { 'application/json': Pod } };
      201: { headers: Headers; content: { 'application/json': Pod } };
    };
  };
  read: {
    parameters: { query?: never; header?: never; path: { name: string }; cookie?: never };
    requestBody?: never;
    responses: { 200: { headers: Headers; content: { 'application/json': Pod } } };
  };
  patch: {
    parameters: { query?: never; header?: never; path: { name: string }; cookie?: never };
    requestBody: {
      content: {
        'application/merge-patch+json': { [key: string]: unknown };
        'application/json-patch+json': { op: string }[];
      };
    };
    responses: { 200: { headers: Headers; content: { 'application/json': Pod } } };
  };
  remove: {
    parameters: { query?: never; header?: never; path: { name: string }; cookie?: never };
    requestBody?: { content: { '*/*': { gracePeriodSeconds?: number } } };
    responses: {
      200: { headers: Headers; content: { 'application/json': { status: string } } };
      202: { headers: Headers; content: { 'application/json': { status: string } } };
    };
  };
  log: {
    parameters: { query?: { follow?: boolean }; header?: never; path: { name: string }; cookie?: never };
    requestBody?: never;
    responses: { 200: { headers: Headers; content: { 'application/json': string; 'text/plain': string } } };
  };
  strict: {
    parameters: { query: { q: string }; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: { default: { headers: Headers; content: { 'application/json': number } } };
  };
  odd: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: { 401: { headers: Headers; content?: never } };
  };
  noContent: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: { 204: { headers: Headers; content?: never } };
  };
}

declare const cluster: Cluster;
const path = { name: 'a' };
type Request = ReturnType<typeof typedRequest<paths>>;

describe('the types of typed requests', () => {
  it('results are those of the answers of success', () => {
    const use = async (request: Request): Promise<void> => {
      expectTypeOf(await request('get', '/version')).toEqualTypeOf<{ major: string }>();
      expectTypeOf(await request('get', '/pods', { params: { query: { limit: 1 } } })).toEqualTypeOf<{
        items: Pod[];
      }>();
      expectTypeOf(await request('post', '/pods', { body: { metadata: { name: 'a' } } })).toEqualTypeOf<Pod>();
      expectTypeOf(await request('delete', '/pods/{name}', { params: { path } })).toEqualTypeOf<{ status: string }>();
      expectTypeOf(await request('get', '/strict', { params: { query: { q: 'a' } } })).toEqualTypeOf<number>();
      expectTypeOf(await request('get', '/odd')).toEqualTypeOf<unknown>();
      expectTypeOf(await request('post', '/odd')).toEqualTypeOf<unknown>();
    };
    expectTypeOf(use).toBeFunction();
  });

  it('text, bytes and streams are what was asked for, and text must be asked for', () => {
    const use = async (request: Request): Promise<void> => {
      const params = { path };
      expectTypeOf(await request('get', '/pods/{name}/log', { params, as: 'text' })).toEqualTypeOf<string>();
      expectTypeOf(await request('get', '/pods/{name}/log', { params, as: 'stream' })).toEqualTypeOf<
        AsyncIterable<Uint8Array>
      >();
      expectTypeOf(await request('get', '/pods/{name}', { params, as: 'bytes' })).toEqualTypeOf<Uint8Array>();
      // @ts-expect-error -- a log is no JSON
      await request('get', '/pods/{name}/log', { params });
      // @ts-expect-error -- a log is no JSON
      await request('get', '/pods/{name}/log', { params, as: 'json' });
    };
    expectTypeOf(use).toBeFunction();
  });

  it('refuses paths, methods, parameters and bodies that the document does not have', () => {
    const use = async (request: Request): Promise<void> => {
      // @ts-expect-error -- no such path
      await request('get', '/nothing');
      // @ts-expect-error -- no such method there
      await request('put', '/pods');
      // @ts-expect-error -- the path has a parameter
      await request('get', '/pods/{name}');
      // @ts-expect-error -- its name is another
      await request('get', '/pods/{name}', { params: { path: { nam: 'a' } } });
      // @ts-expect-error -- limit is a number
      await request('get', '/pods', { params: { query: { limit: 'a' } } });
      // @ts-expect-error -- the query has a required parameter
      await request('get', '/strict');
      // @ts-expect-error -- a body is required
      await request('post', '/pods');
      // @ts-expect-error -- the body lacks its name
      await request('post', '/pods', { body: { metadata: {} } });
      // @ts-expect-error -- this takes no body
      await request('get', '/version', { body: {} });
      await request('delete', '/pods/{name}', { params: { path }, body: { gracePeriodSeconds: 0 } });
    };
    expectTypeOf(use).toBeFunction();
  });

  it('a patch must say which it is, and has the body of that', () => {
    const use = async (request: Request): Promise<void> => {
      const params = { path };
      await request('patch', '/pods/{name}', { params, contentType: 'application/merge-patch+json', body: { a: 1 } });
      await request('patch', '/pods/{name}', {
        params,
        contentType: 'application/json-patch+json',
        body: [{ op: 'a' }],
      });
      // @ts-expect-error -- which patch?
      await request('patch', '/pods/{name}', { params, body: { a: 1 } });
      // @ts-expect-error -- a JSON patch is a list
      await request('patch', '/pods/{name}', { params, contentType: 'application/json-patch+json', body: { a: 1 } });
    };
    expectTypeOf(use).toBeFunction();
    expectTypeOf(() => typedRequest<paths>(cluster)).returns.toEqualTypeOf<Request>();
  });
});
