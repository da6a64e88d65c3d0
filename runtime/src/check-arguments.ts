import { KubeError } from './errors.js';
import { textOf } from './text-of.js';

// TypeScript refuses all of this; JavaScript hands it in, and then a word about it at the call is better than a crash in a timer.

/** What was given, for a message. */
export function shown(given: unknown): string {
  return typeof given === 'string' ? JSON.stringify(given) : textOf(given);
}

/** The options of a call. Throws `usage` for what is no object. */
export function optionsOf<O extends object>(given: O, call: string): O {
  if (typeof given === 'object' && given !== null) return given;
  throw new KubeError('usage', `${call} takes its options in an object, not ${shown(given)}`);
}

/** Throws `usage` for what is no signal. */
export function checkSignal(signal: AbortSignal | null | undefined): void {
  if (signal === undefined || signal === null) return;
  const isSignal = ['addEventListener', 'removeEventListener'].every(
    (name) => typeof (signal as unknown as Record<string, unknown>)[name] === 'function',
  );
  if (!isSignal) throw new KubeError('usage', 'signal must be an AbortSignal');
}

/** Throws `usage` for what is no time to wait: a platform timer of `NaN` ms would fire at once. */
export function checkTimeout(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || (typeof timeoutMs === 'number' && timeoutMs >= 0)) return;
  throw new KubeError('usage', `timeoutMs is a number of milliseconds, not ${shown(timeoutMs)}`);
}

/** Throws `usage` for what cannot be the name of a namespace: nothing would ever be found in it. */
export function checkNamespace(namespace: string | undefined): void {
  if (namespace === undefined || (typeof namespace === 'string' && namespace !== '')) return;
  throw new KubeError(
    'usage',
    `namespace must be the name of one, not ${shown(namespace)}: leave it out for all that are watched`,
  );
}

/** What a function of the user's answered. Throws `usage` for a promise: it would pass for a yes, and end the process when it rejects. */
export function answerOf<A>(answer: A, what: string): A {
  if (!(answer instanceof Promise)) return answer;
  answer.catch(() => undefined); // it was not asked for
  throw new KubeError('usage', `${what} must answer at once, and not with a promise`);
}

/** A function of the user's that must answer at once. Throws `usage` for what is no function. */
export function atOnce<T, A>(fn: (object: T) => A, what: string): (object: T) => A {
  if (typeof fn !== 'function') throw new KubeError('usage', `${what} must be a function`);
  return (object) => answerOf(fn(object), what);
}
