import type { Logger } from './logger.js';
import { KubeError } from './errors.js';

const known = new WeakMap<Logger, Logger>();

const LEVELS = ['debug', 'info', 'warn'] as const;

/**
 * A logger that throws must not stop a watch, nor one that rejects end the process. One logger has one quiet form.
 * Throws `usage` for what is no logger.
 */
export function quietLogger(logger: Logger): Logger {
  if (!LEVELS.every((level) => typeof (logger as Partial<Logger> | null)?.[level] === 'function')) {
    throw new KubeError('usage', 'logger must have debug, info and warn, as `console` does');
  }
  const quiet = known.get(logger) ?? {
    debug: safe(logger, 'debug'),
    info: safe(logger, 'info'),
    warn: safe(logger, 'warn'),
  };
  known.set(logger, quiet);
  known.set(quiet, quiet);
  return quiet;
}

function safe(logger: Logger, level: keyof Logger): Logger['warn'] {
  return (...line) => {
    try {
      // By its type it returns nothing, but an asynchronous function is one, too.
      const returned: unknown = logger[level](...line);
      if (returned instanceof Promise) returned.catch(() => undefined);
    } catch {
      // There is nobody left to tell.
    }
  };
}
