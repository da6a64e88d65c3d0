import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type ConnectOptions } from '../../runtime/src/connect.js';
import { FakeClock } from '../../runtime/src/testing/fake-clock.js';
import { connectScene, kubeconfig, recorder, type ConnectScene } from './connect-scene.js';

export const V1 = 'client.authentication.k8s.io/v1';

export interface Plugin {
  /** What it writes to stdout; `$N` is the number of the run. */
  readonly says?: unknown;
  /** Shell before that. */
  readonly does?: string;
  readonly exec?: Record<string, unknown>;
  readonly cluster?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
}

export interface ExecPluginScene extends ConnectScene {
  /** A kubeconfig whose user's plugin counts its runs. */
  withPlugin(plugin?: Plugin): string;
  /** How often it was run. */
  runs(): number;
}

/** Must be called once in a test file that uses it. */
export function execPluginScene(): ExecPluginScene {
  const scene = connectScene();
  return {
    get home() {
      return scene.home;
    },
    write: scene.write,
    withPlugin({ says, does = '', exec = {}, cluster = {}, user = {} } = {}) {
      const output = typeof says === 'string' ? says : JSON.stringify(says ?? credential({ token: 'token-$N' }));
      const heredoc = `cat <<END\n${output}\nEND`;
      const script = `#!/bin/sh\necho run >> '${scene.home}/runs'\nN=$(wc -l < '${scene.home}/runs' | tr -d ' ')\n${does}\n${heredoc}\n`;
      scene.write('bin/get-token', script, 0o755);
      const plugin = { apiVersion: V1, command: './bin/get-token', interactiveMode: 'Never', ...exec };
      return scene.write('config', kubeconfig({ cluster, user: { exec: plugin, ...user } }));
    },
    runs() {
      try {
        return readFileSync(join(scene.home, 'runs'), 'utf8').split('\n').length - 1;
      } catch {
        return 0;
      }
    },
  };
}

/** What a plugin writes. */
export function credential(status: Record<string, unknown>, apiVersion = V1): Record<string, unknown> {
  return { apiVersion, kind: 'ExecCredential', status };
}

export interface Asking extends AsyncDisposable {
  readonly clock: FakeClock;
  readonly transport: ReturnType<typeof recorder>;
  /** The token that a request goes with. */
  ask(headers?: Record<string, string>): Promise<string | undefined>;
}

/** A cluster of a kubeconfig, on a fake clock, whose requests are answered with these statuses first. */
export async function asking(file: string, o: { statuses?: number[]; options?: ConnectOptions } = {}): Promise<Asking> {
  const clock = new FakeClock();
  const transport = recorder(o.statuses);
  const cluster = await connect({ kubeconfig: file, transport, clock, ...o.options });
  return {
    clock,
    transport,
    ask: async (headers = {}) => {
      await cluster.request({ path: '/version', headers });
      return transport.requests.at(-1)?.headers['authorization'];
    },
    [Symbol.asyncDispose]: () => cluster.close(),
  };
}
