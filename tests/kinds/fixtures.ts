import { readFileSync } from 'node:fs';
import { readYamlDocuments } from '@kube-gen/runtime/yaml';
import { isMap, stringField, type JsonMap } from '../../generator/load/json-value.js';
import { kindFileName } from '../../generator/model/identifiers.js';
import type { Mistake } from './mistakes.js';

/** The manifests of `manifests.yaml`, by `group/version/Kind`. */
export const manifests: ReadonlyMap<string, JsonMap> = new Map(
  readYamlDocuments(readFileSync(new URL('manifests.yaml', import.meta.url), 'utf8'))
    .filter(isMap)
    .map((manifest) => [`${stringField(manifest, 'apiVersion')}/${stringField(manifest, 'kind')}`, manifest]),
);

/** Where the module of a kind lies below `generated/`, without extension: `apps/v1/deployment`. */
export function modulePath(key: string): string {
  const parts = key.split('/');
  const kind = parts.pop() ?? '';
  const [group, version] = parts.length === 1 ? ['core', parts[0]] : parts;
  return `${group}/${version}/${kindFileName(kind)}`;
}

/** The manifest with the mistake in it. */
export function withMistake({ kind, at, ...mistake }: Mistake): unknown {
  const manifest = structuredClone(manifests.get(kind));
  if (manifest === undefined) throw new Error(`there is no manifest of ${kind}`);
  const path = [...at];
  const last = path.pop();
  let holder: unknown = manifest;
  for (const step of path) holder = (holder as Record<string | number, unknown>)[step];
  if (typeof holder !== 'object' || holder === null || last === undefined)
    throw new Error(`${kind} has no ${at.join('.')}`);
  const target = holder as Record<string | number, unknown>;
  if ('put' in mistake) target[last] = mistake.put;
  else if (last in target) delete target[last];
  else throw new Error(`${kind} has no ${at.join('.')} that could be missing`);
  return manifest;
}

/** How tests name a mistake. */
export function mistakeName({ kind, what, at, ...mistake }: Mistake): string {
  return `${kind}: ${what} ${at.join('.')}${'put' in mistake ? ` = ${JSON.stringify(mistake.put)}` : ''}`;
}
