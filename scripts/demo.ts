/**
 * The whole way in one command: a CRD becomes typed modules, an embedded API server serves it, the example service and a
 * typed cache watch it, objects change, the watch is cut once. On a terminal it goes on with slow changes until Ctrl-C;
 * elsewhere, with `--once` or under CI, it ends with exit code 0.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startApiServer, type ApiServer } from '@kube-gen/runtime/testing';
import { bustle } from './demo/bustle.js';
import { printChanges } from './demo/change-lines.js';
import { startExample } from './demo/example-service.js';
import { generateFoo, type FooModule } from './demo/generate.js';
import { bold, dim, green, say, step } from './demo/say.js';
import { tellStory } from './demo/story.js';
import { createWriter } from './demo/writer.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const crd = 'examples/foo-service/crds/foo.yaml';
const folder = 'examples/foo-service/.out';
const endless = process.stdout.isTTY && process.env['CI'] === undefined && !process.argv.includes('--once');

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

step('Generate typed modules from a CRD');
await rm(join(root, folder), { recursive: true, force: true });
await mkdir(join(root, folder), { recursive: true });
const foo = await generateFoo(crd, `${folder}/generated`);

step('Start an embedded API server and, against it, the example service');
await using server = await startApiServer({ crds: [join(root, crd)] });
const kubeconfig = join(root, folder, 'kubeconfig');
await writeFile(kubeconfig, server.kubeconfig, { mode: 0o600 });
const example = await startExample(kubeconfig);
say(`API server  ${server.url}  ${dim(`KUBECONFIG=${folder}/kubeconfig`)}`);
say(`live page   ${bold(example.url)}`);
try {
  await watchAndChange(server, foo);
} catch (error) {
  if (!stopping.signal.aborted) throw error;
} finally {
  await example.stop();
}

async function watchAndChange(server: ApiServer, { Foo, FooReflector }: FooModule): Promise<void> {
  step('Change objects over the API; this is what the typed cache sees');
  await using cluster = await server.connect();
  await using foos = new FooReflector(cluster);
  const lines = printChanges(foos, stopping.signal);
  const writer = createWriter(cluster, Foo);
  await foos.ready({ timeoutMs: 10_000, signal: stopping.signal });

  await tellStory({ server, lines, writer, signal: stopping.signal });
  await agree(server, foo);
  if (!endless) return say(dim('On a terminal, without --once and CI, this goes on, with the live page.'));
  say(`\nOpen ${bold(example.url)}: slow changes go on there and here. Ctrl-C ends.`);
  await bustle(writer, stopping.signal);
}

/** The example has seen all that happened: what it serves is what the API server holds. */
async function agree(server: ApiServer, { Foo }: FooModule): Promise<void> {
  const versions = (
    items: readonly { readonly metadata: { readonly uid: string; readonly resourceVersion: string } }[],
  ): string =>
    items
      .map(({ metadata }) => `${metadata.uid} ${metadata.resourceVersion}`)
      .sort()
      .join();
  for (let left = 200; left > 0; left--) {
    const response = await fetch(`${example.url}/foos`, { signal: stopping.signal });
    const { items } = (await response.json()) as { items: Parameters<typeof versions>[0] };
    if (versions(items) === versions(server.objects(Foo))) {
      say(green(`The example serves the same ${items.length} Foos that the API server holds.`));
      return;
    }
    await pause(50, undefined, { signal: stopping.signal });
  }
  throw new Error('the example and the API server do not agree after 10 s');
}
