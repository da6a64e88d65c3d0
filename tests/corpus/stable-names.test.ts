import { describe, expect, it } from 'vitest';
import { loadSource } from '../../generator/load/load-source.js';
import { Random } from '../simulator/random.js';
import { exportsOf, isKept, withChange } from '../support/grown-schema.js';
import { corpusCrds, corpusFolder } from './corpus.js';

/** One CRD in so many; all with `KUBE_GEN_ALL_NAMES=1`. */
const every = process.env['KUBE_GEN_ALL_NAMES'] === '1' ? 1 : 12;

describe.skipIf(corpusFolder === undefined)('names of types', () => {
  it('F28, F31: a new field, description or default anywhere in a real schema takes no name away and gives none another meaning', async () => {
    const random = new Random(28);
    const broken: string[] = [];
    let compared = 0;
    for (const [i, file] of corpusCrds('crds').entries()) {
      if (i % every !== 0) continue;
      for (const { crd } of (await loadSource(file)).crds) {
        const before = exportsOf(crd);
        for (let round = 0; round < 3; round += 1) {
          const { changed, where } = withChange(crd, random);
          const after = exportsOf(changed);
          const lost = [...before].filter(([name, fields]) => !isKept(fields, after.get(name)));
          compared += before.size;
          for (const [name] of lost) broken.push(`${crd.name}: ${name} after ${where}`);
        }
      }
    }
    process.stderr.write(`\nNames: ${compared} compared after a change, ${broken.length} lost or changed.\n`);
    expect(broken).toEqual([]);
  }, 300_000);
});
