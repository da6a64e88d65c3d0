import type { DiagnosticsChannel } from '../cluster-internals.js';

/** Publishes on a diagnostics channel, where the platform has them. */
export type Publish = (channel: DiagnosticsChannel, message: Record<string, unknown>) => void;
