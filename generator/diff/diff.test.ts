import { beforeAll, describe, expect, it } from 'vitest';
import type { Change } from './change.js';
import { diff } from './diff.js';
import { object, text } from '../../tests/support/schema-words.js';
import { job, ref, smallOpenApi, support } from '../../tests/support/small-openapi.js';

const int = { type: 'integer' };
const letters = (...values: string[]): object => ({ ...text, enum: values });
const open = { 'x-kubernetes-preserve-unknown-fields': true };
const mixed = { 'x-kubernetes-int-or-string': true };
const either = (...names: string[]): object =>
  object({ a: text, b: text, c: text }, { oneOf: names.map((name) => ({ required: [name] })) });

/** The old and the new `spec`, and the changes as `who breaks, place, what, old -> new`. */
type Case = readonly [old: object, now: object, ...want: string[]];

const cases: Readonly<Record<string, Case>> = {
  'nothing changed': [object({ a: text }), object({ a: text })],
  'only descriptions and bounds changed': [
    object({ a: { ...text, description: 'old' } }),
    object({ a: { ...text, description: 'new', maxLength: 3 } }),
  ],
  'the order of fields changed': [object({ a: text, b: int }), object({ b: int, a: text })],
  'an optional field added': [object({}), object({ a: text }), 'safe spec.a field-added: nothing -> optional string'],
  'a required field added': [
    object({ b: text }),
    object({ a: text, b: text }, { required: ['a'] }),
    'writes spec.a field-added: nothing -> string',
  ],
  'a field with a default added': [
    object({ b: text }),
    object({ a: { ...text, default: 'x' }, b: text }),
    'safe spec.a field-added: nothing -> optional string',
  ],
  'a field removed': [
    object({ a: text, b: text }),
    object({ b: text }),
    'reads writes spec.a field-removed: optional string -> nothing',
  ],
  'the last field removed': [
    object({ a: text }),
    object({}),
    'reads writes spec.a field-removed: optional string -> nothing',
  ],
  'optional to required': [
    object({ a: text }),
    object({ a: text }, { required: ['a'] }),
    'writes spec.a now-required: optional string -> string',
  ],
  'required to optional': [
    object({ a: text }, { required: ['a'] }),
    object({ a: text }),
    'reads spec.a now-optional: string -> optional string',
  ],
  'a default added': [
    object({ a: text }),
    object({ a: { ...text, default: 'x' } }),
    'safe spec.a now-required: optional string -> string',
  ],
  'a default removed': [
    object({ a: { ...text, default: 'x' } }),
    object({ a: text }),
    'reads spec.a now-optional: string -> optional string',
  ],
  'the default of a required field removed': [
    object({ a: { ...text, default: 'x' } }, { required: ['a'] }),
    object({ a: text }, { required: ['a'] }),
    'writes spec.a now-required: optional string -> string',
  ],
  'an enum widened': [
    object({ a: letters('x', 'y') }),
    object({ a: letters('x', 'y', 'z') }),
    "reads spec.a type: optional 'x' | 'y' -> optional 'x' | 'y' | 'z'",
  ],
  'an enum narrowed': [
    object({ a: letters('x', 'y') }),
    object({ a: letters('x') }),
    "writes spec.a type: optional 'x' | 'y' -> optional 'x'",
  ],
  'an enum changed': [
    object({ a: letters('x', 'y') }),
    object({ a: letters('x', 'z') }),
    "reads writes spec.a type: optional 'x' | 'y' -> optional 'x' | 'z'",
  ],
  'an enum became free text': [
    object({ a: letters('x', 'y') }),
    object({ a: text }),
    "reads spec.a type: optional 'x' | 'y' -> optional string",
  ],
  'a type changed': [
    object({ a: text }),
    object({ a: int }),
    'reads writes spec.a type: optional string -> optional number',
  ],
  'integer became number': [object({ a: int }), object({ a: { type: 'number' } })],
  'int or string from string': [
    object({ a: text }),
    object({ a: mixed }),
    'reads spec.a type: optional string -> optional IntOrString',
  ],
  'int or string to integer': [
    object({ a: mixed }),
    object({ a: int }),
    'writes spec.a type: optional IntOrString -> optional number',
  ],
  'the same change in two places of one type': [
    object({ a: object({ x: text }), b: object({ x: text }) }),
    object({ a: object({ x: int }), b: object({ x: int }) }),
    'reads writes spec.a.x type: optional string -> optional number',
    'reads writes spec.b.x type: optional string -> optional number',
  ],
  'became nullable': [
    object({ a: text }, { required: ['a'] }),
    object({ a: { ...text, nullable: true } }, { required: ['a'] }),
    'reads spec.a type: string -> string | null',
  ],
  'no longer nullable': [
    object({ a: { ...text, nullable: true } }, { required: ['a'] }),
    object({ a: text }, { required: ['a'] }),
    'writes spec.a type: string | null -> string',
  ],
  'open became closed': [
    object({ a: text }, open),
    object({ a: text }),
    'reads writes spec.* now-closed: optional unknown -> nothing',
  ],
  'closed became open': [
    object({ a: text }),
    object({ a: text }, open),
    'safe spec.* now-open: nothing -> optional unknown',
  ],
  'a field went into what is free': [
    object({ a: text, b: text }, open),
    object({ b: text }, open),
    'reads spec.a field-removed: optional string -> nothing',
  ],
  'a free field got a type': [
    object({ b: text }, open),
    object({ a: text, b: text }, open),
    'writes spec.a field-added: optional unknown -> optional string',
  ],
  'a map of other values': [
    object({ a: { type: 'object', additionalProperties: text } }),
    object({ a: { type: 'object', additionalProperties: int } }),
    'reads writes spec.a.* type: string -> number',
  ],
  'inside lists and odd names': [
    object({ 'x.y': { type: 'array', items: object({ z: { type: 'array', items: text } }) } }),
    object({ 'x.y': { type: 'array', items: object({ z: { type: 'array', items: int } }) } }),
    'reads writes spec["x.y"][].z[] type: string -> number',
  ],
  'an object became a list': [
    object({ a: object({ b: text }) }),
    object({ a: { type: 'array', items: object({ b: text }) } }),
    'reads writes spec.a type: optional CaseSpecA -> optional readonly CaseSpecA[]',
  ],
  ...Object.fromEntries(
    ['oneOf', 'anyOf'].map((key) => {
      const maps = { type: 'array', items: { type: 'object', additionalProperties: text } };
      const lists = object({ maps, others: maps }, { [key]: [{ required: ['maps'] }, { required: ['others'] }] });
      const fields = { a: text, b: text, lists };
      return [
        `a choice of fields above a choice of lists of maps by ${key}`,
        [
          object(fields),
          object(fields, { anyOf: [{ required: ['a'] }, { required: ['b'] }] }),
          'writes spec combination: * -> *',
        ] satisfies Case,
      ];
    }),
  ),
  'one more alternative': [either('a', 'b'), either('a', 'b', 'c'), 'reads writes spec combination: * -> *'],
  'one alternative less': [either('a', 'b', 'c'), either('a', 'b'), 'reads writes spec combination: * -> *'],
  'one alternative left': [
    either('a', 'b'),
    object({ a: text, b: text, c: text }, { required: ['a'] }),
    'writes spec.a now-required: optional string -> string',
  ],
};

