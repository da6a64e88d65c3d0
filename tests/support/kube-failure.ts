import { isKubeError, type KubeError } from '../../runtime/src/errors.js';

/** The `KubeError` that a promise rejects with. Anything else that comes of it fails the test. */
export async function failure(promise: Promise<unknown>): Promise<KubeError> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (isKubeError(error)) return error;
  throw error;
}

/** What came of a promise in a word: `resolved`, the code of its `KubeError`, or another error as text. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'resolved';
  } catch (error) {
    return isKubeError(error) ? error.code : String(error);
  }
}
