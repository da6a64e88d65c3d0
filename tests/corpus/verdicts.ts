import { join } from 'node:path';
import type { GeneratedCorpus } from './generated-corpus.js';
import type { Sample } from './corpus.js';
import { sampleProgram, type SampleProgram } from './sample-program.js';
import { compile, writeProject } from '../support/type-check.js';

/** What the compiler says of each sample: its first message, or `undefined` where it takes the sample. */
export type Verdicts = ReadonlyMap<Sample, string | undefined>;

/** Files of this many samples keep the memory of a compiler within bounds. */
const samplesPerFile = 700;

/** Assigns each sample, as an object literal, to the manifest type of its kind, and asks TypeScript. */
export async function judgeSamples(
  folder: string,
  {
    name,
    samples,
    corpus,
  }: { readonly name: string; readonly samples: readonly Sample[]; readonly corpus: GeneratedCorpus },
): Promise<Verdicts> {
  const programs = new Map<string, SampleProgram>();
  for (let at = 0; at < samples.length; at += samplesPerFile) {
    const part = samples.slice(at, at + samplesPerFile);
    programs.set(
      `${name}-${at}.ts`,
      sampleProgram(part, ({ crd, version }) => corpus.moduleOf(crd, version)),
    );
  }
  writeProject(
    folder,
    [...programs].map(([path, { content }]) => ({ path, content })),
  );
  const errors = await compile(folder, { compiler: 'typescript7', include: [`${name}-*.ts`] });
  const verdicts = new Map<Sample, string | undefined>(samples.map((sample) => [sample, undefined]));
  for (const { file, line, message } of errors) {
    const sample = programs.get(file)?.sampleAt(line);
    if (sample === undefined) throw new Error(`${join(folder, file)}:${line}: ${message}`);
    if (verdicts.get(sample) === undefined) verdicts.set(sample, message);
  }
  return verdicts;
}
