import { describe, expect, it } from 'vitest';
import { crd as crdText } from '../../tests/cli/folder.js';
import { show } from '../../tests/support/fidelity-example.js';
import { loadSource } from './load-source.js';
import { toDiagnostics } from './located.js';
import { EqualBlocks } from './quick-yaml/equal-blocks.js';

const crd = crdText('Foo', 'strng');
const good = crd.replace('strng', 'string');

async function faultsOf(text: string, found = false): Promise<string[]> {
  const source = { file: 'foo.yaml', text, found };
  const { faults, diagnostics } = await loadSource(source);
  const all = [...diagnostics, ...(await toDiagnostics(faults, text))];
  return all.map((d) => `${d.severity} ${d.line ?? ''} ${d.path ?? ''}: ${d.message}`);
}

describe('loadSource', () => {
  it('F37: names the line and the path of a fault', async () => {
    expect(await faultsOf(crd)).toEqual([
      'error 21 spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.size: type "strng" is not a JSON type. Did you mean "string"?',
    ]);
  });

  it('F37: names the line and the path of a CEL rule that does not compile', async (context) => {
    const rules = `                size:
                  type: integer
              x-kubernetes-validations:
                - rule: self.size < 3
                - rule: self.sise < 3
                  message: is too large`;
    const said = await faultsOf(crd.replace(/ *size:\n.*/, rules));
    expect(said).toEqual([
      'warning 24 spec.versions[0].schema.openAPIV3Schema.properties.spec.x-kubernetes-validations[1].rule: does not compile: there is no field "sise" in this object (column 6: "sise < 3")',
    ]);
    const printed = said.join('').replace(/ \d+ .*properties\.spec\./, ': ');
    show(context, { given: rules.replaceAll(/^ {14}/gm, ''), printed });
  });

  it.each([
    ['written twice', '', '\n                    size:\n                      type: strng'],
    ['of an alias', ' &same', ' *same'],
    ['of an alias that only the complete reader takes', ' &same !!map', ' *same'],
  ])('F37: names each place of a fault in a value %s', async (_what, anchor, again) => {
    const fields = `one:
                  type: object
                  properties:${anchor}
                    size:
                      type: strng
                two:
                  type: object
                  properties:${again}
`;
    const text = crd.replace(/size:\n.*\n/, fields);
    for (const blocks of [undefined, new EqualBlocks()]) {
      const { faults } = await loadSource({ file: 'foo.yaml', text }, { blocks });
      expect(faults.map(({ fault }) => fault.path?.slice(-4))).toEqual([
        ['properties', 'one', 'properties', 'size'],
        ['properties', 'two', 'properties', 'size'],
      ]);
    }
  });

  it('names it in the second document and in a list too', async () => {
    expect((await faultsOf(`---\nkind: A\n---\n${crd}`))[0]).toMatch(/^error 24 /);
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${crd.trim().replaceAll('\n', '\n  ')}\n`;
    expect((await faultsOf(list))[0]).toMatch(/^error 24 items\[0\]\.spec\.versions\[0\]/);
  });

  it('V13: takes the items of a typed list', async () => {
    const item = good.split('\n').slice(2).join('\n').trim().replaceAll('\n', '\n  ');
    const text = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinitionList\nitems:\n- ${item}\n`;
    expect((await loadSource({ file: 'a', text })).crds.map(({ crd: one }) => one.kind)).toEqual(['Foo']);
  });

  it('counts what is something else', async () => {
    const { crds, others, found } = await loadSource({
      file: 'a',
      text: `${good}---\napiVersion: v1\nkind: Service\n---\nkind: Service\n`,
    });
    expect([crds.length, found, [...others]]).toEqual([1, 1, [['Service', 2]]]);
  });

  it('does not check what is not wanted', async () => {
    const loaded = await loadSource(
      { file: 'a', text: crd },
      {
        wanted: ({ group, kind, versions }) => {
          expect([group, kind, versions]).toEqual(['example.dev', 'Foo', ['v1']]);
          return false;
        },
      },
    );
    expect([loaded.crds, loaded.faults, loaded.found]).toEqual([[], [], 1]);
  });

  it.each<[string, string, string]>([
    [
      'openapi: 3.0.0',
      'error 1 : is an OpenAPI document that no Kubernetes API server made: no operation in it names a kind (x-kubernetes-group-version-kind)',
      'warning',
    ],
    [
      'swagger: "2.0"',
      'error 1 : is an OpenAPI document that no Kubernetes API server made: no operation in it names a kind (x-kubernetes-group-version-kind)',
      'warning',
    ],
    [
      'kind: CustomResourceDefinition',
      'error 1 apiVersion: apiVersion is missing: a CustomResourceDefinition has "apiextensions.k8s.io/v1"',
      'error',
    ],
    [
      'kind: CustomResourceDefinition\napiVersion: apiextensions.k8s.io/v2',
      'error 2 apiVersion: a CustomResourceDefinition has "apiextensions.k8s.io/v1", not text "apiextensions.k8s.io/v2"',
      'error',
    ],
    [
      '- a: 1\n- kind: CustomResourceDefinition\n  apiVersion: apiextensions.k8s.io/v1',
      'error 1 : a list of CustomResourceDefinitions that is not the items of an object is no Kubernetes object',
      'error',
    ],
    ['[{"kind": "Foo"}, 1, null]', 'warning 1 : this is no Kubernetes object; skipped', ''],
    ['just text', 'warning 1 : this is no Kubernetes object; skipped', ''],
  ])('says what %j is; found in a folder by chance it is less grave', async (text, given, found) => {
    expect(await faultsOf(text)).toEqual([given]);
    expect((await faultsOf(text, true)).map((fault) => fault.split(' ')[0])).toEqual(found === '' ? [] : [found]);
  });

  it('says what to do with the index of the OpenAPI documents of a cluster, which is no fault beside these in a folder', async () => {
    const text = '{"paths":{"apis/apps/v1":{"serverRelativeURL":"/openapi/v3/apis/apps/v1?hash=A"}}}';
    expect(await faultsOf(text)).toEqual(['error 1 : is only the index of the OpenAPI documents of a cluster']);
    expect(await faultsOf(text, true)).toEqual([]);
    const { faults } = await loadSource({ file: 'a.json', text });
    expect(faults.map(({ fault }) => fault.hint)).toEqual([
      'Name those, such as what kubectl get --raw /openapi/v3/apis/apps/v1 prints, or read the cluster with --cluster.',
    ]);
  });

  it('says what to do with a list in brackets, as `jq .items` prints it', async () => {
    const { faults, others } = await loadSource({ file: 'a.json', text: '[{"kind":"CustomResourceDefinition"}]' });
    expect({ hints: faults.map(({ fault }) => fault.hint), others: [...others] }).toEqual({
      hints: [
        "Print its items one after the other (jq '.[]'), or make it the items of an object with apiVersion v1 and kind List.",
      ],
      others: [],
    });
  });

  it('names ten documents that are no Kubernetes objects, and counts the rest', async () => {
    const faults = await faultsOf('a: 1\n---\n'.repeat(200_000));
    expect(faults).toHaveLength(11);
    expect(faults[0]).toBe('warning 1 : this is no Kubernetes object; skipped');
    expect(faults[10]).toBe('warning 21 : neither this nor 199989 more are Kubernetes objects; skipped');
  });
});
