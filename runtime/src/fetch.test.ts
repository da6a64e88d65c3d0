import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { closeServersAfterEach, serveHttp } from '../../tests/support/test-servers.js';
import { Thing } from '../../tests/support/reflector-scene.js';
import * as browser from './fetch.js';
import * as node from './index.js';

closeServersAfterEach();

/** Every file that a module loads at run time, itself included. */
function graph(file: string, seen: Map<string, string> = new Map()): Map<string, string> {
  if (seen.has(file)) return seen;
  const text = readFileSync(file, 'utf8');
  seen.set(file, text);
  for (const [, clause = '', from = ''] of text.matchAll(
    /^(?:import|export) ((?:(?!^import |^export )[^;])*?)from '([^']+)';$/gm,
  )) {
    if (!clause.startsWith('type ') && from.startsWith('.'))
      graph(join(dirname(file), from.replace(/\.js$/, '.ts')), seen);
  }
  return seen;
}

describe('the entry for browsers and other runtimes', () => {
  it('has the names of the main entry but what only Node can, and what connects there', () => {
    const others = (names: object, without: string[]): string[] =>
      Object.keys(names)
        .filter((name) => !without.includes(name))
        .sort();
    expect(others(browser, ['createCluster', 'fromFetch'])).toEqual(others(node, ['connect', 'fromClientNode']));
    expect(Object.keys(browser)).toEqual(expect.arrayContaining(['createCluster', 'fromFetch']));
  });

  it('declares the types of the main entry', () => {
    const types = (file: string): string[] => {
      const text = readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');
      return [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)]
        .flatMap(([, list = '']) => list.split(',').map((name) => name.replace('type ', '').trim()))
        .filter((name) => name !== '')
        .sort();
    };
    const own = ['ClusterOptions', 'FetchFunction', 'FetchReader', 'FetchResponse', 'createCluster', 'fromFetch'];
    expect(types('./fetch.ts').filter((name) => !own.includes(name))).toEqual(
      types('./index.ts').filter(
        (name) => !['connect', 'ConnectOptions', 'fromClientNode', 'ClientNodeKubeConfig'].includes(name),
      ),
    );
  });

  it.each(['./fetch.ts', './codegen1.ts'])('%s loads nothing of Node, no package and no global of Node', (entry) => {
    const files = graph(fileURLToPath(new URL(entry, import.meta.url)));
    expect(files.size).toBeGreaterThan(10);
    const found = [...files].flatMap(([file, text]) =>
      [...text.matchAll(/from '[^.'][^']*'|\bBuffer\b|\bprocess\.\w|\brequire\(/g)].map(
        ([match]) => `${basename(file)}: ${match}`,
      ),
    );
    // It asks whether there is a Buffer, and does without where there is none: a test of fast-scan takes it away.
    expect([...new Set(found)]).toEqual(['quick-bytes.ts: Buffer']);
  });

  it("reads through the platform's fetch, with prefix, token and query", async () => {
    const { url } = await serveHttp((request, response) =>
      response.end(JSON.stringify([request.url, request.headers.authorization])),
    );
    await using cluster = browser.createCluster({
      server: `${url}/k8s/`,
      transport: browser.fromFetch(fetch),
      token: () => 'abc',
    });
    expect(await cluster.request({ path: '/version', query: { a: [1, 2], b: undefined } })).toEqual([
      '/k8s/version?a=1&a=2',
      'Bearer abc',
    ]);
    expect(cluster.server).toBe(`${url}/k8s`);
  });

  it('E12: a redirect is not followed, in no runtime', async () => {
    const { url } = await serveHttp((_, response) =>
      response.writeHead(307, { location: 'https://user:secret@evil.example/x?y' }).end(),
    );
    for (const fetching of [
      fetch,
      async (): Promise<browser.FetchResponse> => ({
        status: 0,
        type: 'opaqueredirect',
        headers: new Headers(),
        body: null,
      }),
    ]) {
      await using cluster = browser.createCluster({ server: url, transport: browser.fromFetch(fetching) });
      const error: unknown = await cluster.request({ path: '/version' }).catch((error: unknown) => error);
      expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('not followed') });
      expect(String(error)).not.toContain('secret');
    }
  });

  it('T7: fetch cannot repeat a header, and says so', async () => {
    const impersonate = { user: 'jane', groups: ['a', 'b'] };
    await using cluster = browser.createCluster({
      server: 'http://x',
      transport: browser.fromFetch(fetch),
      impersonate,
    });
    await expect(cluster.request({ path: '/version' })).rejects.toMatchObject({ code: 'config' });
  });

  it('L8: reflectors list in pages: a browser unpacks the first part alone of a list that is streamed', async () => {
    const asked: string[] = [];
    const fetching: browser.FetchFunction = (url) => {
      asked.push(url);
      return new Promise(() => undefined);
    };
    const cluster = browser.createCluster({ server: 'http://x', transport: browser.fromFetch(fetching) });
    const things = new browser.Reflector(cluster, Thing);
    things.start();
    await expect.poll(() => asked).toEqual([expect.stringMatching(/things\?limit=500$/)]);
    await cluster.close();
  });

  it('D3: closing the cluster ends a body that is still being read', async () => {
    let given: AbortSignal | undefined;
    const fetching: browser.FetchFunction = async (_url, { signal }) => {
      given = signal;
      const reader = { read: () => new Promise<never>(() => undefined), cancel: async () => undefined };
      return { status: 200, headers: new Map(), body: { getReader: () => reader } };
    };
    const cluster = browser.createCluster({ server: 'http://x', transport: browser.fromFetch(fetching) });
    await cluster.request({ path: '/watch', as: 'stream' });
    expect(given?.aborted).toBe(false);
    await cluster.close();
    expect(given?.aborted).toBe(true);
  });
});
