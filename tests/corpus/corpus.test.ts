import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusCrds, corpusFolder, corpusSamples, corpusVersions } from './corpus.js';
import { type GeneratedCorpus, generateCorpus } from './generated-corpus.js';
import { isRefusedForItsType } from './refused.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';
import { type Compiler, compile, writeProject } from '../support/type-check.js';
import { judgeSamples } from './verdicts.js';

const minutes = 60_000;

/** The old and the middle compiler on everything too, as before a release: `KUBE_GEN_ALL_COMPILERS=1`. */
const isThorough = process.env['KUBE_GEN_ALL_COMPILERS'] === '1';

const figures: string[] = [];

describe.skipIf(corpusFolder === undefined)('every CRD and object of the corpus', () => {
  const folder = useTemporaryFolder('corpus');
  const legacyFolder = useTemporaryFolder('legacy');
  let corpus: GeneratedCorpus;
  let legacy: GeneratedCorpus;

  beforeAll(async () => {
    const files = corpusCrds('crds');
    const started = performance.now();
    corpus = await generateCorpus(files);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    legacy = await generateCorpus(corpusCrds('crds-legacy-v1beta1'));
    writeModules(folder, corpus);
    writeModules(legacyFolder, legacy);
    figures.push(
      `${corpus.result.summary.sources} of ${files.length} files (the other is no CRD) in ${seconds} s: ${corpus.modules.length} modules; 35 of 36 legacy ones (likewise): ${legacy.modules.length} modules`,
    );
  }, 5 * minutes);

  afterAll(() => {
    process.stderr.write(`\nCorpus: ${figures.join('. ')}.\n`);
  });

  it('all CRDs but the one that is none become modules, one for each version, in one run', () => {
    const errors = corpus.result.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
    expect(corpus.result.summary.sources).toBe(557);
    const missing = corpusVersions().filter((version) => corpus.moduleOf(...splitAt(version, '/')) === undefined);
    expect(missing).toEqual([]);
  });

  it('F8: all legacy CRDs of v1beta1 but the one that is none become modules', () => {
    const { diagnostics, summary } = legacy.result;
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(new Set(summary.resources.map(({ file }) => file)).size).toBe(35);
    expect(summary.sources).toBe(35);
  });

  it.each<Compiler>(['typescript7', 'typescript'])(
    'all modules compile under all flags with %s, and each Foo is assignable to its FooManifest',
    async (compiler) => {
      const started = performance.now();
      for (const made of [folder, legacyFolder]) {
        expect(await compile(made, { compiler, include: ['generated/**/*.ts', 'assignable.ts'] })).toEqual([]);
      }
      figures.push(`${compiler}: no errors in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    },
    4 * minutes,
  );

  it.each<Compiler>(['typescript54', 'typescript6'])(
    `${isThorough ? 'all modules compile' : 'every eighth module compiles'} under all flags with %s`,
    async (compiler) => {
      const started = performance.now();
      const chosen = isThorough ? ['generated/**/*.ts', 'assignable.ts'] : ['eighth.ts'];
      for (const made of isThorough ? [folder, legacyFolder] : [folder]) {
        expect(await compile(made, { compiler, include: chosen })).toEqual([]);
      }
      const share = isThorough ? 'all' : 'an eighth';
      figures.push(`${compiler}: no errors in ${share}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
    },
    10 * minutes,
  );

  it(
    'every object that the API server takes under strict validation is accepted',
    async () => {
      const samples = corpusSamples().filter(({ strictValid }) => strictValid);
      expect(samples.length).toBe(5600);
      const verdicts = await judgeSamples(folder, { name: 'accept', samples, corpus });
      const refused = samples.filter((sample) => verdicts.get(sample) !== undefined);
      expect(refused.map((sample) => `${sample.file}: ${verdicts.get(sample)}`)).toEqual([]);
      figures.push(`accepted: all ${samples.length} valid objects`);
    },
    4 * minutes,
  );

  it(
    'at least 95 % of the objects that it refuses for what a type can see are compile errors',
    async () => {
      const samples = corpusSamples().filter(isRefusedForItsType);
      expect(samples.length).toBe(246 + 642);
      const verdicts = await judgeSamples(folder, { name: 'reject', samples, corpus });
      const missed = samples.filter((sample) => verdicts.get(sample) === undefined);
      const percent = (100 * (samples.length - missed.length)) / samples.length;
      const unknown = samples.filter(({ verdict }) => verdict === 'valid-unknown-fields').length;
      figures.push(
        `refused: ${samples.length - missed.length} of ${samples.length} (${percent.toFixed(1)} %; ${unknown} for unknown fields only, ${samples.length - unknown} invalid)`,
      );
      for (const { file, message } of missed) figures.push(`  not seen: ${file}: ${message}`);
      expect(percent).toBeGreaterThanOrEqual(95);
    },
    4 * minutes,
  );
});

function writeModules(folder: string, { result, modules }: GeneratedCorpus): void {
  const imports = modules.map(
    ({ path, identifier, manifest }, i) =>
      `import type { ${identifier} as R${i}, ${manifest} as M${i} } from './generated/${path}.js';`,
  );
  const functions = modules.map((_, i) => `export const f${i} = (object: R${i}): M${i} => object;`);
  const eighth = (lines: readonly string[]): string[] => lines.filter((_, i) => i % 8 === 0);
  writeProject(folder, [
    ...result.files.map(({ path, content }) => ({ path: `generated/${path}`, content })),
    { path: 'assignable.ts', content: `${[...imports, ...functions].join('\n')}\n` },
    { path: 'eighth.ts', content: `${[...eighth(imports), ...eighth(functions)].join('\n')}\n` },
  ]);
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.lastIndexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}
