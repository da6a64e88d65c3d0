import type { IncomingMessage } from 'node:http';

import type { NamedTarget, WriteRules } from '../state/api-state.js';
import { createObject, type Written } from '../state/create-object.js';
import { deleteAll, deleteObject, readDeleteOptions } from '../state/delete-object.js';
import { readListOptions } from '../state/list-options.js';
import { listObjects } from '../state/list-objects.js';
import { viewAs } from '../state/object-view.js';
import { patchObject, readPatchType } from '../state/patch-object.js';
import { listHead, project, projectItem, wholeObjects } from '../state/projection.js';
import { readScale, writeScale } from '../state/scale-object.js';
import { readSelection } from '../state/selection.js';
import { badRequest } from '../state/status.js';
import { currentObject, updateObject } from '../state/update-object.js';
import { readAccept } from './accept.js';
import { answerJson } from './json-answer.js';
import { mediaType, parseBody, readBytes } from './read-body.js';
import type { Verb } from './route.js';
import type { Call } from './server-context.js';
import { versionWarnings } from './version-warnings.js';

/** Everything but lists and watches. */
export async function serveObject(
  call: Call,
  verb: Exclude<Verb, 'list' | 'watch'>,
  request: IncomingMessage,
): Promise<void> {
  const contentType = mediaType(request.headers['content-type']);
  const bytes = await readBytes(request);
  const target = call.target;
  switch (verb) {
    case 'get':
      return serveGet(call, named(call));
    case 'create':
      return answerWritten(
        call,
        createObject(call.context.state, { target, body: parseBody(bytes, contentType), rules: writeRules(call) }),
        201,
      );
    case 'replace':
      return serveReplace(call, parseBody(bytes, contentType));
    case 'patch':
      return servePatch(call, {
        type: readPatchType(contentType, target.kind.builtIn),
        patch: parseBody(bytes, 'application/json'),
      });
    case 'delete':
      return serveDelete(call, parseBody(bytes, contentType));
    case 'deletecollection':
      return serveDeleteCollection(call, parseBody(bytes, contentType));
  }
}

function named({ target }: Call): NamedTarget {
  const { name } = target;
  if (name === undefined) throw badRequest('name is required');
  return { ...target, name };
}

function writeRules({ query, headers }: Call): WriteRules {
  const fieldValidation = query.get('fieldValidation') ?? '';
  if (
    fieldValidation !== '' &&
    fieldValidation !== 'Strict' &&
    fieldValidation !== 'Warn' &&
    fieldValidation !== 'Ignore'
  ) {
    throw badRequest(
      `fieldValidation: Unsupported value: "${fieldValidation}": supported values: "Ignore", "Strict", "Warn"`,
    );
  }
  return {
    dryRun: isDryRun(query),
    fieldValidation: fieldValidation === '' ? 'Warn' : fieldValidation,
    fieldManager: query.get('fieldManager') ?? headers['user-agent']?.split('/')[0] ?? 'unknown',
  };
}

function isDryRun(query: URLSearchParams): boolean {
  const dryRun = query.getAll('dryRun').filter((value) => value !== '');
  if (dryRun.some((value) => value !== 'All')) throw badRequest('dryRun: Unsupported value: supported values: "All"');
  return dryRun.length > 0;
}

async function answerWritten(call: Call, { object, warnings }: Written, status: number): Promise<void> {
  const view = viewAs(object, call.target.kind, call.target.version.name);
  const projection = readAccept(call.headers.accept, 'PartialObjectMetadata');
  await answerJson(call.answer, project(view, projection), {
    status,
    warnings: [...versionWarnings(call.target), ...warnings],
  });
}

async function serveGet(call: Call, target: NamedTarget): Promise<void> {
  const { state } = call.context;
  if (target.subresource === 'scale') return answerJson(call.answer, readScale(state, target));
  await answerWritten(call, { object: currentObject(state, target), warnings: [] }, 200);
}

async function serveReplace(call: Call, body: unknown): Promise<void> {
  const { state } = call.context;
  const target = named(call);
  const rules = writeRules(call);
  if (target.subresource === 'scale') return answerJson(call.answer, writeScale(state, { target, body, rules }));
  await answerWritten(call, updateObject(state, { target, body, rules }), 200);
}

async function servePatch(call: Call, { type, patch }: { type: 'json' | 'merge'; patch: unknown }): Promise<void> {
  const { state } = call.context;
  const target = named(call);
  const rules = writeRules(call);
  if (target.subresource === 'scale') {
    return answerJson(call.answer, writeScale(state, { target, body: patch, patch: type, rules }));
  }
  await answerWritten(call, patchObject(state, { target, patch, type, rules }), 200);
}

async function serveDelete(call: Call, body: unknown): Promise<void> {
  const deleted = deleteObject(call.context.state, named(call), readDeleteOptions(body, isDryRun(call.query)));
  if (deleted.t === 'gone') return answerJson(call.answer, deleted.status);
  await answerWritten(call, { object: deleted.object, warnings: [] }, 200);
}

async function serveDeleteCollection(call: Call, body: unknown): Promise<void> {
  const { context, target, query } = call;
  const rules = readDeleteOptions(body, isDryRun(query));
  const options = readListOptions(query, { watch: false, watchList: context.watchList });
  const listed = listObjects(context.state, { target, selection: readSelection(target, query), options });
  deleteAll(context.state, { target, objects: listed.items, rules });
  await answerJson(call.answer, {
    ...listHead(target, wholeObjects),
    metadata: { resourceVersion: listed.resourceVersion },
    items: listed.items.map((item) => projectItem(item, target, wholeObjects)),
  });
}
