import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corpusSamples } from '../corpus/corpus.js';
import { isRefusedForItsType } from '../corpus/refused.js';
import { acceptedInvalid, casesOf, refusedValid } from './disagreements.js';
import { readers } from './readers.js';
import type { ReaderResult } from './report.js';

/** Compares every reader with the API server on each `step`-th CRD version of the corpus. */
export async function compareReaders(step: number): Promise<ReaderResult[]> {
  const all = corpusSamples();
  const part = <T>(list: readonly T[]): T[] => list.filter((_, i) => i % step === 0);
  const valid = part(casesOf(all.filter(({ strictValid }) => strictValid)));
  const invalid = part(casesOf(all.filter(isRefusedForItsType)));
  const count = (cases: typeof valid): number => cases.reduce((sum, { samples }) => sum + samples.length, 0);
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-readers-'));
  try {
    const results: ReaderResult[] = [];
    for (const reader of readers) {
      const own = join(folder, reader.name);
      results.push({
        reader: reader.name,
        valid: count(valid),
        refusedValid: await refusedValid({ reader, cases: valid, folder: own }),
        invalid: count(invalid),
        acceptedInvalid: await acceptedInvalid({ reader, cases: invalid, folder: own }),
      });
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
