import type { IncomingHttpHeaders } from 'node:http';

import type { Clock } from '../../io/clock.js';
import type { ApiServerOptions } from '../api-server-options.js';
import type { Fault, FaultList, Strike } from '../fault.js';
import type { ApiState, Target } from '../state/api-state.js';
import type { Answer } from './answer.js';

/** A watch that is open, for faults to strike. */
export interface OpenWatch {
  readonly plural: string;
  strike(strike: Strike): void;
}

/** What all requests of one server share. */
export interface ServerContext {
  readonly state: ApiState;
  readonly clock: Clock;
  readonly faults: FaultList;
  readonly watches: Set<OpenWatch>;
  readonly bookmarkEveryMs: number;
  /** Whether streaming lists are served. */
  readonly watchList: boolean;
  /** Bearer tokens that are let in; `undefined`: everybody is. */
  readonly tokens: readonly string[] | undefined;
  readonly onRequest: ApiServerOptions['onRequest'];
}

/** One request for objects, on its way. */
export interface Call {
  readonly context: ServerContext;
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly answer: Answer;
  /** What goes wrong with it in the end. */
  readonly strike: Strike | undefined;
}

/** Plays a fault that breaks an answer off or holds it up; what was written before goes out first. True when the answer may go on. */
export async function breakOff(answer: Answer, { fault, over }: Strike): Promise<boolean> {
  await answer.flushed();
  if (fault.do === 'stall') {
    await Promise.race([over, new Promise<void>((resolve) => answer.onClose(resolve))]);
    return !answer.closed;
  }
  if (fault.do === 'reset') answer.reset();
  else answer.drop();
  return false;
}

/** Whether a fault breaks an answer off, or holds it up, rather than giving another. */
export function isBreak(fault: Fault): boolean {
  return fault.do === 'drop' || fault.do === 'reset' || fault.do === 'stall';
}
