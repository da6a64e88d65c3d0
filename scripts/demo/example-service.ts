import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ExampleService {
  readonly url: string;
  /** SIGTERM, then its own graceful end. */
  stop(): Promise<void>;
}

/** Starts the example as its users do: a process with a kubeconfig. Rejects with its output when it does not come up. */
export async function startExample(kubeconfig: string): Promise<ExampleService> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/foo-service/src/main.ts'], {
    cwd: root,
    // HOST: this demo is for this machine only.
    env: { ...process.env, KUBECONFIG: kubeconfig, PORT: process.env['PORT'] ?? '0', HOST: 'localhost' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = / on (http:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void closed.then(() => reject(new Error(`the example ended at once:\n${output}`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await closed;
    },
  };
}
