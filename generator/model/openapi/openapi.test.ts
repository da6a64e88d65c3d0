import { describe, expect, it } from 'vitest';
import { show } from '../../../tests/support/fidelity-example.js';
import {
  job,
  printOpenApi,
  ref,
  smallOpenApi,
  support,
  type SmallResource,
} from '../../../tests/support/small-openapi.js';
import { declarationOf } from '../../../tests/support/small-crd.js';

const text = { type: 'string' };
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const intOrString = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';
const spec = 'io.example.apps.v1.JobSpec';

/** The declarations of the shared types of `apps/v1`, for one definition `JobSpec` with the given fields. */
async function specOf(
  properties: Record<string, unknown>,
  more: { required?: string[]; definitions?: Record<string, unknown>; v?: 2 | 3 } = {},
): Promise<string> {
  const definitions = {
    ...support,
    ...more.definitions,
    [spec]: { type: 'object', properties, ...(more.required === undefined ? {} : { required: more.required }) },
  };
  const { files, messages } = await printOpenApi(smallOpenApi([job(ref(spec))], definitions, { v: more.v ?? 2 }), {
    docs: false,
  });
  expect(messages).toEqual([]);
  return files['apps/v1/types.ts'] ?? '';
}

describe('values of OpenAPI schemas', () => {
  const cases: [name: string, given: Record<string, unknown>, want: string][] = [
    ['F11 IntOrString is the shared alias', ref(intOrString), 'IntOrString'],
    ['F16 a Time is text', ref(`${meta}.Time`), 'string'],
    ['F16 bytes are text', { type: 'string', format: 'byte' }, 'string'],
    ['F17 a map of texts', { type: 'object', additionalProperties: text }, '{ readonly [key: string]: string }'],
    ['F15 an enum is a literal union', { type: 'string', enum: ['A', 'B'] }, "'A' | 'B'"],
    [
      'F35 RawExtension takes any object',
      ref('io.k8s.apimachinery.pkg.runtime.RawExtension'),
      '{ readonly [key: string]: unknown }',
    ],
    ['F35 FieldsV1 takes any object', ref(`${meta}.FieldsV1`), '{ readonly [key: string]: unknown }'],
    ['a list of references', { type: 'array', items: ref(intOrString) }, 'readonly IntOrString[]'],
  ];
  it.for(cases)('%s', async ([name, given, want], context) => {
    const printed = declarationOf(await specOf({ a: given }), 'JobSpec');
    expect(printed).toContain(`readonly a?: ${want};`);
    // The other rules are about CRDs in the first place.
    if (name.startsWith('F35')) show(context, { given: { a: given }, printed });
  });

  it('F14 null beside a reference is in the type, as is that of a definition', async () => {
    const inner = { type: 'object', properties: { b: text } };
    const definitions = { 'io.example.apps.v1.Inner': inner, 'io.example.apps.v1.Maybe': { ...inner, nullable: true } };
    const properties = {
      wrapped: { allOf: [ref('io.example.apps.v1.Inner')], nullable: true, default: {} },
      list: { type: 'array', items: { allOf: [ref(intOrString)], nullable: true } },
      map: { type: 'object', additionalProperties: { allOf: [ref(quantity)], nullable: true } },
      own: ref('io.example.apps.v1.Maybe'),
      plain: { allOf: [ref('io.example.apps.v1.Inner')] },
    };
    const printed = await specOf(properties, { definitions, v: 3 });
    for (const line of [
      'readonly wrapped?: Inner | null;',
      'readonly list?: readonly (IntOrString | null)[];',
      'readonly map?: { readonly [key: string]: string | null };',
      'readonly own?: Maybe | null;',
      'readonly plain?: Inner;',
    ])
      expect(printed).toContain(line);
  });

  it.each([2, 3] as const)(
    'F35 what Kubernetes returns as null may be null: times and lists that are empty, v%s',
    async (v) => {
      const time = ref(`${meta}.Time`);
      const core = (name: string): string => `io.k8s.api.core.v1.${name}`;
      const list = { type: 'array', items: text };
      const definitions = {
        ...support,
        [core('PodStatus')]: {
          type: 'object',
          properties: { startTime: time, conditions: { type: 'array', items: ref(core('PodCondition')) } },
        },
        [core('PodCondition')]: {
          type: 'object',
          required: ['lastTransitionTime'],
          properties: { lastProbeTime: time, lastTransitionTime: time, times: { type: 'array', items: time } },
        },
        'io.k8s.api.storage.v1.CSINodeSpec': {
          type: 'object',
          required: ['drivers'],
          properties: { drivers: list, others: list },
        },
        'io.k8s.api.flowcontrol.v1.ResourcePolicyRule': { type: 'object', properties: { namespaces: list } },
        'io.k8s.api.resource.v1.CapacityRequestPolicy': { type: 'object', properties: { default: text } },
        [core('ScaleIOVolumeSource')]: {
          type: 'object',
          required: ['secretRef'],
          properties: { secretRef: ref(core('PodStatus')) },
        },
        [spec]: {
          type: 'object',
          properties: {
            lastProbeTime: time,
            pod: ref(core('PodStatus')),
            node: ref('io.k8s.api.storage.v1.CSINodeSpec'),
            rule: ref('io.k8s.api.flowcontrol.v1.ResourcePolicyRule'),
            policy: ref('io.k8s.api.resource.v1.CapacityRequestPolicy'),
            volume: ref(core('ScaleIOVolumeSource')),
          },
        },
      };
      const { files } = await printOpenApi(smallOpenApi([job(ref(spec))], definitions, { v }), { docs: false });
      const printed = Object.values(files).join('\n');
      for (const field of [
        'lastProbeTime?: string | null;',
        'lastTransitionTime: string;',
        'times?: readonly string[];',
        'startTime?: string;',
        'drivers: readonly string[] | null;',
        'others?: readonly string[];',
        'namespaces?: readonly string[] | null;',
        'default?: string | null;',
        'secretRef: PodStatus | null;',
      ])
        expect(printed).toContain(`  readonly ${field}\n`);
      expect(declarationOf(printed, 'JobSpec')).toContain('readonly lastProbeTime?: string;');
    },
  );

  it('F11 a Quantity is read as text and may be written as a number too', async () => {
    const printed = await specOf({ memory: ref(quantity), name: text });
    expect(declarationOf(printed, 'JobSpec')).toBe(
      'export interface JobSpec extends JobSpecManifest {\n  readonly memory?: string;\n}',
    );
    expect(declarationOf(printed, 'JobSpecManifest')).toBe(
      'export interface JobSpecManifest {\n  readonly memory?: string | number;\n  readonly name?: string;\n}',
    );
  });

  it('F35 what apiextensions leaves untyped maps to what the server takes', async () => {
    const ns = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';
    const printed = await specOf(
      { schema: ref(`${ns}.JSONSchemaProps`) },
      {
        definitions: {
          [`${ns}.JSON`]: { description: 'any' },
          [`${ns}.JSONSchemaPropsOrBool`]: {},
          [`${ns}.JSONSchemaPropsOrArray`]: {},
          [`${ns}.JSONSchemaPropsOrStringArray`]: {},
          [`${ns}.JSONSchemaProps`]: {
            type: 'object',
            properties: {
              default: ref(`${ns}.JSON`),
              items: ref(`${ns}.JSONSchemaPropsOrArray`),
              additionalProperties: ref(`${ns}.JSONSchemaPropsOrBool`),
              dependencies: {
                type: 'object',
                additionalProperties: ref(`${ns}.JSONSchemaPropsOrStringArray`),
              },
              not: ref(`${ns}.JSONSchemaProps`),
            },
          },
        },
      },
    );
    expect(printed).toContain("import type { JSONSchemaProps } from '../../apiextensions/v1/types.js';");
  });
});

