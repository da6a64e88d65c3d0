import { describe, expect, expectTypeOf, it } from 'vitest';
import { Planet, Thing } from '../../../tests/support/reflector-scene.js';
import type { Cluster } from '../cluster.js';
import type { Change } from '../subscribe/change.js';
import type { ReflectorOptions } from './options.js';
import { Reflector } from './reflector.js';

/** As generated code declares it. */
class ThingReflector<V = {}> extends Reflector<Thing, V, 'Namespaced'> {
  constructor(cluster: Cluster, options?: ReflectorOptions<Thing, V, 'Namespaced'>) {
    super(cluster, Thing, options);
  }
}
class PlanetReflector<V = {}> extends Reflector<Planet, V, 'Cluster'> {
  constructor(cluster: Cluster, options?: ReflectorOptions<Planet, V, 'Cluster'>) {
    super(cluster, Planet, options);
  }
}

/** A field of a class, as apps hold their caches. */
class App {
  readonly things: ThingReflector<{ color: string }>;
  constructor(cluster: Cluster) {
    this.things = new ThingReflector(cluster, { indexes: { color: (thing) => thing.spec?.color } });
  }
}

// Never called: the compiler is the test.
function compiles(cluster: Cluster): void {
  const things = new ThingReflector(cluster, {
    namespaces: ['apps'],
    labelSelector: { app: 'web' },
    indexes: { color: (thing) => thing.spec?.color, tag: (thing) => thing.spec?.tags, size: () => 3 },
  });
  expectTypeOf(things.by('color', 'red')).toEqualTypeOf<Thing[]>();
  expectTypeOf(things.by('tag', 'x')).toEqualTypeOf<Thing[]>();
  expectTypeOf(things.by('size', 3)).toEqualTypeOf<Thing[]>();
  // @ts-expect-error there is no such index
  things.by('nope', 'x');
  // @ts-expect-error the index holds texts
  things.by('color', 3);
  // @ts-expect-error there is no such field
  void new ThingReflector(cluster, { indexes: { color: (thing) => thing.spec?.nope } });
  // @ts-expect-error there is no such option
  void new ThingReflector(cluster, { namespacez: ['apps'] });
  // @ts-expect-error it has no index
  new ThingReflector(cluster).by('color', 'red');

  expectTypeOf(things.get('a', 'apps')).toEqualTypeOf<Thing | undefined>();
  // @ts-expect-error a namespaced kind needs the namespace
  things.get('a');
  expectTypeOf(things.read()).toEqualTypeOf<ReadonlyMap<string, Thing>>();
  // @ts-expect-error what a cache hands out is not for writing
  things.list()[0]!.spec!.color = 'red';
  const late = things.addIndex('late', (thing) => thing.metadata.labels?.['a']);
  expectTypeOf(late.by('x')).toEqualTypeOf<Thing[]>();
  // @ts-expect-error the index holds texts
  late.by(1);

  const planets = new PlanetReflector(cluster);
  planets.get('mars');
  // @ts-expect-error a cluster-scoped kind has no namespace
  planets.get('mars', 'apps');
  planets.list({ labels: 'a=b' });
  // @ts-expect-error a cluster-scoped kind has no namespace
  planets.list({ namespace: 'apps' });
  // @ts-expect-error a cluster-scoped kind has no namespace
  void planets.ready({ namespace: 'apps' });
  // @ts-expect-error a cluster-scoped kind has no namespace
  void planets.waitFor(() => true, { name: 'mars', namespace: 'apps' });
  // @ts-expect-error a cluster-scoped kind has no namespace
  planets.changes({ namespace: 'apps' });
  // @ts-expect-error a cluster-scoped kind has no namespace
  planets.on('updated', () => undefined, { namespace: 'apps' });
  // @ts-expect-error a cluster-scoped kind has no namespace
  planets.on('change', () => undefined, { namespace: 'apps' });
  planets.changes({ labels: 'a=b', filter: ({ metadata }) => metadata.name === 'mars' });
  planets.on('added', (planet) => planet.metadata.name, { filter: ({ metadata }) => metadata.name === 'mars' });
  things.list({ namespace: 'apps' });
  things.changes({ namespace: 'apps', mode: 'every' });
  things.on('deleted', () => undefined, { namespace: 'apps' });
  // @ts-expect-error a cluster-scoped kind has no namespaces
  void new PlanetReflector(cluster, { namespaces: ['apps'] });

  // oxlint-disable-next-line typescript/no-explicit-any -- what a cluster calls any of its reflectors
  const any: Reflector<any>[] = [things, planets, new App(cluster).things];
  const byType: Reflector<Thing>[] = [things, new App(cluster).things];
  const byRuntime = new Reflector(cluster, Thing, { indexes: { color: (thing) => thing.spec?.color } });
  expectTypeOf(byRuntime.by('color', 'x')).toEqualTypeOf<Thing[]>();
  void [any, byType];

  things.on('added', (object, info) => expectTypeOf([object, info.initial]).toEqualTypeOf<(Thing | boolean)[]>());
  things.on('updated', (now, was) => expectTypeOf([now, was]).toEqualTypeOf<Thing[]>());
  things.on('deleted', (object, change) => expectTypeOf([object, change.previous]).toEqualTypeOf<Thing[]>());
  things.on('change', (change) => expectTypeOf(change).toEqualTypeOf<Change<Thing>>());
  things.on('status', (status) => expectTypeOf(status.phase).toBeString());
  // @ts-expect-error there is no such event
  things.on('nothing', () => undefined);
  expectTypeOf(things.changes()).toEqualTypeOf<AsyncIterable<Change<Thing>>>();
  things.changes({ mode: 'every', buffer: 10, filter: (thing) => thing.spec?.color === 'red' });
  expectTypeOf(things.waitFor((thing) => thing === undefined, { name: 'a' })).resolves.toEqualTypeOf<
    Thing | undefined
  >();
}

describe('types of reflectors', () => {
  it('are checked by the compiler', () => {
    expect(compiles).toBeTypeOf('function');
    expect(App).toBeTypeOf('function');
  });
});
