import { hit } from './blows.js';
import { strike } from './model-server.js';
import { Random } from './random.js';
import { ReflectorWorld } from './reflector-world.js';
import { placeRequestFaults, type Placed, STEPS } from './run-placed.js';

/**
 * The short history of `runPlaced` for real reflectors: two that share a watch, and one with a selector. Throws when a cache does not
 * come to the truth.
 */
export async function runPlacedWorld(faults: readonly Placed[], streaming: boolean): Promise<void> {
  const world = new ReflectorWorld({
    random: new Random(7),
    mode: { bookmarks: true, watchList: 'yes', pagesAnyway: false, expiredInStream: false },
    streaming,
  });
  const { server } = world;
  for (let n = 0; n < 6; n++) server.write();
  placeRequestFaults(server, faults);
  try {
    for (const selection of [0, 0, 1] as const) world.add(selection);
    for (let at = 1; at <= STEPS; at++) {
      await scene(world, at);
      for (const fault of faults) if (fault.t === 'stream' && fault.at === at) hit(world, fault.fault);
      await world.run(700);
    }
    await world.quiet();
    await world.end();
  } catch (error) {
    const log = world.log.slice(-30).join('\n');
    throw new Error(`${JSON.stringify({ faults, streaming })}: ${String(error)}\n${log}`, { cause: error });
  }
}

async function scene(world: ReflectorWorld, at: number): Promise<void> {
  const { server } = world;
  if (at === 1) await world.run(50);
  else if (at === 5) {
    // A clean end, after the watch has lived for a while.
    await world.run(1000);
    strike(server, 'end');
  } else if (world.mayWrite) server.write();
}