describe('F4 defaults of OpenAPI documents are words', () => {
  it('a required field with a default stays required, one with a default alone stays optional, in both views', async (context) => {
    const properties = { port: { type: 'integer', default: 0 }, protocol: { type: 'string', default: 'TCP' } };
    const printed = declarationOf(await specOf(properties, { required: ['port'], v: 3 }), 'JobSpec');
    expect(printed).toBe('export interface JobSpec {\n  readonly port: number;\n  readonly protocol?: string;\n}');
    show(context, { given: { required: ['port'], properties }, printed });
  });

  it('a default that says something is documentation, the zero value of Go is not', async () => {
    const definitions = {
      ...support,
      [spec]: {
        type: 'object',
        properties: { port: { type: 'integer', default: 0 }, protocol: { type: 'string', default: 'TCP' } },
      },
    };
    const { files } = await printOpenApi(smallOpenApi([job(ref(spec))], definitions, { v: 3 }));
    expect(files['apps/v1/types.ts']).toContain('/** @default TCP */\n  readonly protocol?: string;');
    expect(files['apps/v1/types.ts']).toContain('{\n  readonly port?: number;');
  });

  it('spec is present in the read view when it has a required field, and stays optional to write', async () => {
    const definitions = { ...support, [spec]: { type: 'object', required: ['a'], properties: { a: text } } };
    const { files } = await printOpenApi(smallOpenApi([job(ref(spec))], definitions), { docs: false });
    const printed = files['apps/v1/job.ts'] ?? '';
    expect(declarationOf(printed, 'Job')).toContain('readonly spec: JobSpec;');
    expect(declarationOf(printed, 'JobManifest')).toContain('readonly spec?: JobSpec;');
  });
});

