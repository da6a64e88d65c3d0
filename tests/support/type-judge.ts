import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { print, smallCrd, type SmallCrd } from './small-crd.js';

/** Expressions for types of one small CRD, and what the compiler must say about them. */
export interface TypeCase {
  readonly crd: SmallCrd;
  /** The type that is probed; default `FooManifest['spec']`. `Foo`, `FooManifest` and everything else of the module can be named. */
  readonly type?: string;
  readonly accept?: readonly string[];
  readonly reject?: readonly string[];
  /** Statements that must compile, on an object `foo: Foo`. */
  readonly compiles?: readonly string[];
  /** Statements that must not. */
  readonly fails?: readonly string[];
}

/** What the compiler said: probes that went the wrong way, with its words. */
export type Verdict = readonly string[];

const repository = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${repository}.judge/`;
const runtime = `
export * from '../runtime/src/resource.js';
import type { Scope } from '../runtime/src/resource.js';
export interface Cluster { readonly server: string }
export interface ReflectorOptions<T, V, S extends Scope> { readonly types?: [T, V, S] }
export declare abstract class ReflectorOf<T, V, S extends Scope> {
  constructor(cluster: Cluster, options?: ReflectorOptions<T, V, S>);
}
`;

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
  types: [],
  noEmit: true,
  paths: { '@kube-gen/runtime/codegen1': [`${folder}codegen1.ts`] },
};

/** Compiles all cases in one program (in memory, with TypeScript's own API) and tells for each what went wrong. */
export function judge<K extends string>(cases: Readonly<Record<K, TypeCase>>): Record<K, Verdict> {
  const files = new Map([[`${folder}codegen1.ts`, runtime]]);
  const probes = Object.entries<TypeCase>(cases).map(([title, one], i) =>
    addCase(files, { title, one, at: `${folder}case${i}/` }),
  );
  const host = memoryHost(files);
  const program = ts.createProgram([...files.keys()], options, host);
  const broken = probes.map(({ title, file, lines, generated }) => {
    const said = diagnosticsOf(program, file);
    const wrong = generated.flatMap((name) =>
      diagnosticsOf(program, name).map(({ text }) => `does not compile: ${text}`),
    );
    for (const { line, code, isGood } of lines) {
      const [first] = said.filter((one) => one.line === line);
      if (isGood && first !== undefined) wrong.push(`refused: ${code}: ${first.text}`);
      if (!isGood && first === undefined) wrong.push(`accepted: ${code}`);
    }
    return [title, wrong] as const;
  });
  // The keys are those of `cases`.
  return Object.fromEntries(broken) as unknown as Record<K, Verdict>;
}

interface Probe {
  readonly line: number;
  readonly code: string;
  readonly isGood: boolean;
}

function addCase(files: Map<string, string>, { title, one, at }: { title: string; one: TypeCase; at: string }) {
  const made = print([smallCrd(one.crd)]).files;
  const generated = Object.keys(made).map((path) => at + path);
  for (const [path, text] of Object.entries(made)) files.set(at + path, text);
  const module = Object.keys(made).find((path) => path.endsWith('/foo.ts')) ?? Object.keys(made)[0] ?? '';
  const names = new Set(
    [...(made[module] ?? '').matchAll(/^export (?:interface|type|class) (\w+)/gm)].map(([, name]) => name),
  );
  const [, kind, manifest] = /defineResource\$?<(\w+), (\w+)>/.exec(made[module] ?? '') ?? [];
  const lines = [
    `import type { ${[...names].join(', ')} } from './${module.replace(/\.ts$/, '.js')}';`,
    `declare const foo: ${kind};`,
    'void foo;',
  ];
  const probes: Probe[] = [];
  const add = (code: string, isGood: boolean): void => {
    lines.push(code.replaceAll('\n', ' '));
    probes.push({ line: lines.length, code, isGood });
  };
  const type = one.type ?? "NonNullable<FooManifest['spec']>";
  for (const value of one.accept ?? []) add(`export const v${lines.length}: ${type} = ${value};`, true);
  for (const value of one.reject ?? []) add(`export const v${lines.length}: ${type} = ${value};`, false);
  for (const code of one.compiles ?? []) add(`{ ${code} }`, true);
  for (const code of one.fails ?? []) add(`{ ${code} }`, false);
  add(`export const asManifest = (object: ${kind}): ${manifest} => object;`, true);
  files.set(`${at}probe.ts`, `${lines.join('\n')}\n`);
  return { title, file: `${at}probe.ts`, lines: probes, generated };
}

function diagnosticsOf(program: ts.Program, name: string): { line: number; text: string }[] {
  const source = program.getSourceFile(name);
  if (source === undefined) throw new Error(`${name} is not part of the program`);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ start = 0, messageText }) => ({
      line: source.getLineAndCharacterOfPosition(start).line + 1,
      text: ts.flattenDiagnosticMessageText(messageText, ' '),
    }),
  );
}

function memoryHost(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  const host = { ...disk };
  host.getSourceFile = (name, version, ...rest) => {
    const text = files.get(name);
    return text === undefined ? disk.getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  host.fileExists = (name) => files.has(name) || name === `${folder}package.json` || disk.fileExists(name);
  host.readFile = (name) =>
    files.get(name) ?? (name === `${folder}package.json` ? '{"type":"module"}' : disk.readFile(name));
  host.directoryExists = () => true;
  return host;
}
