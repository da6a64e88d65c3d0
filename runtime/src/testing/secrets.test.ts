import { describe, expect, it } from 'vitest';
import { probe } from '../../../tests/support/api-probe.js';
import { embeddedServer } from '../../../tests/support/embedded-server.js';

const secrets = '/api/v1/namespaces/default/secrets';

describe('Secrets of the embedded API server', () => {
  it('take stringData as a server does: into data, over what is there, and it is never read back', async () => {
    const server = await embeddedServer();
    const made = await probe(server, {
      path: secrets,
      body: { metadata: { name: 's' }, data: { a: 'AA==', b: 'AA==' }, stringData: { b: 'é' } },
    });
    expect(made.body).toMatchObject({ type: 'Opaque', data: { a: 'AA==', b: 'w6k=' } });
    expect(made.body).not.toHaveProperty('stringData');
    const patched = await probe(server, {
      method: 'PATCH',
      path: `${secrets}/s`,
      body: { data: { a: null }, stringData: { c: 'new' } },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(patched.body.data).toEqual({ b: 'w6k=', c: 'bmV3' });
    const refused = await probe(server, { path: secrets, body: { metadata: { name: 'n' }, stringData: { a: 1 } } });
    expect(refused.body).toMatchObject({ code: 400, message: expect.stringContaining('cannot unmarshal number') });
  });
});