describe('F33 resources from paths', () => {
  const root = { type: 'object', properties: { metadata: ref(`${meta}.ObjectMeta`) } };

  it('scope, verbs and subresources are those of the operations', async () => {
    const given = job({ type: 'object' }, { subresources: ['status', 'scale', 'log'], plural: 'jobs' });
    const { files } = await printOpenApi(smallOpenApi([given], support));
    const printed = files['apps/v1/job.ts'] ?? '';
    expect(printed).toContain("scope: 'Namespaced',");
    expect(printed).toContain(
      "subresources: { status: true, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } },",
    );
    expect(printed).toContain(
      "verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],",
    );
  });

  it('the core group has its folder and an empty name', async () => {
    const given: SmallResource = { kind: 'Node', group: '', namespaced: false, schema: root };
    const { files } = await printOpenApi(smallOpenApi([given], support));
    expect(files['core/v1/node.ts']).toContain("readonly apiVersion: 'v1';");
    expect(files['core/v1/node.ts']).toContain("group: '', version: 'v1', kind: 'Node',");
    expect(files['core/v1/node.ts']).toContain("scope: 'Cluster',");
  });

  it('a kind that can only be created has no reflector, and needs no name', async () => {
    const given: SmallResource = { kind: 'TokenReview', namespaced: false, actions: ['post'], schema: root };
    const { files } = await printOpenApi(smallOpenApi([given], support), { docs: false });
    const printed = files['apps/v1/token-review.ts'] ?? '';
    expect(printed).not.toContain('Reflector');
    expect(printed).toContain("verbs: ['create'],");
    expect(declarationOf(printed, 'TokenReviewManifest')).toContain('readonly metadata?: EmbeddedMeta;');
    expect(files['apps/v1/index.ts']).toContain("export { TokenReview } from './token-review.js';");
  });

  it('what no path lets watch has no reflector, where others of its group and version have such a path', async () => {
    const actions = ['get', 'list'];
    const pods: SmallResource = { kind: 'Pod', actions, canWatch: true, schema: root };
    const nodes: SmallResource = { kind: 'Node', actions, namespaced: false, schema: root };
    const metrics: SmallResource = { kind: 'NodeMetrics', group: 'metrics', actions, namespaced: false, schema: root };
    const { files } = await printOpenApi(smallOpenApi([pods, nodes, metrics], support));
    expect(files['apps/v1/pod.ts']).toContain("verbs: ['get', 'list', 'watch'],");
    expect(files['apps/v1/node.ts']).toContain("verbs: ['get', 'list'],");
    expect(files['apps/v1/node.ts']).not.toContain('Reflector');
    // Custom resources never have such a path: there the parameter of the list tells.
    expect(files['metrics/v1/node-metrics.ts']).toContain("verbs: ['get', 'list', 'watch'],");
  });

  it('verbs are those of discovery where it tells them', async () => {
    const given: SmallResource = { kind: 'NodeMetrics', group: 'metrics', namespaced: false, schema: root };
    const resources = [{ resource: 'nodemetricss', verbs: ['get', 'list'] }];
    const discovery = {
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
      items: [{ metadata: { name: 'metrics' }, versions: [{ version: 'v1', resources }] }],
    };
    const { files } = await printOpenApi([smallOpenApi([given], support), JSON.stringify(discovery)]);
    const printed = files['metrics/v1/node-metrics.ts'] ?? '';
    expect(printed).toContain("verbs: ['get', 'list'],");
    expect(printed).not.toContain('Reflector');
  });

  it('lists, options and statuses are no resources', async () => {
    const definitions = {
      ...support,
      'io.example.apps.v1.JobList': {
        type: 'object',
        properties: { items: { type: 'array', items: ref('io.example.apps.v1.Job') } },
        'x-kubernetes-group-version-kind': [{ group: 'apps', version: 'v1', kind: 'JobList' }],
      },
    };
    const { files } = await printOpenApi(smallOpenApi([job(text)], definitions));
    expect(Object.keys(files)).toEqual(['apps/v1/index.ts', 'apps/v1/job.ts', 'index.ts']);
  });

  it('v2 and v3 make the same modules', async (context) => {
    const definitions = {
      ...support,
      [spec]: {
        type: 'object',
        required: ['template'],
        properties: {
          template: { ...ref('io.k8s.api.core.v1.PodTemplateSpec') },
          limits: { type: 'object', additionalProperties: ref(quantity) },
        },
      },
      'io.k8s.api.core.v1.PodTemplateSpec': {
        type: 'object',
        properties: { metadata: ref(`${meta}.ObjectMeta`), port: ref(intOrString) },
      },
    };
    const v2 = await printOpenApi(smallOpenApi([job(ref(spec))], definitions));
    // v3 wraps references to say something beside them, and knows the unions that v2 calls text.
    const wrapped = {
      ...definitions,
      [quantity]: { oneOf: [text, { type: 'number' }] },
      [intOrString]: { format: 'int-or-string', oneOf: [{ type: 'integer' }, text] },
      [spec]: {
        ...definitions[spec],
        properties: {
          ...definitions[spec].properties,
          template: { allOf: [ref('io.k8s.api.core.v1.PodTemplateSpec')], default: {} },
        },
      },
    };
    const v3 = await printOpenApi(smallOpenApi([job(ref(spec))], wrapped, { v: 3 }));
    expect(v3).toEqual(v2);
    expect(Object.keys(v2.files)).toContain('core/v1/types.ts');
    const printed = declarationOf(v2.files['apps/v1/types.ts'] ?? '', 'JobSpecManifest');
    show(context, { given: { v2: definitions[spec].properties, v3: wrapped[spec].properties }, printed });
  });
});

