import { describe, expect, it } from 'vitest';
import { readDocuments, type Source } from './documents.js';

const read = (text: string, o: Partial<Source> = {}): ReturnType<typeof readDocuments> =>
  readDocuments({ file: 'a.yaml', text, ...o });

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

  it('V13: items of a typed list go without apiVersion and kind', async () => {
    const { documents } = await read(
      '{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinitionList","items":[{}]}',
    );
    expect(documents[0]?.implied).toEqual({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' });
  });

  it('one bad document does not hide the next, and each has its line', async () => {
    const { documents, diagnostics } = await read('kind: A\n---\na: [\n---\nkind: B\n---\n# c\nb: 1\nb: 2\n');
    expect(documents.map(({ value }) => value)).toEqual([{ kind: 'A' }, null, { kind: 'B' }, null]);
    expect(diagnostics).toEqual([
      expect.objectContaining({ severity: 'error', file: 'a.yaml' }),
      { severity: 'error', file: 'a.yaml', line: 9, message: 'this key was already there in the same object' },
    ]);
    expect(diagnostics[0]?.line).toBeGreaterThanOrEqual(3);
    expect(diagnostics[0]?.line).toBeLessThanOrEqual(4);
  });

  it('F38: a Helm template is called one', async () => {
    const { diagnostics } = await read('{{- if .Values.crds }}\nkind: CustomResourceDefinition\n{{- end }}\n');
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.severity).toBe('error');
    expect(diagnostics[0]?.message).toContain('this looks like a Helm template; render it first');
  });

  it('in a folder a file that does not parse is a warning, unless it speaks of CRDs', async () => {
    const broken = '{{ if x }}\nkind: Deployment\n';
    expect((await read(broken)).diagnostics[0]?.severity).toBe('error');
    expect((await read(broken, { found: true })).diagnostics[0]?.severity).toBe('warning');
    expect((await read(`${broken}# CustomResourceDefinition`, { found: true })).diagnostics[0]?.severity).toBe('error');
  });

  it('F38: alias bombs are stopped', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    const { documents, diagnostics } = await read(`a0: &a0 [x]\n${levels.join('\n')}\n`);
    expect(documents).toEqual([]);
    expect(diagnostics[0]?.message).toContain('aliases');
  });

  it('nesting without end is a clear error', async () => {
    for (const text of ['['.repeat(5_000_000), '- '.repeat(1_000_000)]) {
      const { documents, diagnostics } = await read(text);
      expect(documents).toEqual([]);
      expect(diagnostics[0]?.message).toMatch(/nest/);
    }
  });
});
