import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printSmall } from '../support/small-crd.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';
import { writeProject } from '../support/type-check.js';
import { createLanguageService } from './language-service.js';

const text = { type: 'string' };
const oneOf = (...names: string[]): object => ({ oneOf: names.map((name) => ({ required: [name] })) });
const anyOf = (...names: string[]): object => ({ anyOf: names.map((name) => ({ required: [name] })) });

/** A rule of a firewall: choices in choices, down from the root. */
const rule = {
  type: 'object',
  description: 'What may pass.',
  properties: {
    from: text,
    to: text,
    tls: {
      type: 'object',
      description: 'How it is encrypted.',
      properties: { secret: text, issuer: text, depth: { type: 'integer', default: 1 } },
      ...oneOf('secret', 'issuer'),
    },
    plain: { type: 'boolean' },
    notes: { type: 'array', description: 'What to know.', items: { type: 'object', additionalProperties: text } },
  },
  allOf: [anyOf('from', 'to'), oneOf('tls', 'plain', 'notes')],
};
const schema = {
  type: 'object',
  properties: {
    spec: rule,
    specs: { type: 'array', items: rule },
    maybe: {
      type: 'object',
      description: 'Which side.',
      nullable: true,
      properties: { left: text, right: text },
      ...oneOf('left', 'right'),
    },
  },
  ...anyOf('spec', 'specs', 'maybe'),
};

const head = `import type { Foo, FooManifest, FooSpec } from './foo.js';
import { edit, type ApplyOf, type MergePatchOf } from '@kube-gen/runtime/fetch';
declare const foo: Foo; export type { ApplyOf, FooManifest, FooSpec, MergePatchOf }; void [foo, edit];
const meta = { apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' } } as const; void meta;\n`;

const hovers: readonly (readonly [code: string, shows: string, docs?: string])[] = [
  ['foo.▸spec;', '(property) spec?: FooSpec | undefined', 'What may pass.'],
  ['const ▸spec = foo.spec;', 'const spec: FooSpec | undefined'],
  ['foo.▸specs;', '(property) FooBase.specs?: readonly FooSpec[] | undefined'],
  [
    'foo.spec?.▸notes;',
    '(property) notes?: readonly {\n    readonly [key: string]: string;\n}[] | undefined',
    'What to know.',
  ],
  ['foo.▸maybe;', '(property) maybe?: FooMaybe | null | undefined', 'Which side.'],
  ['foo.spec?.▸tls;', '(property) tls?: FooSpecTls | undefined', 'How it is encrypted.'],
  ['foo.spec?.tls?.▸depth;', '(property) FooSpecTlsBase.depth: number | undefined'],
  [
    "export const written = { ...meta, spec: { from: 'a', ▸tls: { secret: 's' } } } satisfies FooManifest;",
    '(property) tls: FooSpecTlsManifest',
    'How it is encrypted.',
  ],
  ['edit(foo, (draft) => { void draft.▸spec; });', '(property) spec?: DraftOf<FooSpec> | undefined', 'What may pass.'],
  ['edit(foo, (draft) => { void draft.▸specs; });', '(property) specs?: DraftOf<FooSpec>[] | undefined'],
  ['edit(foo, (draft) => { void draft.spec?.▸tls; });', '(property) tls?: DraftOf<FooSpecTls> | undefined'],
  [
    'declare const part: ApplyOf<FooManifest>; void part.▸spec;',
    '(property) spec?: PartOf<FooSpecManifest> | undefined',
  ],
  [
    'declare const part: ApplyOf<FooManifest>; void part.spec?.▸tls;',
    '(property) tls?: PartOf<FooSpecTlsManifest> | undefined',
  ],
  [
    'declare const patch: MergePatchOf<FooManifest>; void patch.▸spec;',
    '(property) spec?: ChangeOf<FooSpecManifest> | null | undefined',
  ],
];

const errors: readonly (readonly [code: string, says: string])[] = [
  [
    'export const a: FooManifest = { ...meta, spec: { plain: true } };',
    "is not assignable to type 'FooSpecManifest | undefined'.",
  ],
  [
    'export const a: FooManifest = { ...meta, spec: 5 };',
    "Type 'number' is not assignable to type 'FooSpecManifest | undefined'.",
  ],
  [
    "export const a: FooManifest = { ...meta, spec: { from: 'a', tls: 5 } };",
    "Type 'number' is not assignable to type 'FooSpecTlsManifest | undefined'.",
  ],
  [
    'void edit(foo, (draft) => { draft.spec = { plain: true }; });',
    "is not assignable to type 'DraftOf<FooSpec> | undefined'.",
  ],
];

describe('what an editor shows of a field with a choice that another choice asks for', () => {
  const folder = useTemporaryFolder('hover-choices');
  let service: ts.LanguageService;

  beforeAll(() => {
    const uses = [...hovers, ...errors].map(([code], i) => ({
      path: `use${i}.ts`,
      content: head + code.replace('▸', ''),
    }));
    writeProject(folder, [{ path: 'foo.ts', content: printSmall({ schema }).text }, ...uses]);
    service = createLanguageService(
      folder,
      uses.map(({ path }) => path),
    );
  });
  afterAll(() => service.dispose());

  it.each(hovers.map(([code, shows, docs = ''], i) => ({ code, shows, docs, file: `use${i}.ts` })))(
    '$code: its name',
    ({ code, shows, docs, file }) => {
      const path = join(folder, file);
      expect(service.getSemanticDiagnostics(path).map(({ messageText }) => messageText)).toEqual([]);
      const info = service.getQuickInfoAtPosition(path, head.length + code.indexOf('▸'));
      expect(ts.displayPartsToString(info?.displayParts)).toBe(shows);
      expect(ts.displayPartsToString(info?.documentation)).toContain(docs);
    },
  );

  it.each(errors.map(([code, says], i) => ({ code, says, file: `use${hovers.length + i}.ts` })))(
    '$code: a message with its name',
    ({ says, file }) => {
      const found = service.getSemanticDiagnostics(join(folder, file));
      expect(found).toHaveLength(1);
      const [line] = ts.flattenDiagnosticMessageText(found[0]?.messageText, '\n').split('\n');
      expect(line).toContain(says);
    },
  );
});
