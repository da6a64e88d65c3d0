import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSource } from '../../generator/load/load-source.js';
import { checkCrd } from '../../generator/load/check/check-crd.js';
import type { RuledNode } from '../../generator/load/check/schema-place.js';
import { checkRules } from '../../generator/load/cel/check-rules.js';
import { createFaultList } from '../../generator/load/fault.js';
import { formatPath } from '../../generator/load/document-path.js';
import { corpusCrds, corpusFile, corpusFolder, readLeniently, type CorpusFile } from './corpus.js';

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
  });

  it('F37: a rule that is cut off, or names what is not there, has a warning wherever it stands', () => {
    const missed: string[] = [];
    let rules = 0;
    for (const file of corpusCrds('crds').filter(({ text }) => text.includes(keyword))) {
      for (const node of ruledNodes(file)) {
        for (const spoil of spoiled) {
          const given = rulesOf(node);
          rules += given.length;
          const found = warnedRules(
            node,
            given.map((rule) => ({ ...rule, rule: spoil(String(rule['rule'])) })),
          );
          if (found !== given.length) missed.push(`${file.file} ${formatPath(node.path)}: ${spoil('…')}`);
        }
      }
    }
    expect(rules).toBeGreaterThan(4_000);
    expect(missed).toEqual([]);
  });
});

const spoiled: readonly ((rule: string) => string)[] = [
  (rule) => `${rule}\n &&`,
  (rule) => `(${rule}`,
  (rule) => `(${rule}\n) && self == nothing`,
  (rule) => `(${rule}\n) && nothing()`,
];

function ruledNodes(file: CorpusFile): RuledNode[] {
  const nodes: RuledNode[] = [];
  const document = readLeniently(file) as Record<string, unknown>;
  const source = { file: file.file, document: 0 };
  const crd = { document, apiVersion: String(document['apiVersion']), source, path: [] };
  checkCrd(crd, createFaultList(), nodes);
  return nodes;
}

function rulesOf({ place }: RuledNode): readonly Record<string, unknown>[] {
  return place.node[keyword] as readonly Record<string, unknown>[];
}

/** How many of the rules of a node have a warning. */
function warnedRules({ place, path }: RuledNode, rules: readonly object[]): number {
  const faults = createFaultList();
  checkRules([{ place: { ...place, node: { ...place.node, [keyword]: rules } }, path }], faults);
  return new Set(faults.end().map((fault) => formatPath(fault.path))).size;
}
