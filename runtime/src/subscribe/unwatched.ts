import { KubeError } from '../errors.js';

/** The error of whoever waits for something in a namespace that is not watched: it would never come. */
export function unwatched(namespace: string | undefined, watched: readonly string[]): KubeError {
  return new KubeError(
    'usage',
    `namespace "${namespace}" is not watched by this reflector, only ${watched.join(', ')}: nothing would ever come from there`,
  );
}
