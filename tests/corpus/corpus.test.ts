import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusCrds, corpusFolder, corpusSamples } from './corpus.js';
import { type GeneratedCorpus, generateCorpus } from './generated-corpus.js';
import { isRefusedForItsType } from './refused.js';
import { type Compiler, compile, writeProject } from '../support/type-check.js';
import { judgeSamples } from './verdicts.js';

const minutes = 60_000;

const figures: string[] = [];

describe.skipIf(corpusFolder === undefined)('every CRD and object of the corpus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-corpus-'));
  const legacyFolder = mkdtempSync(join(tmpdir(), 'kube-gen-legacy-'));
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
      `${files.length} CRDs in ${seconds} s: ${corpus.modules.length} modules; legacy: ${legacy.modules.length} modules`,
    );
  }, 2 * minutes);

  afterAll(() => {
    for (const made of [folder, legacyFolder]) rmSync(made, { recursive: true, force: true });
    process.stderr.write(`\nCorpus: ${figures.join('. ')}.\n`);
  });

  it('all CRDs but the one that is none become modules, in one run', () => {
    const errors = corpus.result.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
    expect(corpus.result.summary.sources).toBeGreaterThanOrEqual(557);
    expect(corpus.modules.length).toBeGreaterThan(700);
    expect(legacy.modules.length).toBeGreaterThan(30);
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
      figures.push(`refused: ${percent.toFixed(1)} % of ${samples.length} invalid objects`);
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
  writeProject(folder, [
    ...result.files.map(({ path, content }) => ({ path: `generated/${path}`, content })),
    { path: 'assignable.ts', content: `${[...imports, ...functions].join('\n')}\n` },
  ]);
}
