import type { ApiState, NamedTarget, WriteRules } from './api-state.js';
import type { Written } from './create-object.js';
import { jsonPatch } from './json-patch.js';
import { isObject } from './json.js';
import { mergePatch } from './merge-patch.js';
import { viewAs } from './object-view.js';
import { badRequest, notImplemented, unsupportedMediaType } from './status.js';
import { currentObject, updateObject } from './update-object.js';

const accepted = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml'];

/** The two patches that this server applies; says of the others whether a real server would. */
export function readPatchType(contentType: string, builtIn: boolean): 'json' | 'merge' {
  switch (contentType) {
    case 'application/json-patch+json':
      return 'json';
    case 'application/merge-patch+json':
      return 'merge';
    case 'application/apply-patch+yaml':
      throw notImplemented(
        'The embedded API server does not do server-side apply; use a merge patch, or a real API server.',
      );
    case 'application/strategic-merge-patch+json':
      if (!builtIn) throw unsupportedMediaType(accepted);
      throw notImplemented(
        'The embedded API server does not do strategic merge patches; use a merge patch, or a real API server.',
      );
    default:
      throw unsupportedMediaType(builtIn ? [...accepted, 'application/strategic-merge-patch+json'] : accepted);
  }
}

/** `PATCH` of an object or its status. */
export function patchObject(
  state: ApiState,
  request: {
    readonly target: NamedTarget;
    readonly patch: unknown;
    readonly type: 'json' | 'merge';
    readonly rules: WriteRules;
  },
): Written {
  const { target, rules } = request;
  const current = viewAs(currentObject(state, target), target.kind, target.version.name);
  return updateObject(state, { target, body: applyPatch(current, request.patch, request.type), rules, patched: true });
}

/** A patched copy of `current`. */
export function applyPatch(current: unknown, patch: unknown, type: 'json' | 'merge'): unknown {
  if (type === 'json') return jsonPatch(current, patch);
  if (!isObject(patch))
    throw badRequest(
      'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    );
  return mergePatch(current, patch);
}
