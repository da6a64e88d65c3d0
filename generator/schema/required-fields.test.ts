import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeSchemas, schemaWord as $schema } from '../../tests/support/json-schemas.js';
import { compile, writeProject } from '../../tests/support/type-check.js';

const schema = {
  $schema,
  type: 'object',
  properties: {
    branch: {
      properties: { c: { type: 'string' } },
      anyOf: [{ properties: { c: { description: 'Any.' } }, required: ['c'] }],
    },
    choice: {
      properties: { c: {} },
      required: ['c'],
      allOf: [{ properties: { c: { type: 'string' } } }],
    },
    reference: { $ref: '#/definitions/named', required: ['c'] },
    alone: { properties: { c: {} }, required: ['c'] },
  },
  // The values of such a map are all fields: each is compared with itself.
  additionalProperties: { type: 'number' },
  definitions: { named: { type: 'object', properties: { c: { type: 'string' } } } },
};

const reads = `import type { Values } from './values.js';
export const branch = ({ branch }: Required<Values>): string => branch.c;
export const choice = ({ choice }: Required<Values>): string => choice.c;
export const reference = ({ reference }: Required<Values>): string => reference.c;
export const alone = ({ alone }: Required<Values>, c: unknown): Values => ({ alone: { ...alone, c } });
`;

it('a field that is required in one part of a JSON Schema and has its type in another is read as that type', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-required-fields-'));
  try {
    const { files, messages } = await makeSchemas({ 'values.schema.json': schema });
    expect(messages).toEqual([]);
    writeProject(folder, [
      { path: 'values.ts', content: files['values.ts'] ?? '' },
      { path: 'reads.ts', content: reads },
    ]);
    const errors = await compile(folder, { compiler: 'typescript7', include: ['*.ts'], runtime: 'declarations' });
    expect(errors).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
