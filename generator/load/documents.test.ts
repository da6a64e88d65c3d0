import { describe, expect, it } from 'vitest';
import { show } from '../../tests/support/fidelity-example.js';
import { readDocuments, type Source } from './documents.js';

async function read(text: string, o: Partial<Source> = {}) {
  const { documents, diagnostics } = await readDocuments({ file: 'a.yaml', text, ...o });
  return { documents: [...documents], diagnostics };
}

describe('readDocuments', () => {
  it('reads several documents, empty ones too', async () => {
    const { documents, diagnostics } = await read('kind: A\n---\n# nothing\n---\nkind: B\n');
    expect(diagnostics).toEqual([]);
    expect(documents.map(({ value, source }) => [value, source.document])).toEqual([
      [{ kind: 'A' }, 0],
      [null, 1],
      [{ kind: 'B' }, 2],
    ]);
  });

  it('unwraps lists, nested ones too, and remembers where each item stands', async () => {
    const { documents } = await read('kind: List\nitems: [{kind: A}, {kind: List, items: [{kind: B}]}, {kind: C}]');
    expect(documents.map(({ value, path }) => [value, path])).toEqual([
      [{ kind: 'A' }, ['items', 0]],
      [{ kind: 'B' }, ['items', 1, 'items', 0]],
      [{ kind: 'C' }, ['items', 2]],
    ]);
  });

  it('V13: items of a typed list go without apiVersion and kind', async (context) => {
    const text = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinitionList\nitems:\n  - {}\n';
    const { documents } = await read(text);
    const implied = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
    expect(documents[0]?.implied).toEqual(implied);
    show(context, { given: text, printed: JSON.stringify(implied) });
  });

  it('one bad document does not hide the next, and each has its line', async () => {
    const { documents, diagnostics } = await read('kind: A\n---\na: [\n---\nkind: B\n---\n# c\nb: 1\nb: 2\n');
    expect(documents.map(({ value }) => value)).toEqual([{ kind: 'A' }, null, { kind: 'B' }, null]);
    expect(diagnostics).toEqual([
      expect.objectContaining({ severity: 'error', file: 'a.yaml' }),
      { severity: 'error', file: 'a.yaml', line: 9, message: expect.stringContaining('1 line further up') },
    ]);
    expect(diagnostics[0]?.line).toBeGreaterThanOrEqual(3);
    expect(diagnostics[0]?.line).toBeLessThanOrEqual(4);
  });

  it('F38: JSON objects one after the other are documents, as kubectl takes what jq prints', async (context) => {
    const text = '{"kind": "A", "a": "}{"}\n{\n  "kind": "B"\n}{"kind": "List", "items": [{"kind": "C"}]}\n';
    const { documents, diagnostics } = await read(text);
    expect(diagnostics).toEqual([]);
    expect(documents.map(({ value, source, path }) => [value, source.document, path])).toEqual([
      [{ kind: 'A', a: '}{' }, 0, []],
      [{ kind: 'B' }, 1, []],
      [{ kind: 'C' }, 2, ['items', 0]],
    ]);
    show(context, { given: text, printed: JSON.stringify(documents.map(({ value }) => value)) });
  });

  it('one bad JSON object of several does not hide the next, and each has its line', async () => {
    const { documents, diagnostics } = await read('{"kind": "A"}\n{"b": 1,\n "b": 2}\n{"kind": "C"}\n{"d": [');
    expect(documents.map(({ value }) => value)).toEqual([{ kind: 'A' }, null, { kind: 'C' }, null]);
    expect(diagnostics.map(({ line, message }) => [line, message])).toEqual([
      [3, 'the key "b" was already there in the same object, 1 line further up'],
      [5, 'the JSON ends too early: it was cut off'],
    ]);
  });

  it.each(['{"a": 1}}', '{"a": 1} b', '{a: 1} {b: 2}', "{a: '}{'} {"])('%s is one broken document', async (text) => {
    expect((await read(text)).diagnostics).toHaveLength(1);
  });

  it.for<[string, string, unknown]>([
    ['words', 'a: [yes, y, On, off, N, "yes"]', { a: [true, true, true, false, false, 'yes'] }],
    ['numbers', 'a: [0755, 0o755, 1_000, 0x1F]', { a: [493, 493, 1000, 31] }],
    ['text that looks like something else', 'a: [2020-01-01, 12:30, =]', { a: ['2020-01-01', '12:30', '='] }],
    ['keys', 'on: 1\nno: 2\n1.50: 3\n0x10: 4', { true: 1, false: 2, '1.5': 3, '16': 4 }],
  ])('V18: %s', async ([, text, value], context) => {
    const [document] = (await read(text)).documents;
    expect(document?.value).toEqual(value);
    show(context, { given: text, printed: JSON.stringify(document?.value) });
  });

  it.for<[string, string, string]>([
    [
      'a key twice',
      'a: 1\nb: 2\na: 3\n',
      'a.yaml:3: the key "a" was already there in the same object, 2 lines further up',
    ],
    ['a null key', '~: 1\n', 'a.yaml:1: a key may not be null'],
  ])('F38: %s is an error with its line', async ([, text, message], context) => {
    const said = (await read(text)).diagnostics.map((one) => `${one.file}:${one.line}: ${one.message}`);
    expect(said).toEqual([message]);
    show(context, { given: text, printed: said.join('\n') });
  });

  it('F38: merge keys and anchors work', async () => {
    const [document] = (await read('base: &base {a: 1, b: 2}\nx:\n  <<: *base\n  b: 3\n')).documents;
    expect(document?.value).toEqual({ base: { a: 1, b: 2 }, x: { a: 1, b: 3 } });
  });

  it('F38: quoted text may go on in lines that stand in too little, as go-yaml takes it', async () => {
    const text = "a:\n  b: 'one\n  two\n\n  three'\n  c: \"x\ny\"\nd: [\n1,\n2\n]\ne: {\nf: 'it''s\nme'\n}\n";
    const { documents, diagnostics } = await read(text);
    expect(diagnostics).toEqual([]);
    expect(documents[0]?.value).toEqual({ a: { b: 'one two\nthree', c: 'x y' }, d: [1, 2], e: { f: "it's me" } });
    expect((await read(`${text}g: [\n`)).diagnostics).toHaveLength(1);
  });

  it('F38: a Helm template is called one', async () => {
    const { diagnostics } = await read('{{- if .Values.crds }}\nkind: CustomResourceDefinition\n{{- end }}\n');
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.severity).toBe('error');
    expect(diagnostics[0]?.message).toContain('this looks like a Helm template; render it first');
  });

  it('in a folder a file that does not parse is a warning, unless it speaks of what modules are made of', async () => {
    const broken = '{{ if x }}\nkind: Deployment\n';
    expect((await read(broken)).diagnostics[0]?.severity).toBe('error');
    expect((await read(broken, { found: true })).diagnostics[0]?.severity).toBe('warning');
    for (const text of [
      `${broken}# CustomResourceDefinition`,
      '{"paths":{"/apis/apps/v1/deployments":{"get":{"x-kubernetes-group-version-kind":{"group":"apps"',
      '{"openapi":"3.0.0","paths":{',
      '{\n  "swagger": "2.0",\n  "paths": {',
      '# a comment\n---\nopenapi: 3.0.0\ninfo: {title: [}\n',
      '{"$schema":"http://json-schema.org/draft-07/schema#","properties":{',
    ])
      expect((await read(text, { found: true })).diagnostics).toMatchObject([{ severity: 'error' }]);
  });

  it('in a folder a file with many documents that do not parse is one warning', async () => {
    const { documents, diagnostics } = await read('kind: A\n---\n{{ if x }}\na: 1\n---\nkind: B\n---\nb: [\n', {
      found: true,
    });
    expect(documents.map(({ value }) => value)).toEqual([{ kind: 'A' }, null, { kind: 'B' }, null]);
    expect(diagnostics).toMatchObject([{ severity: 'warning', line: 4 }]);
    expect(diagnostics[0]?.message).toMatch(
      /^2 documents cannot be read and were skipped, the first for this: .* Helm template/,
    );
  });

  it('F38: alias bombs are stopped', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    const { documents, diagnostics } = await read(`a0: &a0 [x]\n${levels.join('\n')}\n`);
    expect(documents).toEqual([]);
    expect(diagnostics[0]?.message).toContain('aliases');
  });

  it('a broken document beside hundreds of thousands that only end is one fault', async () => {
    const { documents, diagnostics } = await read(`---\n${'a: 1\n...\n'.repeat(200_000)}---\n[\n`);
    expect(documents).toHaveLength(200_001);
    expect(diagnostics).toMatchObject([{ severity: 'error', line: 400_004 }]);
  });

  it.each([
    ['line ends of old', `${'\r'.repeat(30_000)}\n---\n[\n---\na: 1\n`, 1],
    ['spaces', `${' '.repeat(50_000)}\n---\n[\n---\na: 1\n`, 1],
    [
      'broken documents',
      `${'---\n[\n'.repeat(5000)}--- # ${'x'.repeat(2_000_000)}\nkind: CustomResourceDefinition\n`,
      5000,
    ],
  ])('what is broken behind ever so many %s is told at once', async (_title, text, count) => {
    const start = process.cpuUsage();
    const { diagnostics } = await read(text, { found: true });
    expect(diagnostics).toHaveLength(count);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(3);
  });

  it('nesting without end is a clear error', async () => {
    for (const text of ['['.repeat(5_000_000), '- '.repeat(1_000_000)]) {
      const { documents, diagnostics } = await read(text);
      expect(documents).toEqual([]);
      expect(diagnostics[0]?.message).toMatch(/nest/);
    }
  });
});
