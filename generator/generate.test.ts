import { describe, expect, it } from 'vitest';
import { crdManifest } from '../tests/support/crd-manifest.js';
import { smallOpenApi } from '../tests/support/small-openapi.js';
import { generate, type GenerateOptions, type GenerateResult } from './generate.js';

interface CrdText {
  readonly kind?: string;
  readonly group?: string;
  readonly versions?: readonly string[];
  readonly type?: string;
}

/** A CRD whose spec has one field, `size`. */
function crd({ kind = 'Foo', group = 'example.dev', versions = ['v1'], type = 'string' }: CrdText = {}): string {
  const plural = `${kind.toLowerCase()}s`;
  const list = versions.map(
    (name, i) => `
    - name: ${name}
      served: ${!name.startsWith('un')}
      storage: ${i === 0}
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: { type: object, description: The spec., properties: { size: { type: ${type} } } }`,
  );
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.${group} }
spec:
  group: ${group}
  names: { kind: ${kind}, plural: ${plural} }
  scope: Namespaced
  versions:${list.join('')}
`;
}

function run(texts: Record<string, string>, options: GenerateOptions = {}): Promise<GenerateResult> {
  return generate(
    Object.entries(texts).map(([file, text]) => ({ file, text })),
    options,
  );
}

const paths = ({ files }: GenerateResult): string[] => files.map(({ path }) => path);
const messages = ({ diagnostics }: GenerateResult): string[] =>
  diagnostics.map((d) => `${d.severity} ${d.file ?? ''}:${d.line ?? ''} ${d.message}`);

/** A schema whose spec has two fields with the same block in each. */
function twice(block: string): string {
  const fields = ['one', 'two'].map(
    (name) => `
                ${name}:
                  type: object
                  properties:
                    same:${block.replaceAll(/^/gm, '\n                      ').replaceAll('\n\n', '\n')}`,
  );
  return `spec:
              type: object
              properties:${fields.join('')}`;
}

describe('generate', () => {
  it.each([
    ['the check of the schema', 'type: strin', ''],
    ['the check of its structure', 'type: object\nnullabel: true', ''],
    ['a rule', 'type: string\nx-kubernetes-validations:\n- rule: self > 1', '.x-kubernetes-validations[0].rule'],
    ['the making of its type', 'type: object\nrequired: [b]\nproperties:\n  a:\n    type: string', ''],
  ])('warns of each place of a block that stands there again: %s', async (_title, block, at) => {
    const places = ['a.yaml', 'b.yaml'].flatMap((file) =>
      [0, 1].flatMap((version) =>
        ['one', 'two'].map(
          (field) =>
            `${file} spec.versions[${version}].schema.openAPIV3Schema.properties.spec.properties.${field}.properties.same${at}`,
        ),
      ),
    );
    const text = crd({ versions: ['v1', 'v2'] }).replaceAll(/spec: \{ type: object.*/g, twice(block));
    const { diagnostics } = await run({ 'a.yaml': text, 'b.yaml': text.replaceAll('example.dev', 'other.dev') });
    expect(diagnostics.map(({ file, path }) => `${file} ${path}`)).toEqual(places);
  });

  it('names the spec of each kind after the kind, also where the very same is a map to all', async () => {
    const spec = `spec:
              type: object
              additionalProperties: { type: string }`;
    const texts = ['Foo', 'Bar'].map((kind) => crd({ kind }).replace(/spec: \{ type: object.*/, spec));
    const { files } = await run({ 'a.yaml': texts[0] ?? '', 'b.yaml': texts[1] ?? '' });
    const found = files.flatMap(({ content }) => content.match(/ spec\??: \w+/g) ?? []);
    expect(new Set(found)).toEqual(new Set([' spec?: BarSpec', ' spec?: FooSpec']));
  });

  it('makes a module for each served version of each CRD, and their indexes', async () => {
    const result = await run({
      'a.yaml': crd({ versions: ['v1', 'v2', 'unserved'] }),
      'b.yaml': crd({ kind: 'Bar', group: 'other.dev' }),
    });
    expect(paths(result)).toEqual([
      'example.dev/v1/foo.ts',
      'example.dev/v1/index.ts',
      'example.dev/v2/foo.ts',
      'example.dev/v2/index.ts',
      'index.ts',
      'other.dev/v1/bar.ts',
      'other.dev/v1/index.ts',
    ]);
    expect(result.diagnostics).toEqual([]);
    expect(result.summary).toEqual({
      resources: [
        { group: 'example.dev', version: 'v1', kind: 'Foo', file: 'a.yaml' },
        { group: 'example.dev', version: 'v2', kind: 'Foo', file: 'a.yaml' },
        { group: 'other.dev', version: 'v1', kind: 'Bar', file: 'b.yaml' },
      ],
      skipped: {},
      sources: 2,
    });
  });

  it('takes the versions that are asked for', async () => {
    const texts = { 'a.yaml': crd({ versions: ['unserved', 'v2'] }) };
    expect(paths(await run(texts, { versions: 'storage' }))).toContain('example.dev/unserved/foo.ts');
    expect(paths(await run(texts, { versions: 'all' }))).toHaveLength(5);
    expect(paths(await run(texts))).not.toContain('example.dev/unserved/foo.ts');
  });

  it('gives the same bytes whatever the order of the inputs', async () => {
    const texts = {
      'a.yaml': crd(),
      'b.yaml': crd({ kind: 'Bar' }),
      'c.yaml': crd({ kind: 'Baz', group: 'z.dev' }),
      'd.yaml': crd(),
    };
    const backwards = Object.fromEntries(Object.entries(texts).reverse());
    expect((await run(backwards)).files).toEqual((await run(texts)).files);
  });

  it('passes the other options on', async () => {
    const module = async (options: GenerateOptions): Promise<string> =>
      (await run({ 'a.yaml': crd() }, options)).files.find(({ path }) => path.endsWith('foo.ts'))?.content ?? '';
    expect(await module({})).toContain('The spec.');
    expect(await module({ docs: false })).not.toContain('The spec.');
    const index = (await run({ 'a.yaml': crd() }, { importExtension: 'none' })).files.at(-1);
    expect(index?.content).toContain("from './example.dev/v1/index'");
  });

  describe('with --include and --exclude', () => {
    const texts = { 'a.yaml': crd({ versions: ['v1', 'v2'] }), 'b.yaml': crd({ kind: 'Bar', group: 'other.dev' }) };

    it('takes only what is wanted', async () => {
      expect(paths(await run(texts, { include: ['other.dev/*'] }))).toEqual([
        'index.ts',
        'other.dev/v1/bar.ts',
        'other.dev/v1/index.ts',
      ]);
      expect(paths(await run(texts, { exclude: ['other.dev/*', '*/v2/*'] }))).toEqual([
        'example.dev/v1/foo.ts',
        'example.dev/v1/index.ts',
        'index.ts',
      ]);
    });

    it('does not complain about a CRD that is left out', async () => {
      const broken = { ...texts, 'c.yaml': crd({ kind: 'Bad', type: 'strng' }) };
      expect((await run(broken)).files).toEqual([]);
      expect((await run(broken, { exclude: ['*/Bad'] })).diagnostics).toEqual([]);
    });

    it('warns of a pattern that matches nothing, and refuses to make nothing', async () => {
      expect(messages(await run(texts, { exclude: ['x.dev/*'] }))).toEqual([
        'warning : the pattern "x.dev/*" matches no resource',
      ]);
      expect(messages(await run(texts, { include: ['x.dev/*'] }))).toEqual([
        'warning : the pattern "x.dev/*" matches no resource',
        'error : nothing to make of the 2 CRDs found',
      ]);
      expect((await run(texts, { exclude: ['*/*'] })).diagnostics).toEqual([
        {
          severity: 'error',
          message: 'nothing to make of the 2 CRDs found',
          hint: 'Do the patterns of --include and --exclude leave it out?',
        },
      ]);
      expect(messages(await run(texts, { include: ['Foo'] }))[0]).toContain('must be group/Kind or group/version/Kind');
    });

    it('says so, too, where the patterns leave out all of an OpenAPI document, or it has no kind that can be reached', async () => {
      const jobs = smallOpenApi([{ kind: 'Job', schema: { type: 'object' } }]);
      expect(messages(await run({ 'a.json': jobs }, { exclude: ['apps/*'] }))).toEqual([
        'error a.json: nothing to make of the one OpenAPI document found',
      ]);
      expect(messages(await run({ ...texts, 'c.json': jobs, 'd.json': jobs }, { exclude: ['*/*'] }))).toEqual([
        'error : nothing to make of the 2 CRDs and the 2 OpenAPI documents found',
      ]);
      const anyKind = jobs.replaceAll('/jobs', '/{resource}');
      expect(messages(await run({ 'a.json': anyKind }))).toEqual([
        'error a.json: nothing to make of the one OpenAPI document found',
      ]);
      expect((await run({ 'a.json': jobs }, { exclude: ['apps/*'], mayBeEmpty: true })).diagnostics).toEqual([]);
    });
  });

  describe('with the same CRD twice', () => {
    it('takes it once if both say the same, in whatever words', async () => {
      const other = `# a comment\n${crd().replace('{ size: { type: string } }', '{ "size": { "type": "string" } }')}`;
      expect(other).toContain('"size"');
      const result = await run({ 'a.yaml': crd(), 'b.yaml': other });
      expect(result.diagnostics).toEqual([]);
      expect(result.summary.resources.map(({ file }) => file)).toEqual(['a.yaml']);
    });

    it('names both if they differ', async () => {
      const result = await run({ 'a.yaml': crd(), 'b.yaml': crd({ type: 'integer' }) });
      expect(result.files).toEqual([]);
      expect(messages(result)).toEqual([
        'error b.yaml:3 the CRD foos.example.dev is there twice, and differs from the one in a.yaml',
      ]);
    });

    it('reads the others no more than once again, also where one text repeats the CRDs of several in turns', async () => {
      const documents = Array.from({ length: 30 }, (_, i) => crd({ kind: `Foo${i}` }));
      let reads = 0;
      const parts = [0, 1, 2].map((from) => {
        const part = documents.filter((_, i) => i % 3 === from).join('---\n');
        return {
          file: `${from}.yaml`,
          get text() {
            reads += 1;
            return part;
          },
        };
      });
      const { diagnostics, summary } = await generate([...parts, { file: 'all.yaml', text: documents.join('---\n') }]);
      expect([diagnostics, summary.resources.length]).toEqual([[], 30]);
      // Each reading asks for the text a few times.
      expect(reads).toBeLessThan(30);
    });

    it('V17: names both if two CRDs want one kind', async () => {
      const second = crd().replaceAll('foos', 'fooz');
      expect(messages(await run({ 'a.yaml': `${crd()}---\n${second}` }))).toEqual([
        'error a.yaml:20 the kind Foo of the group example.dev is there twice: as foos further up in this file, and here as fooz',
      ]);
    });
  });

  it('reports every fault of every document, and makes nothing', async () => {
    const result = await run({
      'a.yaml': `${crd({ type: 'strng' })}---\na: [\n---\n${crd({ kind: 'Bar', type: 'nubmer' })}`,
      'b.yaml': crd({ kind: 'Baz' }).replace('Namespaced', 'Everywhere'),
    });
    expect(result.files).toEqual([]);
    expect(messages(result).map((message) => message.split(' ')[1]?.split(':')[0])).toEqual([
      'a.yaml',
      'a.yaml',
      'a.yaml',
      'b.yaml',
    ]);
    expect(messages(result).join('\n')).toMatch(/"strng"[^]*"nubmer"[^]*"Everywhere"/);
  });

  it('names the place of a fault in what all versions of a v1beta1 CRD share, once', async () => {
    const text = crd({ versions: ['v1', 'v2'] })
      .replace('extensions.k8s.io/v1', 'extensions.k8s.io/v1beta1')
      .replaceAll(/\n      schema:[^]*?size[^\n]*/g, '');
    const validation =
      '  validation:\n    openAPIV3Schema:\n      type: object\n      required: [none]\n      properties: {}\n';
    const { diagnostics } = await run({ 'a.yaml': text + validation });
    expect(diagnostics.filter(({ message }) => message.includes('none'))).toEqual([
      expect.objectContaining({ path: 'spec.validation.openAPIV3Schema', line: text.split('\n').length + 1 }),
    ]);
  });

  it('counts documents of other kinds, and says when there is nothing else', async () => {
    const other =
      'apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Service\n---\napiVersion: apps/v1\nkind: Deployment\n';
    expect((await run({ 'a.yaml': crd(), 'b.yaml': other })).summary.skipped).toEqual({ Service: 2, Deployment: 1 });
    expect(messages(await run({ 'b.yaml': other }))).toEqual([
      'error b.yaml: no CustomResourceDefinition or OpenAPI document found, only other kinds: 2 Service, 1 Deployment',
    ]);
    expect(messages(await run({ 'a.yaml': '', 'b.yaml': '# nothing' }))).toEqual([
      'error : no CustomResourceDefinition or OpenAPI document found',
    ]);
  });

  it.each([
    [crd().replace('kind: Custom', 'kind: Costum'), 'Did you mean the kind "CustomResourceDefinition"?'],
    [
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
      'Render it first: kubectl kustomize <folder> | kube-gen -',
    ],
    ['apiVersion: example.dev/v1\nkind: CustomResource\n', undefined],
  ])('says where nothing is found what may be meant: %j', async (text, hint) => {
    expect((await run({ 'a.yaml': text })).diagnostics.map((one) => one.hint)).toEqual([hint]);
  });

  it.each([
    ['annotations', 'annotations: { a: b }', ''],
    ['a conversion', '', 'spec: { conversion: { strategy: Webhook } }\n'],
  ])('a patch for a CRD of the run, as kubebuilder writes for Kustomize, is skipped: %s', async (_, more, spec) => {
    const patch = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: foos.example.dev, ${more} }
${spec}`;
    const { diagnostics, summary, files } = await run({ 'a/patch.yaml': patch, 'b/crd.yaml': crd() });
    expect(diagnostics).toEqual([]);
    expect(summary.skipped).toEqual({ 'CustomResourceDefinition (a patch)': 1 });
    expect(files.length).toBeGreaterThan(0);
    const other = await run({ 'a/patch.yaml': patch, 'b/crd.yaml': crd({ kind: 'Bar' }) });
    expect(messages(other)[0]).toMatch(/^error a\/patch.yaml:\d (is missing|spec is missing|group is missing)/);
    expect(other.files).toEqual([]);
  });

  it('a patch for a CRD that is left out is skipped, too', async () => {
    const patch =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: foos.example.dev }\n';
    const { diagnostics } = await run(
      { 'a.yaml': patch, 'b.yaml': crd(), 'c.yaml': crd({ kind: 'Bar' }) },
      { exclude: ['example.dev/Foo'] },
    );
    expect(diagnostics).toEqual([]);
  });

  it('warns of a CRD of which nothing is served', async () => {
    const result = await run({ 'a.yaml': crd(), 'b.yaml': crd({ kind: 'Bar', versions: ['unserved'] }) });
    expect(messages(result)).toEqual([expect.stringMatching(/^warning b\.yaml:8 /)]);
    expect(paths(result)).toHaveLength(3);
  });

  it('tells how far it is', async () => {
    const seen: string[] = [];
    await run({ 'a.yaml': crd(), 'b.yaml': '' }, { onProgress: (done, total) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(['1/2', '2/2']);
  });

  it('F32: reads 3,000 levels of nesting in JSON', async () => {
    const deep = `${'{"type":"object","properties":{"x":'.repeat(3000)}{"type":"string"}${'}}'.repeat(3000)}`;
    const text = JSON.stringify(crdManifest('Foo', { deep: 0 })).replace('{"deep":0}', deep);
    const result = await run({ 'a.json': text });
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(paths(result)).toContain('example.dev/v1/foo.ts');
  });
});
