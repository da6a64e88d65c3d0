import { connect, type Logger } from '@kube-gen/runtime';
import { readConfig } from './config.js';
import { startService } from './service.js';

const logger: Logger = {
  debug: () => {},
  info: (message, fields) => console.log(message, fields ?? ''),
  warn: (message, fields) => console.warn(message, fields ?? ''),
};

try {
  const config = readConfig(process.env);
  const cluster = await connect({ logger });
  const service = await startService(cluster, config);
  console.log(`foo-service serves ${cluster.server} on ${service.url}`);

  const stop = (signal: string): void => {
    console.log(`${signal}: stopping`);
    service.stop().catch(fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  console.error(`foo-service: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
