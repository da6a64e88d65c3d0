import { describe, expect, it } from 'vitest';
import { job, printOpenApi, smallOpenApi, support } from '../../../tests/support/small-openapi.js';

const gvk = 'x-kubernetes-group-version-kind';

describe('what an API server has more than once', () => {
  it('F33 one definition may be that of a kind in several groups', async () => {
    const kinds = (groups: readonly string[]): object => ({
      [gvk]: groups.map((group) => ({ group, version: 'v1', kind: 'Job' })),
    });
    const text = smallOpenApi(
      [job({ type: 'object' }, { group: 'a.dev' }), job({ type: 'object' }, { group: 'b.dev' })],
      support,
    );
    const document = JSON.parse(text) as { definitions: Record<string, object> };
    Object.assign(document.definitions['io.example.a.dev.v1.Job'] ?? {}, kinds(['a.dev', 'b.dev']));
    Object.assign(document.definitions['io.example.b.dev.v1.Job'] ?? {}, kinds([]));
    const { files, messages } = await printOpenApi(JSON.stringify(document));
    expect(messages).toEqual([]);
    expect(files['a.dev/v1/job.ts']).toContain("readonly apiVersion: 'a.dev/v1';");
    expect(files['b.dev/v1/job.ts']).toContain("readonly apiVersion: 'b.dev/v1';");
  });

  it('F28 of two resources of one kind that which can be read has its name, whatever their plurals', async () => {
    const asked = job({ type: 'object' }, { plural: 'askedjobs', actions: ['post'] });
    const { files } = await printOpenApi(smallOpenApi([asked, job({ type: 'object' })], support));
    expect(files['apps/v1/job.ts']).toContain("plural: 'jobs'");
    expect(files['apps/v1/job-2.ts']).toContain("plural: 'askedjobs'");
  });
});
