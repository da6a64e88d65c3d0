import type { IncomingMessage } from 'node:http';

import type { NamedTarget, WriteRules } from '../state/api-state.js';
import { createObject, type Written } from '../state/create-object.js';
import { deleteAll, deleteObject, readDeleteOptions } from '../state/delete-object.js';
import { readListOptions } from '../state/list-options.js';
import { listObjects } from '../state/list-objects.js';
import { viewAs } from '../state/object-view.js';
import { patchObject, readPatchType } from '../state/patch-object.js';
import { listHead, listMeta, project, projectItem, wholeObjects } from '../state/projection.js';
import { readScale, writeScale } from '../state/scale-object.js';
import { readSelection } from '../state/selection.js';
import { badRequest, invalidOptions } from '../state/status.js';
import { currentObject, updateObject } from '../state/update-object.js';
import { readAccept } from './accept.js';
import { answerJson } from './json-answer.js';
import { mediaType, parseBody, parsePatch, readBytes, requireKind } from './read-body.js';
import type { Verb } from './route.js';
import type { Call } from './server-context.js';
import { readTables } from './tables.js';
import { versionWarnings } from './version-warnings.js';

/** Everything but lists and watches. */
export async function serveObject(
  call: Call,
  verb: Exclude<Verb, 'list' | 'watch'>,
  request: IncomingMessage,
): Promise<void> {
  const contentType = mediaType(request.headers['content-type']);
  const bytes = await readBytes(request);
  const { target } = call;
  const readObject = (): unknown => {
    const body = parseBody(bytes, contentType, target.kind.kind);
    if (!target.kind.builtIn && target.subresource !== 'scale') requireKind(body, bytes, target.kind.kind);
    return body;
  };
  switch (verb) {
    case 'get':
      return serveGet(call, named(call));
    case 'create':
      return serveCreate(call, readObject());
    case 'replace':
      return serveReplace(call, readObject());
    case 'patch':
      return servePatch(call, { type: readPatchType(contentType, target.kind.builtIn), patch: parsePatch(bytes) });
    case 'delete':
      return serveDelete(call, parseBody(bytes, contentType, 'DeleteOptions'));
    case 'deletecollection':
      return serveDeleteCollection(call, parseBody(bytes, contentType, 'DeleteOptions'));
  }
}

function named({ target }: Call): NamedTarget {
  const { name } = target;
  if (name === undefined) throw badRequest('name is required');
  return { ...target, name };
}

type OptionsKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions';

function writeRules({ query, headers }: Call, kind: OptionsKind): WriteRules {
  const fieldValidation = query.get('fieldValidation') ?? '';
  if (
    fieldValidation !== '' &&
    fieldValidation !== 'Strict' &&
    fieldValidation !== 'Warn' &&
    fieldValidation !== 'Ignore'
  ) {
    const message = `Unsupported value: ${JSON.stringify(fieldValidation)}: supported values: "", "Ignore", "Strict", "Warn"`;
    throw invalidOptions(kind, { reason: 'FieldValueNotSupported', field: 'fieldValidation', message });
  }
  return {
    dryRun: isDryRun(query, kind),
    fieldValidation: fieldValidation === '' ? 'Warn' : fieldValidation,
    fieldManager: query.get('fieldManager') ?? headers['user-agent']?.split('/')[0] ?? 'unknown',
  };
}

function isDryRun(query: URLSearchParams, kind: OptionsKind): boolean {
  const dryRun = query.getAll('dryRun').filter((value) => value !== '');
  if (dryRun.some((value) => value !== 'All')) {
    const message = `Unsupported value: ${JSON.stringify(dryRun)}: supported values: "All"`;
    throw invalidOptions(kind, { reason: 'FieldValueNotSupported', field: 'dryRun', message });
  }
  return dryRun.length > 0;
}

async function answerWritten(call: Call, { object, warnings }: Written, status: number): Promise<void> {
  const view = viewAs(object, call.target.kind, call.target.version.name);
  const projection = readAccept(call.headers.accept, 'PartialObjectMetadata');
  const shown = project(view, projection);
  await answerJson(call.answer, projection.form === 'table' ? readTables(call).of(shown) : shown, {
    status,
    warnings: [...versionWarnings(call.target), ...warnings],
  });
}

async function serveGet(call: Call, target: NamedTarget): Promise<void> {
  const { state } = call.context;
  if (target.subresource === 'scale') return answerJson(call.answer, readScale(state, target));
  await answerWritten(call, { object: currentObject(state, target), warnings: [] }, 200);
}

async function serveCreate(call: Call, body: unknown): Promise<void> {
  const rules = writeRules(call, 'CreateOptions');
  await answerWritten(call, createObject(call.context.state, { target: call.target, body, rules }), 201);
}

async function serveReplace(call: Call, body: unknown): Promise<void> {
  const { state } = call.context;
  const target = named(call);
  const rules = writeRules(call, 'UpdateOptions');
  if (target.subresource === 'scale') return answerJson(call.answer, writeScale(state, { target, body, rules }));
  await answerWritten(call, updateObject(state, { target, body, rules }), 200);
}

async function servePatch(call: Call, { type, patch }: { type: 'json' | 'merge'; patch: unknown }): Promise<void> {
  const { state } = call.context;
  const target = named(call);
  const rules = writeRules(call, 'PatchOptions');
  if (target.subresource === 'scale') {
    return answerJson(call.answer, writeScale(state, { target, body: patch, patch: type, rules }));
  }
  await answerWritten(call, patchObject(state, { target, patch, type, rules }), 200);
}

async function serveDelete(call: Call, body: unknown): Promise<void> {
  const deleted = deleteObject(
    call.context.state,
    named(call),
    readDeleteOptions(body, isDryRun(call.query, 'DeleteOptions')),
  );
  if (deleted.t === 'gone') return answerJson(call.answer, deleted.status);
  await answerWritten(call, { object: deleted.object, warnings: [] }, 200);
}

async function serveDeleteCollection(call: Call, body: unknown): Promise<void> {
  const { context, target, query } = call;
  const rules = readDeleteOptions(body, isDryRun(query, 'DeleteOptions'));
  const options = readListOptions(query, { watch: false, watchList: context.watchList });
  const listed = listObjects(context.state, { target, selection: readSelection(target, query), options });
  deleteAll(context.state, { target, objects: listed.items, rules });
  await answerJson(call.answer, {
    ...listHead(target, wholeObjects),
    metadata: listMeta(target, listed),
    items: listed.items.map((item) => projectItem(item, target, wholeObjects)),
  });
}
