import { readFile } from 'node:fs/promises';

import { KubeError } from '../errors.js';
import { readYamlDocuments } from '../yaml/index.js';
import { asV1, listOf } from './state/crd-kind.js';
import { type JsonObject, isObject } from './state/json.js';

/** The CustomResourceDefinitions of a server's options, all as `v1`. Rejects with a `KubeError` (`usage`) for what is none. */
export async function loadCrds(sources: readonly (string | object)[]): Promise<JsonObject[]> {
  const crds: JsonObject[] = [];
  for (const source of sources) {
    const documents = typeof source === 'string' ? await readDocuments(source) : [source];
    const found = documents.filter(isObject).flatMap(unwrap).filter(isCrd);
    if (found.length === 0) {
      const what = typeof source === 'string' ? source : 'an object of `crds`';
      throw new KubeError('usage', `${what} holds no CustomResourceDefinition`);
    }
    crds.push(...found.map(asV1));
  }
  return crds;
}

async function readDocuments(file: string): Promise<unknown[]> {
  try {
    return readYamlDocuments(await readFile(file, 'utf8'), { file });
  } catch (cause) {
    throw new KubeError('usage', `cannot read CustomResourceDefinitions from ${file}: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && cause.code === 'EISDIR' ? 'it is a folder; name the files in it' : cause.message;
}

function unwrap(document: object): JsonObject[] {
  if (!isObject(document)) return [];
  return document['kind'] === 'List' ? listOf(document['items']) : [document];
}

function isCrd(document: JsonObject): boolean {
  const { apiVersion, kind } = document;
  return (
    kind === 'CustomResourceDefinition' &&
    typeof apiVersion === 'string' &&
    apiVersion.startsWith('apiextensions.k8s.io/')
  );
}
