import { describe, expect, it } from 'vitest';
import { object, text } from '../../tests/support/schema-words.js';
import { printSmall } from '../../tests/support/small-crd.js';

const fields = (names: string): Record<string, unknown> =>
  Object.fromEntries(names.split(' ').map((name) => [name, text]));
const condition = 'lastTransitionTime message reason status type';
const container = 'args command env envFrom image name volumeMounts';
const typesOf = (module: string): string[] =>
  [...module.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = '']) => name);

describe('types that everybody knows, with a field more', () => {
  it.each([
    ['Condition', condition],
    ['LabelSelector', 'matchExpressions matchLabels'],
    ['ResourceRequirements', 'limits requests'],
    ['KeySelector', 'key name optional'],
    ['ObjectReference', 'apiVersion fieldPath kind name namespace resourceVersion uid'],
    ['TLSConfig', 'ca caFile cert certFile insecureSkipVerify keyFile keySecret serverName'],
    ['Container', container],
    ['Volume', 'configMap emptyDir hostPath name persistentVolumeClaim projected secret'],
    ['VolumeMount', 'mountPath name readOnly subPath'],
    ['SecurityContext', 'allowPrivilegeEscalation capabilities privileged readOnlyRootFilesystem runAsUser'],
    ['PodSecurityContext', 'fsGroup runAsGroup runAsNonRoot runAsUser supplementalGroups'],
    ['TopologySpreadConstraint', 'labelSelector maxSkew topologyKey whenUnsatisfiable'],
    ['PodSpec', 'containers initContainers nodeSelector restartPolicy serviceAccountName tolerations volumes'],
    ['ApplicationSpec', 'destination ignoreDifferences info project revisionHistoryLimit source sources syncPolicy'],
  ])('F31 a %s with a field that a release adds to it keeps its name, and so do the types below', (name, known) => {
    const printed = [{}, { added: text }].map((more) => {
      const shape = object({ ...fields(known), [known.split(' ')[0] ?? '']: object({ x: text }), ...more });
      return printSmall({ spec: object({ a: object({ list: { type: 'array', items: shape } }) }) }).text;
    });
    for (const module of printed) expect(module).toContain(`readonly list?: readonly Foo${name}[];`);
    expect(typesOf(printed[1] ?? '')).toEqual(typesOf(printed[0] ?? ''));
  });

  it('F31 when the conditions of status get a field, those that are called after their place keep that name', () => {
    const list = (more: object): object => ({ type: 'array', items: object({ ...fields(condition), ...more }) });
    const printed = [{}, { added: text }].map((more) =>
      typesOf(
        printSmall({
          schema: object({
            spec: object({ a: text }),
            status: object({ conditions: list(more), old: object({ conditions: list({ severity: text }) }) }),
          }),
        }).text,
      ),
    );
    expect(printed[0]).toEqual(expect.arrayContaining(['FooCondition', 'FooStatusOldCondition']));
    expect(printed[1]).toEqual(printed[0]);
  });

  it('F31 a step of Tekton, which is a container with a script, is called after its place', () => {
    const { text: module } = printSmall({ spec: object({ step: object(fields(`${container} script`)) }) });
    expect(module).toContain('readonly step?: FooSpecStep;');
  });

  it('F31 what has the fields of two types that everybody knows has one name in any order of its fields', () => {
    const both = Object.entries(fields(`${condition} mountPath name readOnly subPath`));
    const names = [both, [...both].reverse()].map(
      (order) =>
        /readonly a\?: (\w+);/.exec(printSmall({ spec: object({ a: object(Object.fromEntries(order)) }) }).text)?.[1],
    );
    expect(names[0]).toBe('FooVolumeMount');
    expect(names[1]).toBe(names[0]);
  });
});
