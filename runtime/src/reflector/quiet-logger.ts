import type { Logger } from '../cluster.js';

const known = new WeakMap<Logger, Logger>();

/** A logger that throws must not stop a watch, nor one that rejects end the process. One logger has one quiet form. */
export function quietLogger(logger: Logger): Logger {
  const quiet = known.get(logger) ?? {
    debug: safe(logger, 'debug'),
    info: safe(logger, 'info'),
    warn: safe(logger, 'warn'),
  };
  known.set(logger, quiet);
  return quiet;
}

function safe(logger: Logger, level: keyof Logger): (message: string, fields?: Record<string, unknown>) => void {
  return (message, fields) => {
    try {
      // By its type it returns nothing, but an asynchronous function is one, too.
      const returned: unknown = logger[level](message, fields);
      if (returned instanceof Promise) returned.catch(() => undefined);
    } catch {
      // There is nobody left to tell.
    }
  };
}
