import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { checkConfig, targetKeys } from './check-config.js';
import { defineConfig } from './config.js';
import { templateNames } from '../tools/template.js';

const schema = JSON.parse(readFileSync(new URL('../../schemas/config.schema.json', import.meta.url), 'utf8')) as {
  definitions: { target: { properties: object }; templates: { properties: object } };
};
const bySchema = new Ajv({ strict: false }).compile(schema);

describe('checkConfig', () => {
  it('makes lists of single texts', () => {
    expect(checkConfig(defineConfig({ input: 'crds', include: ['a/*'], exclude: 'b/*' }))).toEqual({
      targets: [{ input: ['crds'], include: ['a/*'], exclude: ['b/*'] }],
    });
  });

  it('gives each target what all share, and lets it say otherwise', () => {
    const config = { docs: false, input: 'crds', targets: [{ out: 'a' }, { out: 'b', docs: true, input: ['x', 'y'] }] };
    expect(checkConfig(config)).toEqual({
      targets: [
        { docs: false, out: 'a', input: ['crds'] },
        { docs: true, out: 'b', input: ['x', 'y'] },
      ],
    });
  });

  it.each<[unknown, string[]]>([
    [{ inputs: 'a' }, ['unknown key "inputs". Did you mean "input"?']],
    [{ importExtention: 'js' }, ['unknown key "importExtention". Did you mean "importExtension"?']],
    [{ targets: [{ output: 'a' }] }, ['unknown key "targets[0].output". Did you mean "out"?']],
    [{ templates: { modul: 'a' } }, ['unknown key "templates.modul". Did you mean "module"?']],
    [JSON.parse('{"__proto__": 1}'), ['unknown key "__proto__"']],
    [{ constructor: 1 }, ['unknown key "constructor"']],
    [{ versions: 'servd' }, ['versions must be one of served, storage, all, not "servd". Did you mean "served"?']],
    [{ importExtension: '.js' }, ['importExtension must be one of js, ts, none, not ".js". Did you mean "js"?']],
    [{ docs: 'no' }, ['docs must be true or false']],
    [{ out: '' }, ['out must be a text that is not empty']],
    [{ out: ['a'] }, ['out must be a text that is not empty']],
    [{ input: [] }, ['input must be a text or a list of texts, none of them empty']],
    [{ include: ['a/b', 1] }, ['include must be a text or a list of texts, none of them empty']],
    [{ targets: [] }, ['targets must be a list of at least one target']],
    [{ targets: [{ targets: [{}] }] }, ['unknown key "targets[0].targets"']],
    [{ targets: ['a'] }, ['targets[0] must be an object']],
    [{ templates: 'a' }, ['templates must be an object']],
    [[], ['the config must be an object']],
    [null, ['the config must be an object']],
    [{ outt: 'a', docs: 1 }, ['unknown key "outt". Did you mean "out"?', 'docs must be true or false']],
  ])('of %j it says what is wrong, and so does the JSON Schema', (config, messages) => {
    expect(checkConfig(config)).toEqual({ messages });
    expect(bySchema(config)).toBe(false);
  });

  it.each([
    {},
    { $schema: './node_modules/kube-gen/schemas/config.schema.json', input: 'crds' },
    {
      input: ['a', '-'],
      out: 'x',
      include: 'a/B',
      exclude: ['c/D'],
      versions: 'all',
      docs: false,
      importExtension: 'ts',
    },
    { targets: [{ input: 'a', out: 'b', templates: { module: 'c.hbs', 'version-index': 'd', 'root-index': 'e' } }] },
  ])('takes %j, and so does the JSON Schema', (config) => {
    expect(checkConfig(config)).toHaveProperty('targets');
    expect(bySchema(config)).toBe(true);
  });

  it('the JSON Schema knows the same keys and templates', () => {
    expect(Object.keys(schema.definitions.target.properties)).toEqual(Object.keys(targetKeys));
    expect(Object.keys(schema.definitions.templates.properties).sort()).toEqual([...templateNames].sort());
  });
});
