import type { ReflectorCore } from './core.js';

const cores = new WeakMap<object, ReflectorCore<unknown>>();

/** Notes what a reflector is made of, for `metrics`, without showing it to users. */
export function noteCore<T>(reflector: object, core: ReflectorCore<T>): void {
  // Who asks only counts objects and never hands any in.
  cores.set(reflector, core as unknown as ReflectorCore<unknown>);
}

/** What a reflector is made of; `undefined` for one of another copy of this package. */
export function coreOf(reflector: object): ReflectorCore<unknown> | undefined {
  return cores.get(reflector);
}
