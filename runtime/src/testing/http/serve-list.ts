import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

import { type JsonObject, without } from '../state/json.js';
import { readListOptions } from '../state/list-options.js';
import { expiredList, listObjects } from '../state/list-objects.js';
import { listHead, listMeta, project, projectItem } from '../state/projection.js';
import { readSelection } from '../state/selection.js';
import { acceptsGzip, readAccept } from './accept.js';
import { faultStatus } from './fault-status.js';
import { commonHeaders, warningHeader } from './json-answer.js';
import { type Call, breakOff, isBreak } from './server-context.js';
import { readTables } from './tables.js';
import { versionWarnings } from './version-warnings.js';

/** Real servers compress lists from this size on. */
const GZIP_FROM_BYTES = 128 * 1024;
const CHUNK_CHARACTERS = 64 * 1024;

/** `GET` of a collection. */
export async function serveList(call: Call): Promise<void> {
  const { context, target, query, headers, answer, strike } = call;
  const options = readListOptions(query, { watch: false, watchList: context.watchList });
  if (strike?.fault.do === 'expire') throw expiredList(options);
  if (strike?.fault.do === 'status') throw faultStatus(strike.fault);
  const projection = readAccept(headers.accept, 'PartialObjectMetadataList');
  const listed = listObjects(context.state, { target, selection: readSelection(target, query), options });
  const tables = projection.form === 'table' ? readTables(call) : undefined;
  const meta = listMeta(target, listed);
  const shape: ListShape =
    tables === undefined
      ? {
          head: { ...listHead(target, projection), metadata: meta },
          itemsKey: 'items',
          show: (item) => projectItem(item, target, projection),
        }
      : {
          head: tables.head(without(meta, ...(meta['continue'] === '' ? ['continue'] : []))),
          itemsKey: 'rows',
          show: (item) => tables.row(project(item, projection)),
        };
  const text = { head: headOf(shape), items: itemTexts(call, listed.items, shape) };

  const chunks = joinChunks(text.head, text.items);
  // What is to be broken off must have begun: its size is not waited for.
  const isBroken = strike !== undefined && isBreak(strike.fault);
  const { start, isBig } = isBroken ? { start: [], isBig: false } : await takeStart(chunks);
  const gzip = isBig && acceptsGzip(headers['accept-encoding']);
  answer.head(200, {
    ...commonHeaders,
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    ...warningHeader(versionWarnings(target)),
  });
  const whole = resume(start, chunks);
  for await (const chunk of gzip ? Readable.from(whole).pipe(createGzip({ level: 1 })) : whole) {
    if (answer.closed) return;
    await answer.write(chunk as string | Uint8Array);
  }
  answer.end();
}

/** What a list looks like. */
interface ListShape {
  readonly head: JsonObject;
  readonly itemsKey: 'items' | 'rows';
  show(item: JsonObject): JsonObject;
}

/** Everything up to the items. */
function headOf({ head, itemsKey }: ListShape): string {
  return `${JSON.stringify(head).slice(0, -1)},"${itemsKey}":[`;
}

async function* itemTexts(
  { strike, answer }: Call,
  items: readonly JsonObject[],
  shape: ListShape,
): AsyncGenerator<string> {
  const breakAfter = strike !== undefined && isBreak(strike.fault) ? (strike.fault.afterEvents ?? 0) : undefined;
  for (const [index, item] of items.entries()) {
    if (strike !== undefined && index === breakAfter) {
      yield '';
      await breakOff(answer, strike);
    }
    yield (index === 0 ? '' : ',') + JSON.stringify(shape.show(item));
  }
}

/** Few big pieces from many small ones. An empty piece asks for what is there to go out. */
async function* joinChunks(head: string, items: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting = head;
  for await (const item of items) {
    waiting += item;
    if (waiting.length < CHUNK_CHARACTERS && item !== '') continue;
    yield waiting;
    waiting = '';
  }
  yield `${waiting}]}\n`;
}

/** Reads until it is clear whether the body is big. */
async function takeStart(chunks: AsyncIterator<string>): Promise<{ start: string[]; isBig: boolean }> {
  const start: string[] = [];
  let size = 0;
  while (size < GZIP_FROM_BYTES) {
    const next = await chunks.next();
    if (next.done === true) return { start, isBig: false };
    start.push(next.value);
    size += next.value.length;
  }
  return { start, isBig: true };
}

async function* resume(start: readonly string[], rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield* start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
