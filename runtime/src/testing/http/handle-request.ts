import type { IncomingMessage, ServerResponse } from 'node:http';

import type { FaultVerb, Strike } from '../fault.js';
import { openApiDocument, openApiIndex } from '../openapi/document.js';
import type { ApiState } from '../state/api-state.js';
import { discover, versionInfo } from '../state/discovery.js';
import type { JsonObject } from '../state/json.js';
import { expired, methodNotAllowed, notImplemented, PathNotFound, unauthorized } from '../state/status.js';
import { type Answer, createAnswer } from './answer.js';
import { faultStatus } from './fault-status.js';
import { answerFailure, answerJson, answerText } from './json-answer.js';
import { type Route, route } from './route.js';
import { serveList } from './serve-list.js';
import { serveObject } from './serve-object.js';
import { serveWatch } from './serve-watch.js';
import { breakOff, type Call, isBreak, type ServerContext } from './server-context.js';

const DEFAULT_BYTES_PER_S = 1024;

/** Answers one HTTP request. Never rejects. */
export async function handleRequest(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: path = '/' } = request;
  const answer = createAnswer(response, context.clock, (status) => context.onRequest?.({ method, path, status }));
  try {
    await serve(context, request, answer);
  } catch (failure) {
    // An answer that has begun cannot become another: cut off, it says at least that it is not whole.
    if (response.headersSent) answer.drop();
    else await answerFailure(answer, failure);
  }
}

async function serve(context: ServerContext, request: IncomingMessage, answer: Answer): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://embedded');
  if (isPublic(url.pathname)) return answerPublic(answer, url.pathname);
  if (!isLetIn(context, request)) throw unauthorized();
  const found = route(context.state, { method: request.method ?? 'GET', url });
  const strike = context.faults.strike(faultRequest(found));
  if (strike !== undefined && !(await survives(answer, { strike, found }))) return;
  if (found.t === 'other') return answerOther(context, { request, answer, path: found.path });
  const call: Call = {
    context,
    target: found.target,
    query: url.searchParams,
    headers: request.headers,
    answer,
    strike,
  };
  if (found.verb === 'list') return serveList(call);
  if (found.verb === 'watch') return serveWatch(call);
  return serveObject(call, found.verb, request);
}

function isPublic(path: string): boolean {
  return ['/healthz', '/livez', '/readyz', '/version'].includes(path);
}

async function answerPublic(answer: Answer, path: string): Promise<void> {
  if (path === '/version') return answerJson(answer, versionInfo);
  await answerText(answer, 200, 'ok');
}

function isLetIn({ tokens }: ServerContext, request: IncomingMessage): boolean {
  if (tokens === undefined) return true;
  const given = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return given !== undefined && tokens.includes(given);
}

function faultRequest(found: Route): { verb: FaultVerb | undefined; plural: string | undefined } {
  if (found.t === 'other') return { verb: undefined, plural: undefined };
  return { verb: found.verb === 'deletecollection' ? 'delete' : found.verb, plural: found.target.kind.plural };
}

/** Plays the faults that strike before anything is done. False when the request is over. Lists and watches play some themselves. */
async function survives(answer: Answer, { strike, found }: { strike: Strike; found: Route }): Promise<boolean> {
  const { fault } = strike;
  const isStream = found.t === 'resource' && (found.verb === 'list' || found.verb === 'watch');
  if (fault.do === 'slow') {
    answer.throttle(fault.bytesPerS ?? DEFAULT_BYTES_PER_S);
    return true;
  }
  if (isBreak(fault)) {
    if (isStream && fault.afterEvents !== undefined) return true;
    return breakOff(answer, strike);
  }
  if (isStream) return true;
  throw fault.do === 'expire'
    ? expired('The resourceVersion for the provided request is too old.')
    : faultStatus(fault);
}

async function answerOther(
  { state }: ServerContext,
  { request, answer, path }: { request: IncomingMessage; answer: Answer; path: readonly string[] },
): Promise<void> {
  if (request.method !== 'GET') throw methodNotAllowed();
  if (path.length === 0)
    return answerJson(answer, { paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v3', '/readyz', '/version'] });
  if (path[0] === 'openapi') return answerOpenApi(answer, openApi(state, path));
  const found = discover(state.kinds, path);
  if (found === undefined) throw new PathNotFound();
  await answerJson(answer, found);
}

/** Real servers say nothing of a document that is not there. */
async function answerOpenApi(answer: Answer, document: JsonObject | undefined): Promise<void> {
  if (document !== undefined) return answerJson(answer, document);
  answer.head(404, { 'content-length': '0' });
  answer.end();
}

function openApi(state: ApiState, [, edition, ...path]: readonly string[]): JsonObject | undefined {
  if (edition === 'v2') {
    throw notImplemented('The embedded API server publishes OpenAPI v3 documents, at /openapi/v3, and none of v2.');
  }
  if (edition !== 'v3') return undefined;
  const [root, ...names] = path;
  if (root === undefined) return openApiIndex(state);
  const [group, version, ...rest] = root === 'api' ? ['', ...names] : names;
  const isName = (root === 'api' || root === 'apis') && rest.length === 0;
  return !isName || group === undefined || version === undefined ? undefined : openApiDocument(state, group, version);
}
