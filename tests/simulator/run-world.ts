import { beset } from './blows.js';
import { randomMode, strike } from './model-server.js';
import { Random } from './random.js';
import { ReflectorWorld } from './reflector-world.js';

/** What one run was. */
export interface WorldReport {
  readonly requests: number;
  readonly faults: number;
  readonly told: number;
  readonly reflectors: number;
  readonly virtualMs: number;
}

/** One life of a few reflectors in one process, whole and repeatable by its seed. */
export async function runWorld(seed: number): Promise<WorldReport> {
  const random = new Random(seed);
  const world = new ReflectorWorld({
    random,
    mode: randomMode(random),
    streaming: random.percent(60),
  });
  let faults = 0;
  try {
    world.addAny();
    for (let phase = random.int(1, 2); phase > 0; phase--) {
      faults += await trouble(world, random);
      await world.quiet();
    }
    await world.end();
  } catch (error) {
    const log = world.log.slice(-40).join('\n');
    throw new Error(`world ${seed}: ${String(error)}\n${log}`, { cause: error });
  }
  const { server, reflectors, clock } = world;
  return {
    requests: server.requests.length,
    faults,
    told: reflectors.reduce((sum, { told }) => sum + told, 0),
    reflectors: reflectors.length,
    virtualMs: clock.now(),
  };
}

/** A time in which everything may happen. Returns how many faults there were. */
async function trouble(world: ReflectorWorld, random: Random): Promise<number> {
  const { server } = world;
  let faults = 0;
  const struck = beset(server, random);
  const pace = random.pick([100, 2000, 20_000, 90_000]);
  for (let events = random.int(5, 25); events > 0; events--) {
    const luck = random.int(1, 100);
    if (luck <= 40) write(world, random);
    else if (luck <= 42) server.poison.add(server.version);
    else if (luck <= 66) {
      const fault = random.pick(struck);
      world.note(`${fault} (${server.streams.size} streams)`);
      strike(server, fault);
      faults++;
    } else if (luck <= 71) server.compact();
    else if (luck <= 75) {
      server.restart(random.int(0, 40_000));
      world.note('restart');
      faults++;
    } else if (luck <= 78) {
      world.restore();
      faults++;
    } else if (luck <= 81) {
      world.suspend(random.int(60_000, 3_600_000));
    } else if (luck <= 87) {
      if (world.reflectors.length < 5) world.addAny();
    } else if (luck <= 90) stopOne(world, random);
    else if (luck <= 95) void one(world, random)?.catchUp();
    else one(world, random)?.subscribe();
    await world.run(random.int(0, pace));
  }
  return faults;
}

/** Somebody writes; perhaps a user of a reflector, who shows it at once. */
function write(world: ReflectorWorld, random: Random): void {
  const { server } = world;
  if (!world.mayWrite) return;
  server.write();
  const written = Array.from(server.objects.values()).find(({ version }) => version === server.version);
  if (written !== undefined && random.percent(40)) one(world, random)?.assume(written);
}

function stopOne(world: ReflectorWorld, random: Random): void {
  const stopped = one(world, random);
  if (stopped === undefined || world.running.length === 1) return;
  world.note(`${stopped.name} stops`);
  stopped.stop();
}

function one(world: ReflectorWorld, random: Random): ReflectorWorld['reflectors'][number] | undefined {
  const started = world.running.filter(({ byHand }) => !byHand);
  return started.length === 0 ? undefined : random.pick(started);
}
