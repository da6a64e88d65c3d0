import type { CallOptions, WriteOptions } from './call-options.js';

/** What of the options belongs to the call and not to the API server. */
export function callOf({ signal, timeoutMs }: CallOptions): CallOptions {
  return { ...(signal === undefined ? {} : { signal }), ...(timeoutMs === undefined ? {} : { timeoutMs }) };
}

/** The query of a write. */
export function writeQuery(options: WriteOptions): Record<string, unknown> {
  return {
    fieldValidation: options.fieldValidation ?? 'Strict',
    fieldManager: options.fieldManager,
    dryRun: options.dryRun === true ? 'All' : undefined,
  };
}
