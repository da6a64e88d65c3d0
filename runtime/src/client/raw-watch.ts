import type { AnyObject } from '../any-object.js';
import { optionsOf } from '../check-arguments.js';
import { KubeError } from '../errors.js';
import type { ResourceInfo } from '../resource.js';
import { createLineSplitter } from '../wire/lines.js';
import { WireError } from '../wire/wire-error.js';
import { apiPath } from './api-path.js';
import type { WatchOptions } from './call-options.js';
import type { ClientContext, Namespaced } from './client-context.js';
import { createDeadline } from './deadline.js';
import type { WatchEvent } from './raw-watch-event.js';
import { selectorQuery } from './selector-query.js';

const MAX_LINE_BYTES = 32 * 1024 * 1024;

type Options = WatchOptions & Namespaced;

/** Makes the raw watch of one kind: one request for each iteration, sent at its first `next`. */
export function watchEvents(
  definition: ResourceInfo,
  context: ClientContext,
): (options?: Options) => AsyncIterable<WatchEvent<AnyObject>> {
  return (options = {}) => ({ [Symbol.asyncIterator]: () => watchOnce(definition, context, options) });
}

async function* watchOnce(
  definition: ResourceInfo,
  context: ClientContext,
  options: Options,
): AsyncGenerator<WatchEvent<AnyObject>> {
  optionsOf(options, 'watch');
  const { signal, timeoutMs } = options;
  const what = `the watch of ${definition.plural} at ${context.server}`;
  const deadline = createDeadline(context.internals.clock, { signal, timeoutMs, what });
  try {
    if (deadline.signal.aborted) return;
    const body = await context.calls.request<AsyncIterable<Uint8Array>>({
      path: apiPath(definition, { namespace: options.namespace }),
      query: watchQuery(options),
      as: 'stream',
      signal: deadline.signal,
    });
    yield* events(body, what);
  } catch (error) {
    if (!deadline.signal.aborted) throw asKubeError(error);
  } finally {
    deadline.release();
  }
}

function watchQuery(options: Options): Record<string, unknown> {
  const { resourceVersion, timeoutMs, allowWatchBookmarks } = options;
  return {
    watch: 1,
    ...selectorQuery(options),
    resourceVersion,
    timeoutSeconds: timeoutMs === undefined ? undefined : Math.ceil(timeoutMs / 1000),
    allowWatchBookmarks: allowWatchBookmarks === true ? true : undefined,
  };
}

function asKubeError(error: unknown): unknown {
  return error instanceof WireError ? new KubeError('protocol', error.message, { cause: error }) : error;
}

async function* events(body: AsyncIterable<Uint8Array>, what: string): AsyncGenerator<WatchEvent<AnyObject>> {
  const lines = createLineSplitter({ maxLineBytes: MAX_LINE_BYTES });
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const ready: WatchEvent<AnyObject>[] = [];
    let broken: unknown;
    try {
      lines.feed(chunk, (bytes, start, end) => {
        ready.push(decode(decoder.decode(bytes.subarray(start, end)), what));
      });
    } catch (error) {
      broken = error; // what came before it in the same chunk is told first
    }
    yield* ready;
    if (broken !== undefined) throw broken;
  }
}

function decode(line: string, what: string): WatchEvent<AnyObject> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // The platform's error is not kept: it quotes the line, which may be secret.
    throw new KubeError('protocol', `${what} sent a line that is no JSON`);
  }
  const { type, object } = (value ?? {}) as { type?: unknown; object?: unknown };
  if (typeof type !== 'string' || typeof object !== 'object' || object === null) {
    throw new KubeError('protocol', `${what} sent a line that is no watch event`);
  }
  return value as WatchEvent<AnyObject>; // has the shape of one; a raw watch hands on what the server says
}
