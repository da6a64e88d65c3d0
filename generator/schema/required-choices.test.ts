import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { makeSchemas, schemaWord as $schema } from '../../tests/support/json-schemas.js';
import { compile, writeProject } from '../../tests/support/type-check.js';

const text = { type: 'string' };
const fields = { properties: { s3: text, gcs: { type: 'object' }, size: {} }, type: 'object' };
const needs = (...required: string[]): object => ({ required });
const closed = { additionalProperties: false };

/** A schema and values of which an independent validator says what the types must say. */
const cases: Readonly<Record<string, { schema: object; values: readonly object[] }>> = {
  oneOf: {
    schema: { ...fields, ...closed, oneOf: [needs('s3'), { ...needs('gcs'), description: 'Google.' }] },
    values: [{}, { s3: 'a' }, { gcs: {} }, { s3: 'a', gcs: {} }, { s3: 1 }, { s3: 'a', size: null }, { s3: 'a', x: 1 }],
  },
  anyOf: {
    schema: { ...fields, anyOf: [needs('s3'), needs('gcs', 'size')] },
    values: [{}, { s3: 'a' }, { gcs: {} }, { gcs: {}, size: 1 }, { s3: 'a', gcs: {}, size: 1, more: true }],
  },
  'oneOf with two fields in a branch': {
    schema: { ...fields, oneOf: [needs('s3', 'size'), needs('gcs')] },
    values: [{ gcs: {}, s3: 'a' }, { s3: 'a' }, { s3: 'a', size: null }],
  },
  allOf: {
    schema: { ...fields, ...closed, required: ['size'], allOf: [needs('s3'), needs('gcs', 's3')] },
    values: [
      { size: 1, s3: 'a' },
      { size: 1, s3: 'a', gcs: {} },
      { s3: 'a', gcs: {} },
    ],
  },
  'allOf that says more': {
    schema: { ...fields, allOf: [needs('s3'), { properties: { s3: { enum: ['a'] } } }] },
    values: [{}, { s3: 'a' }, { s3: 'b' }],
  },
  'names that every object inherits': {
    schema: { type: 'object', properties: { toString: text, a: text }, oneOf: [needs('a'), needs('toString')] },
    values: [{ a: 'a' }, { toString: 'a' }],
  },
  'any value': {
    schema: { properties: { a: { anyOf: [needs('b'), needs('c')] } }, type: 'object' },
    values: [{ a: 'text' }, { a: { b: 1 } }],
  },
  'no fields of its own': {
    schema: { type: 'object', oneOf: [needs('a'), needs('b', 'c')] },
    values: [{}, { a: 1, x: 1 }, { b: 1, x: 1 }, { b: 1, c: 1, x: 1 }],
  },
  'a map': {
    schema: { type: 'object', additionalProperties: text, anyOf: [needs('a'), needs('b')] },
    values: [{}, { a: 'a', x: 'x' }, { a: 'a', x: 1 }, { a: 1 }],
  },
  'more than can be read': {
    schema: { type: 'object', oneOf: Array.from({ length: 17 }, (_, i) => needs(`f${i}`)) },
    values: [{ f1: 1 }],
  },
};

it('what a JSON Schema only asks for, in allOf or in a choice, the types ask for, too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-required-choices-'));
  const ajv = new Ajv({ strict: false, ownProperties: true });
  const lines: { text: string; isTaken: boolean }[] = [];
  const imports: string[] = [];
  try {
    for (const [i, { schema, values }] of Object.values(cases).entries()) {
      const { files, messages } = await makeSchemas({ 'values.schema.json': { $schema, ...schema } });
      expect(messages).toEqual([]);
      writeProject(folder, [{ path: `values${i}.ts`, content: files['values.ts'] ?? '' }]);
      imports.push(`import type { Values as Values${i} } from './values${i}.js';`);
      for (const value of values) {
        const text = `export const v${lines.length}: Values${i} = ${JSON.stringify(value)};`;
        lines.push({ text, isTaken: ajv.validate(schema, value) });
      }
    }
    writeProject(folder, [{ path: 'use.ts', content: [...imports, ...lines.map(({ text }) => text), ''].join('\n') }]);
    const errors = await compile(folder, { compiler: 'typescript7', include: ['*.ts'], runtime: 'declarations' });
    const refused = new Set(errors.map(({ line }) => line - 1 - imports.length));
    expect(errors.filter(({ file }) => file !== 'use.ts')).toEqual([]);
    expect(lines.filter((_, i) => refused.has(i))).toEqual(lines.filter(({ isTaken }) => !isTaken));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
