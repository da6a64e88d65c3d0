import { onTestFinished } from 'vitest';
import type { ApiServerOptions } from '../../runtime/src/testing/api-server-options.js';
import { type ApiServer, startApiServer } from '../../runtime/src/testing/api-server.js';

/** An embedded API server that stops when the test is over. */
export async function embeddedServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const server = await startApiServer(options);
  onTestFinished(() => server.stop());
  return server;
}
