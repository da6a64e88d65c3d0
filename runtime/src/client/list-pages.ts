import { type AnyObject, isObject } from '../any-object.js';
import { optionsOf } from '../check-arguments.js';
import { isKubeError, KubeError } from '../errors.js';
import { apiVersionOf, type ResourceInfo } from '../resource.js';
import { apiPath } from './api-path.js';
import type { ListOptions } from './call-options.js';
import type { ClientContext, Namespaced } from './client-context.js';
import { createDeadline } from './deadline.js';
import type { ListMetadata, ListResult } from './resource-client.js';
import { LIST_MAX_BYTES } from './response-body.js';
import { selectorQuery } from './selector-query.js';

/** Objects per page when nothing else is asked for. */
const PAGE_SIZE = 500;

type Options = ListOptions & Namespaced;
type Page = ListResult<AnyObject>;

/** The list verbs of one kind. */
export interface Lister {
  readonly verbs: {
    readonly list: (options?: Options) => Promise<Page>;
    readonly listPages: (options?: Options) => AsyncIterable<Page>;
  };
  /** The items of a list body, or of a body that is none. */
  itemsOf(body: AnyObject | undefined): AnyObject[];
}

/** Makes the list verbs of one kind. */
export function createLister(definition: ResourceInfo, context: ClientContext): Lister {
  const { calls, internals } = context;
  const what = `the list of ${definition.plural}`;

  async function fetchPage(options: Options, query: Readonly<Record<string, unknown>>): Promise<Page> {
    const path = apiPath(definition, { namespace: options.namespace });
    const { signal } = options;
    const body = await calls.request<unknown>({
      path,
      query: { ...selectorQuery(options), ...query },
      maxBytes: LIST_MAX_BYTES,
      ...(signal === undefined ? {} : { signal }),
    });
    return readPage(body, definition, `${what} of ${context.server}`);
  }

  async function* pages(options: Options): AsyncGenerator<Page> {
    const { limit = PAGE_SIZE, resourceVersion, resourceVersionMatch } = options;
    const watchOut = circleGuard(what);
    let page = await fetchPage(options, { limit, resourceVersion, resourceVersionMatch });
    for (let next; (next = page.metadata.continue) !== undefined;) {
      yield page;
      watchOut(next);
      page = await fetchPage(options, { limit, continue: next });
    }
    yield page;
  }

  async function all(options: Options): Promise<Page> {
    const items: AnyObject[] = [];
    let first: ListMetadata | undefined;
    try {
      for await (const page of pages(options)) {
        first ??= page.metadata;
        for (const item of page.items) items.push(item);
      }
    } catch (error) {
      if (first === undefined || !isKubeError(error) || error.code !== 'expired') throw error;
      // The version of the first page is forgotten; one list without pages cannot expire half-way.
      const { resourceVersion, resourceVersionMatch } = options;
      return fetchPage(options, { resourceVersion, resourceVersionMatch });
    }
    return { items, metadata: { resourceVersion: first?.resourceVersion ?? '' } };
  }

  async function list(options: Options = {}): Promise<Page> {
    const { signal, timeoutMs, ...rest } = optionsOf(options, 'list');
    const deadline = createDeadline(internals.clock, { signal, timeoutMs, what });
    try {
      return await all({ ...rest, signal: deadline.signal });
    } finally {
      deadline.release();
    }
  }

  async function* listPages(options: Options = {}): AsyncGenerator<Page> {
    const { signal, timeoutMs, ...rest } = optionsOf(options, 'listPages');
    const deadline = createDeadline(internals.clock, { signal, timeoutMs, what });
    try {
      yield* pages({ ...rest, signal: deadline.signal });
    } finally {
      deadline.release();
    }
  }

  return { verbs: { list, listPages }, itemsOf: (body) => readItems(body, definition) };
}

/** Takes the token of each next page. Throws `protocol` when the list goes in a circle. */
function circleGuard(what: string): (next: string) => void {
  let count = 0;
  let milestone: string | undefined;
  return (next) => {
    if (next === milestone) throw new KubeError('protocol', `${what} names a page it has sent before as the next one`);
    count += 1;
    // After the pages 1, 2, 4, 8 and so on: whatever the circle's length, one of them lies in it (Brent).
    if (Number.isInteger(Math.log2(count))) milestone = next;
  };
}

function readPage(body: unknown, definition: ResourceInfo, what: string): Page {
  const { kind, metadata } = isObject(body) ? body : {};
  if (!isObject(body) || typeof kind !== 'string' || !kind.endsWith('List') || !isObject(metadata)) {
    throw new KubeError('protocol', `${what} is ${typeof kind === 'string' ? `a ${kind}` : 'no list of Kubernetes'}`);
  }
  const { resourceVersion, continue: next, remainingItemCount } = metadata;
  return {
    items: readItems(body, definition),
    metadata: {
      resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '',
      ...(typeof next === 'string' && next !== '' ? { continue: next } : {}),
      ...(typeof remainingItemCount === 'number' ? { remainingItemCount } : {}),
    },
  };
}

/** Items of built-in kinds come without apiVersion and kind. */
function readItems(body: AnyObject | undefined, definition: ResourceInfo): AnyObject[] {
  const items: unknown = body?.['items'];
  if (!Array.isArray(items)) return [];
  const apiVersion = apiVersionOf(definition);
  const { kind } = definition;
  return (items as unknown[])
    .filter(isObject)
    .map((item) => (item['kind'] === undefined ? { apiVersion, kind, ...item } : item));
}
