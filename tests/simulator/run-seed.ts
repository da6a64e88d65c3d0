import { beset } from './blows.js';
import { randomMode, strike } from './model-server.js';
import { Random } from './random.js';
import { Simulation } from './simulation.js';

/** What one run was. */
export interface RunReport {
  readonly steps: number;
  readonly requests: number;
  readonly faults: number;
  readonly told: number;
  readonly virtualMs: number;
}

/** One life of a watcher, whole and repeatable: a seed decides the server's ways, the writes, the faults and their times. */
export function runSeed(seed: number): RunReport {
  const random = new Random(seed);
  const simulation = create(random);
  let faults = 0;
  try {
    simulation.subscribe();
    simulation.watcher.tell({ t: 'start' });
    const phases = random.int(1, 3);
    for (let phase = 0; phase < phases; phase++) {
      faults += trouble(simulation, random);
      simulation.quiet();
    }
    simulation.watcher.tell({ t: 'stop' });
  } catch (error) {
    const log = simulation.log.slice(-40).join('\n');
    throw new Error(`seed ${seed}: ${String(error)}\n${log}`, { cause: error });
  }
  const { watcher, server, subscribers, clock } = simulation;
  return {
    steps: watcher.steps,
    requests: server.requests.length,
    faults,
    told: subscribers.reduce((sum, { subscriber }) => sum + subscriber.told, 0),
    virtualMs: clock.now(),
  };
}

function create(random: Random): Simulation {
  return new Simulation({
    random,
    mode: randomMode(random),
    settings: {
      streaming: random.percent(60),
      initialVersion: random.percent(20) ? '0' : '',
      pageSize: random.int(1, 4),
      rotate: random.percent(80),
      once: false,
    },
    view: {
      namespace: random.percent(25) ? 'a' : undefined,
      color: random.percent(25) ? 'red' : undefined,
    },
  });
}

/** A time in which everything may happen. Returns how much did. */
function trouble(simulation: Simulation, random: Random): number {
  const { server, watcher } = simulation;
  let faults = 0;
  const struck = beset(server, random);
  const events = random.int(5, 40);
  const pace = random.pick([100, 2000, 20_000, 90_000]);
  for (let n = 0; n < events; n++) {
    const luck = random.int(1, 100);
    if (luck <= 50) {
      if (simulation.mayWrite) server.write();
    } else if (luck <= 52) {
      server.poison.add(server.version);
    } else if (luck <= 55) {
      simulation.rotate();
    } else if (luck <= 80) {
      const fault = random.pick(struck);
      simulation.note(`${fault} (${server.streams.size} streams)`);
      strike(server, fault);
      faults++;
    } else if (luck <= 86) {
      server.compact();
      simulation.note(`compact to ${server.oldest} of ${server.version}`);
    } else if (luck <= 90) {
      server.restart(random.int(0, 40_000));
      simulation.note('restart');
      faults++;
    } else if (luck <= 92) {
      simulation.restore();
      faults++;
    } else if (luck <= 94) {
      watcher.tell({ t: 'suspendDetected' });
    } else {
      simulation.subscribe();
    }
    simulation.run(random.int(0, pace));
    simulation.comeBack();
  }
  return faults;
}
