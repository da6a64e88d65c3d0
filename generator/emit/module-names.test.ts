import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createModuleImports, type RuntimeName } from './module-names.js';

const everyName: Readonly<Record<RuntimeName, true>> = {
  Cluster: true,
  EmbeddedMeta: true,
  EmbeddedObject: true,
  EmptyObject: true,
  IntOrString: true,
  ManifestMeta: true,
  MapOf: true,
  NamespacedObjectMeta: true,
  ObjectMeta: true,
  OpenEmbeddedObject: true,
  Reflector: true,
  ReflectorOptions: true,
  defineResource: true,
};

describe('imports of a generated module', () => {
  it('every name that a module may import is exported by the runtime', () => {
    const contract = readFileSync(new URL('../../runtime/src/codegen1.ts', import.meta.url), 'utf8');
    for (const name of Object.keys(everyName)) expect(contract).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('only what is used is imported, and what a local name hides goes by another', () => {
    const imports = createModuleImports(new Set(['Reflector', 'ObjectMeta']), {
      file: 'example.dev/v1/foo',
      names: new Map(),
      extension: '.js',
    });
    expect(imports.use('ObjectMeta')).toBe('ObjectMeta$');
    expect(imports.use('Reflector')).toBe('Reflector$');
    expect(imports.use('Cluster')).toBe('Cluster$');
    expect(imports.use('defineResource')).toBe('defineResource');
    expect(imports.specifiers()).toEqual([
      'Reflector as Reflector$',
      'defineResource',
      'type Cluster as Cluster$',
      'type ObjectMeta as ObjectMeta$',
    ]);
  });
});
