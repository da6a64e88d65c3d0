import { describe, expect, it } from 'vitest';
import { generate } from '../../generate.js';
import { createFaultList } from '../fault.js';
import type { JsonMap } from '../json-value.js';
import { checkDefinitions } from './check-definitions.js';
import { checkReferences } from './check-references.js';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { printOpenApi, ref, smallOpenApi } from '../../../tests/support/small-openapi.js';

describe('an OpenAPI document', () => {
  it.each([2, 3] as const)('that was cut off (v%i) is one clear error, wherever it was cut', async (v) => {
    const whole = smallOpenApi(
      [
        {
          kind: 'Deployment',
          schema: { type: 'object', description: 'a "text" with \\ in it', properties: { spec: ref('a.Spec') } },
        },
      ],
      { 'a.Spec': { type: 'object', properties: { on: { type: 'boolean', default: true }, n: { maximum: -1.5e3 } } } },
      { v },
    );
    for (let end = 1; end < whole.length; end += 7) {
      const { files, messages } = await printOpenApi(whole.slice(0, end));
      expect([Object.keys(files), messages, end]).toEqual([
        [],
        ['error: openapi-0.json:1: the JSON ends too early: it was cut off'],
        end,
      ]);
    }
  });

  it('of no kind is nothing to speak of in a folder of the documents of an API server, and an error where it was named', async () => {
    const index = JSON.stringify({
      openapi: '3.0.0',
      info: { title: 'Kubernetes', version: '1.37' },
      paths: { '/apis/apps/': { get: { operationId: 'getAppsAPIGroup' } } },
    });
    const kinds = smallOpenApi([{ kind: 'Deployment', schema: { type: 'object' } }], {}, { v: 3 });
    const inFolder = [
      { file: 'v3/apps.json', text: index, found: true },
      { file: 'v3/apps/v1.json', text: kinds, found: true },
    ];
    const { diagnostics, summary } = await generate(inFolder);
    expect([diagnostics, summary.resources.length]).toEqual([[], 1]);
    const named = await generate([{ file: 'apps.json', text: index }]);
    const message =
      'is an OpenAPI document of an API server without kinds: no operation in it names a kind (x-kubernetes-group-version-kind)';
    expect(named.diagnostics).toMatchObject([{ severity: 'error', file: 'apps.json', message }]);
  });

  it('F37: of many references that lead to nothing the first have a guess, and all take no long time', async () => {
    const name = (i: number, end: string): string => `io.example.api.core.v1.Definition${i}${end}`;
    const definitions = Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [
        name(i, ''),
        { properties: Object.fromEntries(Array.from({ length: 20 }, (_, j) => [`p${j}`, ref(name(i, `X${j}`))])) },
      ]),
    );
    const text = smallOpenApi([{ kind: 'Deployment', schema: { type: 'object' } }], definitions);
    const before = process.cpuUsage();
    const { diagnostics } = await generate([{ file: 'a.json', text }]);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10);
    expect(diagnostics.at(-1)?.message).toBe('19000 more errors');
    expect(diagnostics.filter(({ hint }) => hint !== undefined)).toHaveLength(20);
  });

  it.each([2, 3] as const)('may escape the names of definitions as a URL does (v%i)', async (v) => {
    const schema = { type: 'object', properties: { spec: ref('Optional%5Ba~1b.Spec%5D') } };
    const spec = { type: 'object', properties: { on: { type: 'boolean' } } };
    const text = smallOpenApi([{ kind: 'Deployment', schema }], { 'Optional[a/b.Spec]': spec }, { v });
    const { files, messages } = await printOpenApi(text);
    expect(messages).toEqual([]);
    expect(Object.values(files).join('')).toContain('readonly on?: boolean;');
  });

  it('may have ever so many fields in one object', () => {
    const properties = Object.fromEntries(Array.from({ length: 300_000 }, (_, i) => [`a${i}`, {}]));
    const faults = createFaultList();
    checkDefinitions(new Map([['A', { properties }]]), { path: [], faults });
    expect(faults.end()).toEqual([]);
  });

  it('may have ever so many references in one row', () => {
    const name = (i: number): string => `A${i}`;
    const count = 5000;
    const definitions = Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), ref(name(i + 1))]));
    const document = JSON.parse(smallOpenApi([], { ...definitions, [name(count)]: {} })) as JsonMap;
    const faults = createFaultList();
    expect(cpuSeconds(() => checkReferences(document, { path: [], faults }))).toBeLessThan(3);
    expect(faults.end()).toEqual([]);
  });
});
