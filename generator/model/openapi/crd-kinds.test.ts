import { describe, expect, it } from 'vitest';
import { declarationOf } from '../../../tests/support/small-crd.js';
import { job, printOpenApi, smallOpenApi, support, type SmallResource } from '../../../tests/support/small-openapi.js';

describe('what an API server tells of CRDs in its OpenAPI documents', () => {
  const size = { type: 'integer', default: 0 };
  const custom = {
    type: 'object',
    required: ['size'],
    properties: { size, list: { type: 'array', items: { type: 'object', properties: { size } } } },
  };
  const printed = async (v: 2 | 3, resources: readonly SmallResource[] = [job(custom)]): Promise<string> => {
    const document = smallOpenApi(resources, support, { v });
    // There is one document of v2 for all kinds, those of v3 say what they are of.
    const { files } = await printOpenApi(
      v === 2 ? document : document.replace('"Kubernetes"', '"Kubernetes CRD Swagger"'),
      { docs: false },
    );
    return files['apps/v1/job.ts'] ?? '';
  };

  it('F1, F2 v3 has the defaults that the server fills in: they may be left out, and are there', async () => {
    const module = await printed(3);
    expect(declarationOf(module, 'JobSpecManifest')).toBe(
      'export interface JobSpecManifest {\n  readonly size?: number;\n  readonly list?: readonly JobSpecListManifest[];\n}',
    );
    expect(declarationOf(module, 'JobSpec')).toContain('readonly size: number;');
    expect(declarationOf(module, 'JobSpecList')).toContain('readonly size: number;');
  });

  it('V10 of two versions nobody knows which one is stored, so what may be left out need not be there', async () => {
    const module = await printed(3, [job(custom), { ...job(custom), version: 'v2' }]);
    expect(declarationOf(module, 'JobSpec')).toContain('readonly size?: number;');
    expect(declarationOf(module, 'JobManifest')).toContain('readonly spec?: JobSpec;');
  });

  it('F14 v2 leaves out the type of what may be null, which maps and whole objects show all the same', async () => {
    const lost = {
      map: { additionalProperties: {} },
      whole: { 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
      text: { pattern: '^a' },
    };
    const { files } = await printOpenApi(smallOpenApi([job({ type: 'object', properties: lost })], support), {
      docs: false,
    });
    expect(declarationOf(files['apps/v1/job.ts'] ?? '', 'JobSpec')).toBe(`export interface JobSpec {
  readonly map?: { readonly [key: string]: unknown } | null;
  readonly whole?: OpenEmbeddedObject | null;
  readonly text?: unknown;
}`);
  });

  it.each([
    ['v3', 3, 'Kubernetes CRD Swagger'],
    ['v3 of built-in kinds', 3, 'Kubernetes'],
    ['v2 of others', 2, 'Mine'],
  ] as const)('F14 a map without a type is not null because of that in %s', async (_, v, title) => {
    const map = { additionalProperties: { type: 'string' } };
    const document = smallOpenApi([job({ type: 'object', properties: { map } })], support, { v });
    const { files } = await printOpenApi(document.replace('"Kubernetes"', `"${title}"`), { docs: false });
    expect(declarationOf(files['apps/v1/job.ts'] ?? '', 'JobSpec')).not.toContain('null');
  });

  it.each([2, 3] as const)('F2 an object may have no spec, whatever the spec asks for, in v%i', async (v) => {
    expect(declarationOf(await printed(v), 'Job')).toContain('readonly spec?: JobSpec;');
  });
});
