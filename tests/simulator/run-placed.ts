import type { RequestFault } from './faults.js';
import { type Blow, hit } from './blows.js';
import { type ModelServer, strike } from './model-server.js';
import { Random } from './random.js';
import { Simulation } from './simulation.js';

/** One fault at one point of the short history: at the n-th request, or after the n-th step of the script. */
export type Placed =
  | { readonly t: 'request'; readonly fault: RequestFault; readonly at: number }
  | { readonly t: 'stream'; readonly fault: Blow; readonly at: number };

/** How many requests and steps a short history without faults has. */
export const REQUESTS = 5;
export const STEPS = 7;

/**
 * The same short history each time (a first list in pages or a stream, writes, a clean end, more writes), with faults at given
 * points. Throws when the cache does not come to the truth.
 */
export function runPlaced(faults: readonly Placed[], streaming: boolean): void {
  const random = new Random(7);
  const simulation = new Simulation({
    random,
    mode: { bookmarks: true, watchList: 'yes', pagesAnyway: false, expiredInStream: false },
    settings: { streaming, initialVersion: '', pageSize: 2, rotate: true, once: false },
    view: { namespace: undefined, color: undefined },
  });
  const { server, watcher } = simulation;
  for (let n = 0; n < 6; n++) server.write();
  placeRequestFaults(server, faults);
  try {
    simulation.subscribe();
    watcher.tell({ t: 'start' });
    for (let at = 1; at <= STEPS; at++) {
      scene(simulation, at);
      for (const fault of faults) if (fault.t === 'stream' && fault.at === at) hit(simulation, fault.fault);
      simulation.run(700);
      simulation.comeBack();
    }
    simulation.quiet();
    watcher.tell({ t: 'stop' });
  } catch (error) {
    const log = simulation.log.slice(-30).join('\n');
    throw new Error(`${JSON.stringify({ faults, streaming })}: ${String(error)}\n${log}`, { cause: error });
  }
}

/** Lets the requests fail that are meant. */
export function placeRequestFaults(server: ModelServer, faults: readonly Placed[]): void {
  let requests = 0;
  server.onRequest = () => {
    requests++;
    const fault = faults.find((each) => each.t === 'request' && each.at === requests);
    if (fault?.t === 'request') server.faults = [fault.fault];
  };
}

function scene(simulation: Simulation, at: number): void {
  const { server } = simulation;
  switch (at) {
    case 1:
      return simulation.run(50);
    case 5:
      // A clean end, after the watch has lived for a while.
      simulation.run(1000);
      return strike(server, 'end');
    default:
      if (simulation.mayWrite) server.write();
  }
}