describe('F34 shared definitions', () => {
  const podSpec = 'io.k8s.api.core.v1.PodSpec';
  const template = 'io.k8s.api.core.v1.PodTemplateSpec';
  const definitions = {
    ...support,
    [podSpec]: { type: 'object', required: ['image'], properties: { image: text, memory: ref(quantity) } },
    [template]: { type: 'object', properties: { metadata: ref(`${meta}.ObjectMeta`), spec: ref(podSpec) } },
    [spec]: { type: 'object', properties: { template: ref(template), claims: ref('io.k8s.api.core.v1.Pod') } },
  };
  const pod: SmallResource = {
    kind: 'Pod',
    group: '',
    id: 'io.k8s.api.core.v1.Pod',
    schema: {
      type: 'object',
      properties: { apiVersion: text, kind: text, metadata: ref(`${meta}.ObjectMeta`), spec: ref(podSpec) },
    },
  };
  const printed = printOpenApi(smallOpenApi([pod, job(ref(spec))], definitions), { docs: false });

  it('are printed once, in the folder of their package, and imported as types', async (context) => {
    const { files } = await printed;
    const [imported = ''] = /^import type [^]*?;$/m.exec(files['apps/v1/types.ts'] ?? '') ?? [];
    show(context, { given: { JobSpec: definitions[spec], PodTemplateSpec: definitions[template] }, printed: imported });
    expect(Object.values(files).filter((file) => file.includes('interface PodSpec '))).toHaveLength(1);
    expect(files['core/v1/types.ts']).toContain('export interface PodSpec extends PodSpecManifest {');
    expect(files['apps/v1/types.ts']).toMatch(
      /import type \{\n {2}EmbeddedPod,\n {2}EmbeddedPodManifest,\n {2}PodTemplateSpec,\n {2}PodTemplateSpecManifest,\n\} from '..\/..\/core\/v1\/types.js';/,
    );
  });

  it("a kind's spec keeps the name of the contract, in its own module too", async () => {
    const { files } = await printed;
    expect(files['core/v1/pod.ts']).toContain("export type { PodSpec, PodSpecManifest } from './types.js';");
    expect(declarationOf(files['core/v1/pod.ts'] ?? '', 'PodManifest')).toContain('readonly spec?: PodSpecManifest;');
  });

  it('a kind inside another kind is an object without an identity', async () => {
    const { files } = await printed;
    expect(declarationOf(files['core/v1/types.ts'] ?? '', 'EmbeddedPodManifest')).toBe(
      'export interface EmbeddedPodManifest {\n  readonly apiVersion?: string;\n  readonly kind?: string;\n  readonly metadata?: EmbeddedMeta;\n  readonly spec?: PodSpecManifest;\n}',
    );
  });

  it.each([
    ['v1.37.2', '// From the OpenAPI document of Kubernetes, version v1.37.2.'],
    ['unversioned', '// From the OpenAPI document of Kubernetes.'],
  ])(
    'the head of a module says which version of a document it is from, where it has one: %s',
    async (version, line) => {
      const text = smallOpenApi([pod], definitions).replace('"v1.0.0"', JSON.stringify(version));
      const { files } = await printOpenApi(text);
      expect(files['core/v1/pod.ts']?.split('\n')[1]).toBe(line);
    },
  );

  it('an index lists them by name', async () => {
    const { files } = await printed;
    expect(files['core/v1/index.ts']).toMatch(/export type \{[^}]*\bPodTemplateSpec,[^}]*\} from '.\/types.js';/);
  });

  it('a definition that contains itself is a type that refers to itself', async () => {
    const self = { type: 'object', properties: { not: ref('io.example.apps.v1.Props'), x: text } };
    const text2 = await specOf(
      { a: ref('io.example.apps.v1.Props') },
      { definitions: { 'io.example.apps.v1.Props': self } },
    );
    expect(declarationOf(text2, 'Props')).toContain('readonly not?: Props;');
  });

  it('only what the wanted kinds need is printed', async () => {
    const { files } = await printOpenApi(smallOpenApi([pod, job(ref(spec))], definitions), {
      include: ['core/Pod'],
    });
    expect(Object.keys(files).filter((path) => path.startsWith('apps/'))).toEqual([]);
    expect(files['core/v1/types.ts']).not.toContain('PodTemplateSpec');
  });
});

describe('F36 a kind that both a CRD and OpenAPI describe', () => {
  it('is made once, from the CRD', async (context) => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: jobs.apps.dev }
spec:
  group: apps.dev
  scope: Namespaced
  names: { kind: Job, plural: jobs, singular: job, listKind: JobList, shortNames: [jb] }
  versions:
    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }
`;
    const openapi = smallOpenApi([job(text, { group: 'apps.dev' })], support);
    const { files, messages } = await printOpenApi([crd, openapi]);
    expect(messages).toEqual([]);
    expect(files['apps.dev/v1/job.ts']).toContain("shortNames: ['jb'],");
    expect(files['apps.dev/v1/job.ts']).toContain('From CustomResourceDefinition jobs.apps.dev, version v1.');
    show(context, {
      given: `${crd}---\nopenapi: 3.0.0 # with the operations of apps.dev/v1 jobs\n`,
      printed: Object.keys(files).join('\n'),
    });
  });
});
