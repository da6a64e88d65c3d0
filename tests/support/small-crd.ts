import { emit, type EmitOptions } from '../../generator/emit/emit.js';
import { asServerReads } from '../../generator/load/check/as-server-reads.js';
import type { Crd, CrdVersion } from '../../generator/load/crd.js';
import { isMap } from '../../generator/load/json-value.js';
import { buildModels, type VersionChoice } from '../../generator/model/build.js';
import { renderTemplate } from '../../generator/tools/template.js';
import { object } from './schema-words.js';

/** A CRD in a few words: kind `Foo` of `example.dev`, version `v1`, whose `spec` is the given schema. */
export interface SmallCrd extends Partial<Omit<Crd, 'versions'>> {
  readonly spec?: unknown;
  /** The whole schema, instead of `spec`. */
  readonly schema?: unknown;
  /** Instead of one version with that schema. */
  readonly versions?: readonly Partial<CrdVersion>[];
  /** What else the one version says. */
  readonly version?: Partial<CrdVersion>;
}

/** A checked CRD, as the loader makes it. */
export function smallCrd({ spec, schema, version, versions, ...head }: SmallCrd): Crd {
  const kind = head.kind ?? 'Foo';
  const root = schema ?? { type: 'object', ...(spec === undefined ? {} : { properties: { spec } }) };
  const complete = (one: Partial<CrdVersion>, i: number): CrdVersion => {
    const said = 'schema' in one ? one.schema : root;
    return {
      name: `v${i + 1}`,
      served: true,
      storage: i === 0,
      deprecated: false,
      open: false,
      subresources: {},
      printerColumns: [],
      selectableFields: [],
      ...one,
      schema: isMap(said) ? asServerReads(said) : said,
    };
  };
  return {
    source: { file: 'foo.yaml', document: 0 },
    name: `${kind.toLowerCase()}s.${head.group ?? 'example.dev'}`,
    group: 'example.dev',
    kind,
    plural: `${kind.toLowerCase()}s`,
    singular: kind.toLowerCase(),
    listKind: `${kind}List`,
    shortNames: [],
    categories: [],
    scope: 'Namespaced',
    conversionWebhook: false,
    ...head,
    versions: (versions ?? [version ?? {}]).map(complete),
  };
}

/** What is made of some CRDs: the files by path, and the messages. */
export function print(
  crds: readonly Crd[],
  options: Partial<EmitOptions> & { readonly versions?: VersionChoice } = {},
): { files: Record<string, string>; messages: string[] } {
  const { versions = 'served', importExtension = 'js', docs = true } = options;
  const built = crds.map((crd) => buildModels(crd, { versions }));
  const { files, diagnostics } = emit(
    { models: built.flatMap(({ models }) => models) },
    { importExtension, docs, render: renderTemplate },
  );
  const all = [...built.flatMap((one) => one.diagnostics), ...diagnostics];
  return {
    files: Object.fromEntries(files.map(({ path, content }) => [path, content])),
    messages: all.map(({ path, message }) => (path === undefined ? message : `${path}: ${message}`)),
  };
}

/** The module of one small CRD. */
export function printSmall(
  crd: SmallCrd,
  options: Parameters<typeof print>[1] = {},
): { text: string; messages: string[] } {
  const { files, messages } = print([smallCrd(crd)], options);
  return { text: files['example.dev/v1/foo.ts'] ?? Object.values(files)[0] ?? '', messages };
}

/** The declaration of one type in a module, with its comment left out; empty when there is none. */
export function declarationOf(text: string, name: string): string {
  const start = new RegExp(`^(?:export )?(?:interface|type) ${name}(?= (?:=|\\{|extends))`, 'm').exec(text);
  if (start === null) return '';
  const rest = text.slice(start.index);
  const end = /^(?:\}|.*;)$/m.exec(
    rest.startsWith('export type')
      ? rest
      : rest.replace(/^.*;$/gm, (line) => (line.startsWith('  ') ? ' '.repeat(line.length) : line)),
  );
  return end === null ? rest : rest.slice(0, end.index + end[0].length);
}

/** The comment above the field `x` of a spec that has only this field. */
export function commentAbove(schema: object): string {
  const { text } = printSmall({ spec: object({ x: schema }) });
  const declaration = declarationOf(text, 'FooSpecManifest') || declarationOf(text, 'FooSpec');
  return declaration.replace(/^.*\n/, '').replace(/  readonly x\?: .*;\n\}$/, '');
}
