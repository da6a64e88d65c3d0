import { createServer, request as httpRequest } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startApiServer } from '@kube-gen/runtime/testing';
import { describe, expect, it, vi } from 'vitest';
import { skipReason } from '../../examples/foo-service/browser.js';
import { bundlePage, openPage } from '../support/browser-reflector.js';
import { afterwards, closeServersAfterEach, listen } from '../support/test-servers.js';

closeServersAfterEach();

const crd = fileURLToPath(new URL('../../examples/foo-service/crds/foo.yaml', import.meta.url));
const foos = '/apis/example.kube-gen.dev/v1/namespaces/default/foos';
const foo = (name: string): object => ({
  apiVersion: 'example.kube-gen.dev/v1',
  kind: 'Foo',
  metadata: { name },
  spec: { image: 'nginx:1.29' },
});

/** What `kubectl proxy --www` does, without kubectl. */
async function serveProxy(api: string, folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const { url = '/', method, headers } = request;
    if (url.startsWith('/page/')) {
      response.setHeader('content-type', url.endsWith('.js') ? 'text/javascript' : 'text/html');
      return response.end(readFileSync(join(folder, url.slice('/page/'.length))));
    }
    const onward = httpRequest(api + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
      response.on('close', () => answer.destroy());
    });
    onward.on('error', () => response.destroy());
    return request.pipe(onward);
  });
  return `http://127.0.0.1:${await listen(server)}/page/index.html`;
}

describe.skipIf(skipReason !== undefined)('a generated reflector in a browser', () => {
  it('is bundled without anything of Node, lists, watches, writes, reads its own writes, and survives a restart', async () => {
    const server = await startApiServer({ crds: [crd] });
    afterwards(() => server.stop());
    await using cluster = await server.connect();
    await cluster.request({ method: 'POST', path: foos, body: foo('first') });
    const { run, complaints } = await openPage(await serveProxy(server.url, await bundlePage()));
    await run('ready');
    expect(await run('names')).toEqual(['first']);
    expect(await run('create', 'mine')).toMatch(/^[0-9a-f-]{36}$/);
    await cluster.request({ method: 'POST', path: foos, body: foo('second') });
    await cluster.request({ method: 'DELETE', path: `${foos}/first` });
    await vi.waitFor(async () => expect(await run('names')).toEqual(['mine', 'second']), { timeout: 10_000 });
    expect(await run('events')).toEqual(expect.arrayContaining(['added mine', 'added second', 'deleted first']));
    expect(await run('missing')).toBe('not-found');
    expect(complaints).toEqual([]);
    await server.restart();
    await cluster.request({ method: 'DELETE', path: `${foos}/second` });
    await vi.waitFor(async () => expect(await run('names')).toEqual(['mine']), { timeout: 20_000 });
    expect(await run('stop')).toBe(true);
  });
});
