import { stopSignals } from './stop-signals.js';

/** Runs `work`, which must be synchronous, to its end even if the process is told to stop meanwhile; then it stops. */
export async function holdSignals<T>(work: () => T): Promise<T> {
  let caught: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals): void => {
    caught ??= signal;
  };
  for (const signal of stopSignals) process.on(signal, note);
  let result: T;
  try {
    result = work();
    // Signals are delivered between turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    for (const signal of stopSignals) process.off(signal, note);
  }
  if (caught !== undefined) process.kill(process.pid, caught);
  return result;
}
