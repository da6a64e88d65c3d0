import { describe, expect, it } from 'vitest';
import { compareDefinitions } from './compare-definitions.js';

const head = { group: 'example.dev', version: 'v1', kind: 'Foo' };
const scale = { specReplicasPath: '.spec.n', statusReplicasPath: '.status.n' };
const definition = {
  scope: 'Namespaced',
  plural: 'foos',
  singular: 'foo',
  listKind: 'FooList',
  subresources: {},
  selectableFields: [],
};

/** Who breaks, where, the old and the new text, and what to do. */
function changes(old: object, now: object): string[] {
  return compareDefinitions({ ...definition, ...old }, { ...definition, ...now }, head).map((change) => {
    expect(change).toMatchObject({ ...head, change: 'definition' });
    const { breaks, path, old: was, new: is, advice } = change;
    return `${breaks.join(' ') || 'safe'} ${path}: ${was?.type ?? 'nothing'} -> ${is?.type ?? 'nothing'}. ${advice}`;
  });
}

describe('compareDefinitions', () => {
  it.each<[string, object, object, string[]]>([
    ['nothing', {}, {}, []],
    [
      'the scope',
      {},
      { scope: 'Cluster' },
      [
        "reads writes scope: 'Namespaced' -> 'Cluster'. Change every call and reflector: objects of a namespaced kind are named with their namespace, others without.",
      ],
    ],
    [
      'the names',
      {},
      { plural: 'fooes', singular: 'fo', listKind: 'Foos' },
      [
        "reads writes plural: 'foos' -> 'fooes'. Change roles and requests that name it; generated definitions follow by themselves.",
        "safe singular: 'foo' -> 'fo'. Nothing to do; generated definitions follow by themselves.",
        "reads writes listKind: 'FooList' -> 'Foos'. Change code that looks at the kind of a list; generated definitions follow by themselves.",
      ],
    ],
    [
      'new subresources',
      {},
      { subresources: { status: true, scale } },
      [
        'writes subresources.status: nothing -> true. Write its status through the status subresource: in other writes the API server ignores it from now on.',
        `safe subresources.scale: nothing -> ${JSON.stringify(scale)}. Nothing to do; its scale subresource can be used from now on.`,
      ],
    ],
    [
      'subresources that went',
      { subresources: { status: true, scale } },
      { subresources: undefined },
      [
        'reads writes subresources.status: true -> nothing. Stop using its status subresource: requests to it fail.',
        `reads writes subresources.scale: ${JSON.stringify(scale)} -> nothing. Stop using its scale subresource: requests to it fail.`,
      ],
    ],
    [
      'the paths of a scale',
      { subresources: { scale } },
      { subresources: { scale: { ...scale, specReplicasPath: '.spec.m' } } },
      [
        `safe subresources.scale: ${JSON.stringify(scale)} -> ${JSON.stringify({ ...scale, specReplicasPath: '.spec.m' })}. Nothing to do, unless code uses the paths of its definition.`,
      ],
    ],
    [
      'fields to select by',
      { selectableFields: ['.spec.a', '.spec.b'] },
      { selectableFields: ['.spec.b', '.spec.c'] },
      [
        "reads writes selectableFields: '.spec.a' -> nothing. Stop selecting by this field: the API server refuses it.",
        "safe selectableFields: nothing -> '.spec.c'. Nothing to do; field selectors may use it.",
      ],
    ],
  ])('tells of %s', (_what, old, now, want) => {
    expect(changes(old, now)).toEqual(want);
  });
});
