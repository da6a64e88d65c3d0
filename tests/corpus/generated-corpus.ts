import { generate, type GenerateResult } from '../../generator/generate.js';
import type { CorpusFile } from './corpus.js';
import type { ModuleNames } from './sample-program.js';

/** Everything that is made from some CRDs, with the names of its modules. */
export interface GeneratedCorpus {
  readonly result: GenerateResult;
  readonly modules: readonly ModuleNames[];
  /** The module of a CRD's version; `crd` is `<plural>.<group>`. */
  moduleOf(crd: string, version: string): ModuleNames | undefined;
}

/** Generates all versions of the CRDs, in one run. */
export async function generateCorpus(files: readonly CorpusFile[]): Promise<GeneratedCorpus> {
  const result = await generate(files, { versions: 'all' });
  const byCrd = new Map<string, ModuleNames>();
  for (const { path, content } of result.files) {
    const definition = definitionOf(content);
    if (definition === undefined) continue;
    const { group, version, kind, plural, identifier, manifest } = definition;
    const names = { group, version, kind, path: path.replace(/\.ts$/, ''), identifier, manifest };
    byCrd.set(`${plural}.${group}/${version}`, names);
  }
  return { result, modules: [...byCrd.values()], moduleOf: (crd, version) => byCrd.get(`${crd}/${version}`) };
}

/** What a module says of itself; `undefined` for an index. */
function definitionOf(content: string): (Omit<ModuleNames, 'path'> & { plural: string }) | undefined {
  const [, identifier, manifest] = /^export const (\w+) = .*<\w+, (\w+)>\(\)\(\{$/m.exec(content) ?? [];
  const field = (name: string): string => new RegExp(`\\b${name}: '([^']*)'`).exec(content)?.[1] ?? '';
  if (identifier === undefined || manifest === undefined) return undefined;
  return {
    identifier,
    manifest,
    group: field('group'),
    version: field('version'),
    kind: field('kind'),
    plural: field('plural'),
  };
}
