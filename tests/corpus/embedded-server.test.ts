import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { type ApiServer, startApiServer } from '@kube-gen/runtime/testing';
import { describe, expect, it } from 'vitest';

import { probe } from '../support/api-probe.js';
import { corpusFile, corpusFolder, corpusSamples, readLeniently, type Sample } from './corpus.js';

interface Manifest {
  readonly apiVersion: string;
  readonly metadata?: { readonly namespace?: string };
}

/** What a schema alone does not tell: CEL is not evaluated here, and the rest depends on how the samples were sent. */
const beyondSchemas = new Set(['cel', 'namespace', 'name-format', 'yaml', 'duplicate-key']);

describe.skipIf(corpusFolder === undefined)('the embedded API server on real custom resources', () => {
  it('accepts under strict validation what a real one accepts, and refuses what its schema refuses', async () => {
    const wrong: string[] = [];
    let [accepted, refused] = [0, 0];
    for (const [crd, samples] of samplesByCrd()) {
      const server = await startApiServer({ crds: [join(corpusFolder ?? '', crd)] });
      try {
        for (const sample of samples) {
          const status = await create(server, sample);
          if (status === 404) continue;
          if (status === 201) accepted++;
          else refused++;
          const want = isAccepted(sample) ? 201 : isForItsSchema(sample) ? 'refused' : undefined;
          const got = status === 201 ? 201 : 'refused';
          if (want !== undefined && want !== got) wrong.push(`${sample.file}: ${status}, ${sample.message}`);
        }
      } finally {
        await server.stop();
      }
    }
    process.stderr.write(
      `\nembedded API server on the corpus: ${accepted} accepted, ${refused} refused, ${wrong.length} wrong\n`,
    );
    expect(wrong).toEqual([]);
    expect(accepted).toBeGreaterThan(5_500);
    expect(refused).toBeGreaterThan(800);
  }, 300_000);
});

function samplesByCrd(): Map<string, Sample[]> {
  const result = new Map<string, Sample[]>();
  for (const sample of corpusSamples()) {
    const project = sample.file.split('/')[1] ?? '';
    const crd = `crds/${project}/${sample.crd}.yaml`;
    if (existsSync(join(corpusFolder ?? '', crd))) result.set(crd, [...(result.get(crd) ?? []), sample]);
  }
  return result;
}

/** Valid, and with a name that can be taken: the verdict is that of the object renamed. */
function isAccepted({ strictValid, reasons }: Sample): boolean {
  return strictValid && reasons.length === 0;
}

function isForItsSchema({ verdict, reasons }: Sample): boolean {
  return verdict === 'invalid' && reasons.length > 0 && !reasons.some((reason) => beyondSchemas.has(reason));
}

async function create(server: ApiServer, sample: Sample): Promise<number> {
  const manifest = readLeniently(corpusFile(sample.file)) as Manifest;
  const [plural = ''] = sample.crd.split('.');
  const namespace = manifest.metadata?.namespace ?? 'default';
  const send = async (place: string): Promise<number> => {
    const path = `/apis/${manifest.apiVersion}/${place}${plural}?dryRun=All&fieldValidation=Strict`;
    return (await probe(server, { path, body: manifest })).status;
  };
  const status = await send(`namespaces/${encodeURIComponent(namespace)}/`);
  return status === 404 ? send('') : status;
}
