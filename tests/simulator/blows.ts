import { requestFaults, streamFaults, type StreamFault } from './faults.js';
import { strike, type ModelServer } from './model-server.js';
import type { Random } from './random.js';

/** What a server goes through, or one of its open watches. */
export type Blow = StreamFault | 'compact' | 'restart' | 'restore';

/** Lets this happen now. `restore` is for the world to do, which knows of the history that is lost. */
export function hit(world: { readonly server: ModelServer; restore(): void }, blow: Blow): void {
  const { server } = world;
  switch (blow) {
    case 'compact':
      return server.compact();
    case 'restart':
      return server.restart(2000);
    case 'restore':
      return world.restore();
    default:
      return strike(server, blow);
  }
}

/** Makes a server as bad as chance has it: to requests, and by habit to watches. Returns what is to strike its watches now and then. */
export function beset(server: ModelServer, random: Random): readonly StreamFault[] {
  server.faultChance = random.pick([0, 5, 20, 60]);
  server.faultKinds = random.shuffle(requestFaults).slice(0, random.int(1, 6));
  const struck = random.shuffle(streamFaults).slice(0, random.int(1, 6));
  server.habit = random.percent(15)
    ? random.pick(['end', 'cut', 'error-410', 'error-500', 'error-504', 'garbage'])
    : undefined;
  return struck;
}
