import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startApiServer } from '@kube-gen/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvents } from './event-reader.js';
import { crd, foo } from './service-fixture.js';

const main = fileURLToPath(new URL('src/main.ts', import.meta.url));

describe('the process', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foo-service-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('serves the cluster of the kubeconfig, and ends cleanly on SIGTERM with browsers still there', async () => {
    await using server = await startApiServer({ crds: [crd], objects: [foo('apps/shop')] });
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, server.kubeconfig);
    const service = start({ KUBECONFIG: kubeconfig, PORT: '0', HOST: '127.0.0.1' });
    const [, url = ''] = await service.says(/ on (http:\S+)\n/);
    await using events = await readEvents(`${url}/events`);
    expect(await events.named('change').next()).toMatchObject({ type: 'added', foo: { key: 'apps/shop' } });

    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    await events.ended;
    expect(service.output()).toContain('SIGTERM: stopping');
  });

  it('says which variable is wrong', async () => {
    const service = start({ PORT: 'http' });
    expect(await service.ended).toBe(1);
    expect(service.output()).toBe('foo-service: PORT is "http": it must be a number from 0 to 65535\n');
  });

  it('says which kubeconfig is missing', async () => {
    const missing = join(folder, 'missing');
    const service = start({ KUBECONFIG: missing, PORT: '0', HOME: folder });
    expect(await service.ended).toBe(1);
    expect(service.output()).toMatch(/^foo-service: /);
    expect(service.output()).toContain(missing);
  });

  it('ends when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const kubeconfig = join(folder, 'nowhere');
    await writeFile(kubeconfig, JSON.stringify(nowhere));
    const service = start({ KUBECONFIG: kubeconfig, PORT: String(port), HOST: '127.0.0.1' });
    expect(await service.ended).toBe(1);
    expect(service.output()).toContain('EADDRINUSE');
    other.close();
  });
});

const nowhere = {
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'nowhere',
  contexts: [{ name: 'nowhere', context: { cluster: 'nowhere', user: 'nobody' } }],
  clusters: [{ name: 'nowhere', cluster: { server: 'http://127.0.0.1:9' } }],
  users: [{ name: 'nobody', user: {} }],
};

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>;
  /** Resolves when the output matches; rejects when the process ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  output(): string;
}

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, ['--conditions=@kube-gen/source', '--import', 'tsx', main], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: 'pipe',
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    output: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text);
          if (match !== null) resolve(match);
        };
        child.stdout.on('data', look);
        void ended.then((code) => reject(new Error(`ended with ${code}:\n${text}`)));
        look();
      }),
  };
}
