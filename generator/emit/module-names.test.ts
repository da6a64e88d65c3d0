import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createModuleImports, runtimeNames } from './module-names.js';

describe('imports of a generated module', () => {
  it('every name that a module may import is exported by the runtime', () => {
    const contract = readFileSync(new URL('../../runtime/src/codegen1.ts', import.meta.url), 'utf8');
    for (const name of runtimeNames) expect(contract).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('only what is used is imported, and what a local name hides goes by another', () => {
    const imports = createModuleImports(new Set(['Reflector', 'ObjectMeta']), {
      file: 'example.dev/v1/foo',
      names: new Map(),
      extension: '.js',
    });
    expect(imports.use('ObjectMeta')).toBe('ObjectMeta$');
    expect(imports.use('ReflectorOf')).toBe('Reflector$');
    expect(imports.use('defineResource')).toBe('defineResource');
    expect(imports.specifiers()).toEqual([
      'ReflectorOf as Reflector$',
      'defineResource',
      'type ObjectMeta as ObjectMeta$',
    ]);
  });

  it('a shared type called like a name of the runtime gives way to it, used or not', () => {
    const names = ['ObjectMeta', 'Reflector', 'Pod'];
    const imports = createModuleImports(new Set(['Foo']), {
      file: 'example.dev/v1/foo',
      names: new Map(names.map((name) => [name, { file: 'lib/v2/types', names: { read: name, manifest: name } }])),
      extension: '.js',
    });
    const local = names.map((name) =>
      imports.shared({ id: name, group: 'lib', version: 'v2', name, viewsDiffer: false }, 'read'),
    );
    expect(local).toEqual(['LibV2ObjectMeta', 'LibV2Reflector', 'Pod']);
  });
});
