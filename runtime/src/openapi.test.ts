import { describe, expect, it } from 'vitest';
import { createCluster } from './client/create-cluster.js';
import type { TransportRequest } from './io/transport.js';
import { typedRequest, type TypedRequest } from './openapi.js';

interface paths {
  '/api/v1/namespaces/{namespace}/pods/{name}/log': {
    get: {
      parameters: { query?: { follow?: boolean; container?: string }; path: { namespace: string; name: string } };
      responses: { 200: { content: { 'text/plain': string } } };
    };
  };
  '/pods/{name}': {
    patch: {
      parameters: { path: { name: string } };
      requestBody: { content: { 'application/merge-patch+json': { [key: string]: unknown } } };
      responses: { 200: { content: { 'application/json': { ok: boolean } } } };
    };
  };
}

/** Typed requests to a server that answers one thing, and what it was asked. */
function requestsTo(status: number, body: string): { asked: TransportRequest[]; request: TypedRequest<paths> } {
  const asked: TransportRequest[] = [];
  const cluster = createCluster({
    server: 'https://host',
    transport: {
      request: async (request) => {
        asked.push(request);
        const chunks = (async function* chunks(): AsyncGenerator<Uint8Array> {
          for (const text of body.split('|')) yield new TextEncoder().encode(text);
        })();
        return { status, headers: {}, body: chunks };
      },
    },
  });
  return { asked, request: typedRequest<paths>(cluster) };
}

const log = '/api/v1/namespaces/{namespace}/pods/{name}/log';
const path = { namespace: 'default', name: 'web:0' };

describe('typedRequest', () => {
  it('fills the path, adds the query, and streams a log', async () => {
    const { asked, request } = requestsTo(200, 'one|two');
    const query = { follow: true, container: 'a b' };
    const texts: string[] = [];
    for await (const chunk of await request('get', log, { params: { path, query }, as: 'stream' }))
      texts.push(new TextDecoder().decode(chunk));
    expect(texts).toEqual(['one', 'two']);
    expect(asked.map(({ method, path: asked }) => `${method} ${asked}`)).toEqual([
      'GET /api/v1/namespaces/default/pods/web%3A0/log?follow=true&container=a%20b',
    ]);
    expect(await requestsTo(200, 'a|b').request('get', log, { params: { path }, as: 'text' })).toBe('ab');
  });

  it('sends a body under its media type', async () => {
    const { asked, request } = requestsTo(200, '{"ok":true}');
    const answer = await request('patch', '/pods/{name}', {
      params: { path: { name: 'a' } },
      contentType: 'application/merge-patch+json',
      headers: { 'x-mine': '1' },
      body: { spec: null },
    });
    expect(answer).toEqual({ ok: true });
    const [only] = asked;
    expect([only?.method, only?.path, new TextDecoder().decode(only?.body)]).toEqual([
      'PATCH',
      '/pods/a',
      '{"spec":null}',
    ]);
    expect(only?.headers).toMatchObject({ 'content-type': 'application/merge-patch+json', 'x-mine': '1' });
  });

  it('rejects with the error of the server, and with a usage error for a parameter that is none', async () => {
    const { asked, request } = requestsTo(404, '{"kind":"Status","reason":"NotFound","message":"no"}');
    await expect(request('get', log, { params: { path }, as: 'text' })).rejects.toMatchObject({ code: 'not-found' });
    const wrong = { namespace: '..', name: 'a' };
    await expect(request('get', log, { params: { path: wrong }, as: 'text' })).rejects.toMatchObject({ code: 'usage' });
    expect(asked).toHaveLength(1);
  });
});
