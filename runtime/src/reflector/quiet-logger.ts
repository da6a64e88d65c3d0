import type { Logger } from '../cluster.js';

const known = new WeakMap<Logger, Logger>();

/** A logger that throws must not stop a watch. One logger has one quiet form. */
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
      logger[level](message, fields);
    } catch {
      // There is nobody left to tell.
    }
  };
}
