import { type JsonObject, defineValue, isObject, ownValue, sameJson, stringOr } from './json.js';
import { badRequest, patchRejected } from './status.js';

/**
 * A copy of `target` with JSON patch operations applied, all or none.
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch))
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  let document = structuredClone(target);
  for (const operation of patch) {
    if (!isObject(operation)) throw badRequest('error decoding patch: an operation is an object');
    document = applyOperation(document, operation);
  }
  return document;
}

function applyOperation(document: unknown, operation: JsonObject): unknown {
  const path = readPointer(ownValue(operation, 'path'));
  const value = ownValue(operation, 'value');
  const op = ownValue(operation, 'op');
  switch (op) {
    case 'add':
      return addAt(document, path, structuredClone(value));
    case 'remove':
      return removeAt(document, path).rest;
    case 'replace':
      if (path.length === 0) return structuredClone(value);
      return addAt(removeAt(document, path).rest, path, structuredClone(value));
    case 'test':
      if (!sameJson(readAt(document, path), value ?? null)) throw patchRejected();
      return document;
    case 'move': {
      const { rest, taken } = removeAt(document, readPointer(ownValue(operation, 'from')));
      return addAt(rest, path, taken);
    }
    case 'copy':
      return addAt(document, path, structuredClone(readAt(document, readPointer(ownValue(operation, 'from')))));
    default:
      throw badRequest(`error decoding patch: unexpected kind: ${String(op)}`);
  }
}

function readPointer(raw: unknown): string[] {
  const text = stringOr(raw);
  if (text === undefined || (text !== '' && !text.startsWith('/'))) {
    throw badRequest(`error decoding patch: ${JSON.stringify(raw ?? null)} is no JSON pointer`);
  }
  return text === ''
    ? []
    : text
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function readAt(document: unknown, path: readonly string[]): unknown {
  let here = document;
  for (const part of path) {
    if (Array.isArray(here)) here = here[indexIn(part, here.length - 1)];
    else if (isObject(here) && Object.hasOwn(here, part)) here = here[part];
    else throw patchRejected();
  }
  return here;
}

/** Changes `document`, which is a copy already. */
function addAt(document: unknown, path: readonly string[], value: unknown): unknown {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = readAt(document, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(last === '-' ? parent.length : indexIn(last, parent.length), 0, value);
  else if (isObject(parent)) defineValue(parent, last, value);
  else throw patchRejected();
  return document;
}

function removeAt(document: unknown, path: readonly string[]): { rest: unknown; taken: unknown } {
  const last = path.at(-1);
  if (last === undefined) return { rest: null, taken: document };
  const parent = readAt(document, path.slice(0, -1));
  if (Array.isArray(parent)) {
    const [taken] = parent.splice(indexIn(last, parent.length - 1), 1);
    return { rest: document, taken };
  }
  if (!isObject(parent) || !Object.hasOwn(parent, last)) throw patchRejected();
  const taken = parent[last];
  delete parent[last];
  return { rest: document, taken };
}

function indexIn(part: string, highest: number): number {
  const index = /^(?:0|[1-9]\d*)$/.test(part) ? Number(part) : Number.NaN;
  if (!(index <= highest)) throw patchRejected();
  return index;
}
