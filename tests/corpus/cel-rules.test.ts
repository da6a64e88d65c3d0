import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSource } from '../../generator/load/load-source.js';
import { formatPath } from '../../generator/load/document-path.js';
import { corpusCrds, corpusFile, corpusFolder, type CorpusFile } from './corpus.js';

const keyword = 'x-kubernetes-validations';

/** What is said about the rules of a file. */
async function saidOf(source: CorpusFile): Promise<string[]> {
  const { faults } = await loadSource(source);
  return faults
    .map(({ fault }) => `${source.file} ${formatPath(fault.path)}: ${fault.message}`)
    .filter((line) => line.includes(keyword));
}

/** CRDs of the corpus that have rules, the many of one provider too. */
function filesWithRules(): CorpusFile[] {
  const scale = readdirSync(join(corpusFolder ?? '', 'scale'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => corpusFile(`scale/${name}`));
  return [...corpusCrds('crds'), ...scale].filter(({ text }) => text.includes(keyword));
}

describe.skipIf(corpusFolder === undefined)('CEL rules of the corpus', () => {
  it('F37: not one rule that an API server takes has a warning', async () => {
    const files = filesWithRules();
    expect(files.length).toBeGreaterThan(800);
    const said: string[] = [];
    for (const file of files) said.push(...(await saidOf(file)));
    expect(said).toEqual([]);
  }, 120_000);

  it('F37: a rule that is cut off, or names what is not there, has a warning wherever it stands', async () => {
    const missed: string[] = [];
    let rules = 0;
    for (const { file, text } of filesWithRules().filter(({ file }) => file.startsWith('crds/'))) {
      // Rules of one line without quotes, which can be changed in the text.
      for (const [line, start = '', rule = ''] of text.matchAll(/^( *(?:- )?rule: )([^"'|>#\s][^\n#]*)$/gm)) {
        if (rules++ % 7 !== 0) continue;
        for (const bad of [`${rule} &&`, `(${rule}`, `(${rule}) && self == nothing`, `(${rule}) && nothing()`]) {
          const changed = text.replace(line, () => `${start}${JSON.stringify(bad)}`);
          if ((await saidOf({ file, text: changed })).length === 0) missed.push(`${file}: ${bad}`);
        }
      }
    }
    expect(rules).toBeGreaterThan(500);
    expect(missed).toEqual([]);
  }, 300_000);
});
