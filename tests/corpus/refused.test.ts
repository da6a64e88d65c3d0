import { describe, expect, it } from 'vitest';
import { generate } from '../../generator/generate.js';
import { corpusFile, corpusFolder } from './corpus.js';

/** Every CRD of the corpus that kube-apiserver 1.37 refuses, the last one under strict validation only, and what kube-gen says of it. */
const refused: Readonly<Record<string, readonly string[]>> = {
  'argo-cd/examples.example.io.yaml': [
    'warning 16 spec.preserveUnknownFields: preserveUnknownFields: true is not allowed in v1',
    'warning 19 spec.versions[0].schema: the version "v1alpha1" has no schema',
  ],
  'envoy-gateway/testcrs.example.com.yaml': [
    'warning 20 spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.stringField: the default breaks its own schema',
  ],
  'olm/etcdbackups.etcd.database.coreos.com.yaml': ['warning 13 spec.version: "version" is not a field of a CRD'],
  'olm/etcdclusters.etcd.database.coreos.com.yaml': [
    'warning 27 spec.versions[0].schema: the version "v1beta2" has no schema',
  ],
  'olm/etcdrestores.etcd.database.coreos.com.yaml': [
    'warning 1 apiVersion: apiextensions.k8s.io/v1beta1 is not served',
  ],
  'olm/tests.test.example.com.yaml': [
    'warning 14 spec.versions[0].schema: the version "v1alpha1" has no schema',
    'warning 17 spec.versions[1].schema: the version "v1beta1" has no schema',
  ],
  'olm/testtwos.test.example.com.yaml': ['warning 1 apiVersion: apiextensions.k8s.io/v1beta1 is not served'],
  'velero/gcpsamples.gcp.stacks.crossplane.io.json': [
    'warning 26 spec.preserveUnknownFields: preserveUnknownFields: true is not allowed in v1',
    'warning 29 spec.versions[0].schema: the version "v1alpha1" has no schema',
  ],
  'velero/resticrepositories.velero.io.yaml': ['warning 1 apiVersion: apiextensions.k8s.io/v1beta1 is not served'],
  'velero/rocknrollbands.music.example.io.yaml': ['warning 1 apiVersion: apiextensions.k8s.io/v1beta1 is not served'],
  'apiextensions-apiserver/nameValue.yaml': [
    'error 49 spec.group: ',
    'error 55 spec.names.plural: ',
    'error 60 spec.scope: scope must be "Namespaced" or "Cluster", not text "scopeValue"',
    'error 71 spec.versions[0].name: ',
    'error 121 spec.versions[0].schema.openAPIV3Schema: type "typeValue" is not a JSON type',
  ],
  'knative-operator/kafkabindings.bindings.knative.dev.yaml': [
    'warning 54 spec.versions[1]: the key "name" is merged in by << too',
    'warning 55 spec.versions[1]: the key "served" is merged in by << too',
    'warning 56 spec.versions[1]: the key "storage" is merged in by << too',
  ],
};

describe.skipIf(corpusFolder === undefined)('CRDs of the corpus that an API server refuses', () => {
  it.each(Object.entries(refused))('F37: %s is named with file, line and schema path', async (name, wanted) => {
    const file = corpusFile(`crds/${name}`);
    const { diagnostics, files } = await generate([file], { versions: 'all' });
    const said = diagnostics.map((one) => `${one.severity} ${one.line} ${one.path}: ${one.message}`);
    const grave = said.filter((line) => line.startsWith('error'));
    for (const start of wanted) expect(said).toContainEqual(expect.stringMatching(new RegExp(`^${escape(start)}`)));
    expect(diagnostics.every((one) => one.file === file.file)).toBe(true);
    // A warning where a truthful type can be made: the module is there.
    expect(grave).toHaveLength(wanted.filter((line) => line.startsWith('error')).length);
    expect(files.length > 0).toBe(grave.length === 0);
  });

  it('F37: so is the v1beta1 copy of the fixture in which every field has a meaningless value', async () => {
    const { diagnostics, files } = await generate([
      corpusFile('crds-legacy-v1beta1/apiextensions-apiserver/nameValue.yaml'),
    ]);
    const grave = diagnostics.filter(({ severity }) => severity === 'error');
    expect(grave.map(({ path }) => path)).toEqual(expect.arrayContaining(['spec.group', 'spec.scope']));
    expect(grave.every(({ line, path }) => line !== undefined && path !== undefined)).toBe(true);
    expect(files).toEqual([]);
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
