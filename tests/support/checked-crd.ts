import { checkCrd } from '../../generator/load/check/check-crd.js';
import type { Crd } from '../../generator/load/crd.js';
import { formatPath } from '../../generator/load/document-path.js';
import { createFaultList } from '../../generator/load/fault.js';

export type Json = Record<string, unknown>;

/** A schema of one field. */
export const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } };
/** A version with it. */
export const version = { name: 'v1', served: true, storage: true, schema };
export const names = { kind: 'Foo', plural: 'foos' };
const spec = { group: 'example.dev', names, scope: 'Namespaced', versions: [version] };

/** A version whose root has these fields. */
export function versionOf(properties: Json, more: Json = {}): Json {
  return { ...version, schema: { openAPIV3Schema: { type: 'object', properties, ...more } } };
}

/** What is read of a small CRD in which something is changed, and what is told. */
export function check(
  change: Json,
  o: { beta?: boolean; metadata?: Json } = {},
): { crd: Crd | undefined; faults: string[] } {
  const faults = createFaultList();
  const document = { metadata: o.metadata ?? { name: 'foos.example.dev' }, spec: { ...spec, ...change } };
  const apiVersion = `apiextensions.k8s.io/${o.beta === true ? 'v1beta1' : 'v1'}`;
  const crd = checkCrd({ document, apiVersion, source: { file: 'foo.yaml', document: 0 }, path: [] }, faults);
  return { crd, faults: faults.end().map((f) => `${f.severity} ${formatPath(f.path)}: ${f.message}`) };
}