function crd(kind: string, spec: object, more: object = {}): object {
  const {
    versions = ['v1'],
    subresources,
    selectableFields,
    scope = 'Namespaced',
    plural = `${kind.toLowerCase()}s`,
  } = more as {
    versions?: string[];
    subresources?: object;
    selectableFields?: object[];
    scope?: string;
    plural?: string;
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.example.dev` },
    spec: {
      group: 'example.dev',
      names: { kind, plural },
      scope,
      versions: versions.map((name, i) => ({
        name,
        served: true,
        storage: i === 0,
        ...(subresources === undefined ? {} : { subresources }),
        ...(selectableFields === undefined ? {} : { selectableFields }),
        schema: { openAPIV3Schema: object({ spec }, { required: ['spec'] }) },
      })),
    },
  };
}

const source = (file: string, crds: readonly object[]): { file: string; text: string } => ({
  file,
  text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: crds }),
});

function said({ breaks, path, change, old, new: now }: Change): string {
  const textOf = (one: Change['old']): string =>
    one === undefined ? 'nothing' : change === 'combination' ? '*' : `${one.optional ? 'optional ' : ''}${one.type}`;
  const who = breaks.length === 0 ? 'safe' : breaks.join(' ');
  return `${who} ${path} ${change}: ${textOf(old)} -> ${textOf(now)}`.replaceAll(/Case\d+/g, 'Case');
}

describe('diff of types', () => {
  const found = new Map<string, string[]>();
  beforeAll(async () => {
    const kinds = Object.values(cases);
    const old = kinds.map(([spec], i) => crd(`Case${i}`, spec));
    const now = kinds.map(([, spec], i) => crd(`Case${i}`, spec));
    const result = await diff([source('old', old)], [source('new', now)], {});
    if (result.compared !== kinds.length) throw new Error(JSON.stringify(result.diagnostics));
    for (const change of result.changes) found.set(change.kind, [...(found.get(change.kind) ?? []), said(change)]);
  });

  it.each(Object.entries(cases).map(([title, [, , ...want]], i) => ({ title, want, i })))('$title', ({ want, i }) => {
    expect(found.get(`Case${i}`) ?? []).toEqual(want);
  });
});

describe('diff of kinds', () => {
  const one = object({ a: text });
  const changes = async (old: object[], now: object[], options = {}): Promise<string[]> => {
    const result = await diff([source('old', old)], [source('new', now)], options);
    return [
      ...result.diagnostics.map(({ severity, message }) => `${severity}: ${message}`),
      ...result.changes.map((change) => `${change.kind} ${change.version} ${said(change)} (${change.advice})`),
    ];
  };

  it('a removed kind breaks, a new one does not', async () => {
    expect(await changes([crd('Foo', one)], [crd('Bar', one)])).toEqual([
      'Bar v1 safe  kind-added: nothing -> nothing (Nothing to do; it can be used from now on.)',
      'Foo v1 reads writes  kind-removed: nothing -> nothing (Remove the code that uses it: nothing is generated for it any more.)',
    ]);
  });

  it('a removed version breaks, and the others are named', async () => {
    const [v1, both] = [['v1'], ['v1', 'v1beta1']].map((versions) => crd('Foo', one, { versions }));
    expect(await changes([both ?? {}], [v1 ?? {}])).toEqual([
      'Foo v1beta1 reads writes  version-removed: nothing -> nothing (Move to v1: nothing is generated for v1beta1 any more.)',
    ]);
    expect(await changes([v1 ?? {}], [both ?? {}])).toEqual([
      'Foo v1beta1 safe  version-added: nothing -> nothing (Nothing to do; it can be used from now on.)',
    ]);
  });

  it('counts versions, and the kinds that they are of', async () => {
    const both = [source('both', [crd('Foo', one, { versions: ['v1', 'v1beta1'] }), crd('Bar', one)])];
    expect(await diff(both, both, {})).toMatchObject({ compared: 3, comparedKinds: 2, changes: [] });
  });

  it('another scope, plural or subresource breaks', async () => {
    const scale = { specReplicasPath: '.spec.a', statusReplicasPath: '.status.a' };
    const old = crd('Foo', one, { subresources: { status: {}, scale }, selectableFields: [{ jsonPath: '.spec.a' }] });
    const now = crd('Foo', one, { scope: 'Cluster', plural: 'foozes' });
    const was = await changes([old], [now]);
    expect(was.map((line) => line.replace(/ \(.*/, ''))).toEqual([
      "Foo v1 reads writes scope definition: 'Namespaced' -> 'Cluster'",
      "Foo v1 reads writes plural definition: 'foos' -> 'foozes'",
      'Foo v1 reads writes subresources.status definition: true -> nothing',
      `Foo v1 reads writes subresources.scale definition: ${JSON.stringify(scale)} -> nothing`,
      "Foo v1 reads writes selectableFields definition: '.spec.a' -> nothing",
      'Foo v1 reads metadata.namespace now-optional: string -> optional string',
    ]);
  });

  it('a new status subresource breaks what writes a status otherwise; a new scale subresource breaks nothing', async () => {
    const scale = { specReplicasPath: '.spec.a', statusReplicasPath: '.status.a' };
    const was = await changes([crd('Foo', one)], [crd('Foo', one, { subresources: { status: {}, scale } })]);
    expect(was).toEqual([
      expect.stringMatching(/^Foo v1 writes subresources\.status definition: nothing -> true/) as string,
      expect.stringMatching(
        /^Foo v1 safe subresources\.scale definition: nothing -> .*\(Nothing to do; its scale subresource can be used from now on\.\)$/,
      ) as string,
    ]);
  });

  it('a typed field where any was kept is not one that has to be written', async () => {
    expect(await changes([crd('Foo', { ...object({}), ...open })], [crd('Foo', { ...one, ...open })])).toEqual([
      'Foo v1 writes spec.a field-added: optional unknown -> optional string (Where you write it already, give it this type.)',
    ]);
  });

  it('include, exclude and versions choose on both sides, and a pattern is unknown only when no side has it', async () => {
    const [foo, bar] = [crd('Foo', one), crd('Bar', one)];
    expect(await changes([foo, bar], [bar], { include: ['*/Foo'] })).toEqual([
      expect.stringContaining('kind-removed') as string,
    ]);
    expect(await changes([foo], [bar], { exclude: ['*/Foo', '*/Bar'] })).toEqual([
      'error: nothing to compare: no resource of either side is taken',
    ]);
    expect(await changes([foo, bar], [foo], { exclude: ['*/Nope', '*/Bar'] })).toEqual([
      'warning: the pattern "*/Nope" matches no resource',
    ]);
  });

  it('says that plain JSON Schemas are not compared, and does not take them for equal', async () => {
    const schema = {
      file: 'values.schema.json',
      text: '{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "object" }',
    };
    const said = async (...more: { file: string; text: string }[]): Promise<string[]> => {
      const { diagnostics } = await diff([schema, ...more], [schema, ...more], {});
      return diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
    };
    const message = 'plain JSON Schemas are not compared in this version of kube-gen, only CRDs and OpenAPI documents';
    expect(await said()).toEqual([`error: ${message}`]);
    expect(await said(source('crds', [crd('Foo', one)]))).toEqual([`warning: ${message}`]);
  });

  it('an error of the run is told once, and one of the new side alone as well', async () => {
    const sides = [[source('old', [crd('Foo', one)])], [source('new', [crd('Foo', one)])]] as const;
    const said = async (old: (typeof sides)[0], now: (typeof sides)[0], options: object): Promise<string[]> =>
      (await diff(old, now, options)).diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
    expect(await said(...sides, { include: ['a/b/c/d'] })).toEqual([expect.stringMatching(/^error: .*a\/b\/c\/d/)]);
  });

  it('types that hold themselves are not followed without end, and what changed in them is told', async () => {
    const node = (type: string): object => ({
      type: 'object',
      properties: {
        value: { type },
        next: ref('io.example.apps.v1.Node'),
        all: { type: 'array', items: ref('io.example.apps.v1.Node') },
      },
    });
    const document = (type: string): { file: string; text: string } => ({
      file: `${type}.json`,
      text: smallOpenApi([job(ref('io.example.apps.v1.Node'))], { ...support, 'io.example.apps.v1.Node': node(type) }),
    });
    const { changes: found } = await diff([document('string')], [document('integer')], {});
    expect(found.map(said)).toEqual([
      'reads writes spec.value type: optional string -> optional number',
      'reads writes spec.all[].value type: optional string -> optional number',
    ]);
  });

  it('a bad input is a fault, with the file', async () => {
    const bad = crd('Foo', { type: 'strng' });
    const { diagnostics, changes: none } = await diff([source('old', [bad])], [source('new', [bad])], {});
    expect(none).toEqual([]);
    expect(diagnostics.map(({ file }) => file)).toEqual(['old', 'new']);
  });
});
