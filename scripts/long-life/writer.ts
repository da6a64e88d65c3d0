import { setTimeout as pause } from 'node:timers/promises';
import { isKubeError, type ResourceClient } from '@kube-gen/runtime';
import { chance } from './chance.js';
import type { Thing, ThingManifest } from './thing.js';

const NAMESPACES = ['a', 'b', 'c', 'd'];
const AT_ONCE = 50;
const PAUSE_MS = 8;

/** Writes objects, one after the other, until it is stopped. */
export interface Writer {
  readonly writes: number;
  fill(count: number): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

type Client = ResourceClient<typeof Thing>;

/** Makes a writer. What a faulty server refuses is not written. */
export function createWriter(client: Client): Writer {
  const names: { name: string; namespace: string }[] = [];
  let made = 0;
  let writes = 0;
  let running: { on: boolean; done: Promise<void> } | undefined;

  async function create(): Promise<void> {
    const name = `t${made++}`;
    const namespace = NAMESPACES[made % NAMESPACES.length] ?? 'a';
    names.push({ name, namespace });
    await client.create(manifest(name, namespace));
  }

  async function write(): Promise<void> {
    const at = chance(names.length);
    const { name, namespace } = names[at] ?? { name: 't0', namespace: 'a' };
    const dice = chance(100);
    if (dice < 60) await client.patch(name, { spec: { turn: writes } }, { namespace });
    else if (dice < 70) await client.patch(name, { metadata: { labels: { tier: tier() } } }, { namespace });
    else if (dice < 80) {
      names.splice(at, 1);
      await client.delete(name, { namespace });
    } else if (dice < 88) {
      await client.delete(name, { namespace });
      await client.create(manifest(name, namespace));
    } else await create();
    writes += 1;
  }

  async function run(state: { readonly on: boolean }): Promise<void> {
    while (state.on) {
      await write().catch((error: unknown) => {
        if (!isKubeError(error)) throw error;
      });
      await pause(PAUSE_MS);
    }
  }

  return {
    get writes() {
      return writes;
    },
    async fill(count) {
      for (let left = count; left > 0; left -= AT_ONCE)
        await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => create()));
    },
    start() {
      const state = { on: true, done: Promise.resolve() };
      state.done = run(state);
      running = state;
    },
    async stop() {
      if (running === undefined) return;
      running.on = false;
      await running.done;
    },
  };
}

function manifest(name: string, namespace: string): ThingManifest {
  const metadata = { name, namespace, labels: { tier: tier() } };
  const spec = { padding: 'x'.repeat(500) };
  return { apiVersion: 'long-life.example/v1', kind: 'Thing', metadata, spec };
}

function tier(): string {
  return chance(3) === 0 ? 'back' : 'front';
}
