import { literal } from '../support/literal.js';
import { corpusFile, readLeniently, type Sample } from './corpus.js';

/** A generated module: where it is, and what it exports. */
export interface ModuleNames {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Path below the folder of the generated code, without its extension. */
  readonly path: string;
  readonly identifier: string;
  readonly manifest: string;
}

/** A file of object literals, each assigned to its manifest type, and which lines belong to which sample. */
export interface SampleProgram {
  readonly content: string;
  sampleAt(line: number): Sample | undefined;
}

/** One sample after the other as object literals: what the compiler says about its lines is the verdict on it. */
export function sampleProgram(
  samples: readonly Sample[],
  moduleOf: (sample: Sample) => ModuleNames | undefined,
): SampleProgram {
  const lines: string[] = [];
  const owners: (Sample | undefined)[] = [];
  const push = (text: string, owner: Sample | undefined): void => {
    for (const line of text.split('\n')) {
      lines.push(line);
      owners.push(owner);
    }
  };
  const modules = new Map<ModuleNames, string>();
  for (const sample of samples) {
    const names = moduleOf(sample);
    if (names === undefined || modules.has(names)) continue;
    const local = `M${modules.size}`;
    modules.set(names, local);
    push(`import type { ${names.manifest} as ${local} } from './generated/${names.path}.js';`, undefined);
  }
  for (const [i, sample] of samples.entries()) {
    const names = moduleOf(sample);
    const local = names && modules.get(names);
    if (local === undefined) push(`const missing${i}: never = 'no module';`, sample);
    else push(`export const s${i}: ${local} = ${literal(readLeniently(corpusFile(sample.file)), '')};`, sample);
  }
  return { content: `${lines.join('\n')}\n`, sampleAt: (line) => owners[line - 1] };
}
