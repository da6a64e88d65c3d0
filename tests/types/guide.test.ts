import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../support/type-check.js';
import { createFooProject } from './foo-project.js';

describe.each(['types.md', 'reflectors.md'])('docs/guide/%s', (name) => {
  const guide = readFileSync(new URL(`../../docs/guide/${name}`, import.meta.url), 'utf8');
  const snippets = [...guide.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  let folder: string;

  beforeAll(async () => {
    folder = await createFooProject({ 'guide.ts': snippets.join('\n') });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('every snippet compiles, one after the other', async () => {
    expect(snippets.length).toBeGreaterThan(5);
    expect(await compile(folder, { compiler: 'typescript7', include: ['guide.ts'], runtime: 'declarations' })).toEqual(
      [],
    );
  });
});
