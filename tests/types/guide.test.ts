import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../support/type-check.js';
import { createFooProject } from './foo-project.js';

const guide = readFileSync(new URL('../../docs/guide/types.md', import.meta.url), 'utf8');

describe('docs/guide/types.md', () => {
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
