import type { ScaleSubresource } from '../../resource.js';
import type { ApiState, NamedTarget, WriteRules } from './api-state.js';
import { readPath, withPath } from './json-path.js';
import { type JsonObject, isObject, objectOr, ownValue, stringOr } from './json.js';
import { viewAs } from './object-view.js';
import { applyPatch } from './patch-object.js';
import { badRequest, PathNotFound } from './status.js';
import { currentObject, updateObject } from './update-object.js';

/**
 * The `scale` of an object, as `autoscaling/v1` tells it.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#scale-subresource
 */
export function readScale(state: ApiState, target: NamedTarget): JsonObject {
  return scaleOf(viewAs(currentObject(state, target), target.kind, target.version.name), pathsOf(target));
}

/** `PUT` of a scale, or `PATCH` when `patch` says how to read `body`. */
export function writeScale(
  state: ApiState,
  request: {
    readonly target: NamedTarget;
    readonly body: unknown;
    readonly patch?: 'json' | 'merge';
    readonly rules: WriteRules;
  },
): JsonObject {
  const { target, rules, patch } = request;
  const paths = pathsOf(target);
  const object = viewAs(currentObject(state, target), target.kind, target.version.name);
  const scale = patch === undefined ? request.body : applyPatch(scaleOf(object, paths), request.body, patch);
  if (!isObject(scale)) throw badRequest('the body of the request is no Scale');
  const replicas = ownValue(objectOr(ownValue(scale, 'spec')), 'replicas') ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas))
    throw badRequest('json: cannot unmarshal into Go struct field ScaleSpec.spec.replicas of type int32');
  const version = stringOr(ownValue(objectOr(ownValue(scale, 'metadata')), 'resourceVersion')) ?? '';
  const metadata = { ...objectOr(object['metadata']), ...(version === '' ? {} : { resourceVersion: version }) };
  const body = withPath({ ...object, metadata }, paths.specReplicasPath, replicas);
  const main = { ...target, subresource: undefined };
  const { object: now } = updateObject(state, { target: main, body, rules, patched: true });
  return scaleOf(viewAs(now, target.kind, target.version.name), paths);
}

function pathsOf(target: NamedTarget): ScaleSubresource {
  if (target.version.scale === undefined) throw new PathNotFound();
  return target.version.scale;
}

function scaleOf(object: JsonObject, paths: ScaleSubresource): JsonObject {
  const meta = objectOr(object['metadata']);
  const kept = ['name', 'namespace', 'uid', 'resourceVersion', 'creationTimestamp'];
  const selector =
    paths.labelSelectorPath === undefined ? undefined : selectorText(readPath(object, paths.labelSelectorPath));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: Object.fromEntries(kept.filter((key) => meta[key] !== undefined).map((key) => [key, meta[key]])),
    spec: { replicas: readPath(object, paths.specReplicasPath) ?? 0 },
    status: {
      replicas: readPath(object, paths.statusReplicasPath) ?? 0,
      ...(selector === undefined ? {} : { selector }),
    },
  };
}

/** Custom resources keep a selector as text, Deployments as an object. */
function selectorText(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  const labels = isObject(raw) ? objectOr(raw['matchLabels']) : {};
  const text = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`);
  return text.length === 0 ? undefined : text.join(',');
}
