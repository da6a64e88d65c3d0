import { describe, expect, it } from 'vitest';
import { Planet, scene, Thing } from '../../../tests/support/reflector-scene.js';
import { Reflector } from './reflector.js';
import { ReflectorOf } from './reflector-of.js';

class ThingReflector<V = {}> extends ReflectorOf<Thing, V, 'Namespaced'> {
  static get definition(): typeof Thing {
    return Thing;
  }
}

describe('a class that extends ReflectorOf', () => {
  it('is a reflector of its definition, with indexes of their own types', async () => {
    const { cluster, server, settle } = scene();
    const things = new ThingReflector(cluster, { indexes: { tag: (one) => one.spec?.tags } });
    const typed: ThingReflector<{ tag: string }> & Reflector<Thing> = things;
    expect(typed).toBeInstanceOf(Reflector);
    things.start();
    await settle();
    expect(server.last.path).toMatch(/^\/apis\/test.example\/v1\/things$/);
  });

  it('gives its definition to the classes that extend it', async () => {
    class Mine extends ThingReflector {}
    class Planets extends ReflectorOf<Planet> {
      static readonly definition = Planet;
    }
    const { cluster, server, settle } = scene();
    new Mine(cluster, { namespaces: ['apps'] }).start();
    await settle();
    expect(server.last.path).toMatch(/^\/apis\/test.example\/v1\/namespaces\/apps\/things$/);
    new Planets(cluster).start();
    await settle();
    expect(server.last.path).toMatch(/^\/apis\/test.example\/v1\/planets$/);
  });

  it('cannot do without a definition', () => {
    class Nothing extends ReflectorOf<Thing> {}
    const { cluster } = scene();
    expect(() => new Nothing(cluster)).toThrow(/^definition must be what defineResource made$/);
  });
});
